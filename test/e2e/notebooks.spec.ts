/** Notebooks in the window: looked at, put into another order, taken back, run. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const hack = '<script>top.hacked = 1</script>';
const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">${inside}</svg>`;
const code = (source: string, outputs: unknown[] = [], tags: string[] = []) => ({
  cell_type: 'code',
  execution_count: 1,
  metadata: { tags },
  outputs,
  source: source.split(/(?<=\n)/),
});
const shown = (data: object) => ({ output_type: 'display_data', metadata: {}, data });

function write(folder: string, name: string, cells: unknown[]): void {
  const metadata = { kernelspec: { name: 'python3', display_name: 'Python 3' } };
  const notebook = { cells, metadata, nbformat: 4, nbformat_minor: 4 };
  writeFileSync(join(folder, name), `${JSON.stringify(notebook, null, 1)}\n`);
}

test('notebooks are shown safely, renumbered with the keyboard, and put back', async ({
  project,
  serveReal,
  openWindow,
}, info) => {
  const { folder } = project;
  write(folder, '01_load.ipynb', [
    {
      cell_type: 'markdown',
      metadata: {},
      source: ['# Loading the penguins\n'],
    },
    code('lr = 0.1  # learning rate\n', [], ['parameters']),
    code('for i in range(3):\n    print(i)\n', [
      { output_type: 'stream', name: 'stdout', text: ['\u001b[31mred\u001b[0m\n', '1\n'] },
      shown({ 'image/png': png, 'text/plain': 'a figure' }),
      shown({
        'image/svg+xml': svg('<rect width="9" height="9"/>'),
      }),
    ]),
  ]);
  write(folder, '02_train.ipynb', [code('%run 01_load.ipynb\n')]);
  write(folder, `04_${'long_'.repeat(20)}name.ipynb`, []);
  await project.cairn('run', '--', 'python3', '-c', 'pass');
  const page = await openWindow(`${(await serveReal(folder)).url}#/timeline`);
  await page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  await page.getByText('03 missing').waitFor();
  await page.getByRole('button', { name: /02_train/ }).click();
  await page.getByText('%run').first().waitFor();
  // Before there is a frame: what looks for problems cannot get into one without scripts.
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('button', { name: /01_load/ }).click();
  await page.locator('h1:text("Loading the penguins")').waitFor();
  for (const [width, height] of [
    [1280, 800],
    [1920, 1080],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: info.outputPath(`notebooks-${width}.png`) });
  }

  await page.getByRole('button', { name: /02_train/ }).focus();
  await page.keyboard.press('Alt+ArrowUp');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('%run 02_load.ipynb').waitFor();
  await page.screenshot({ path: info.outputPath('plan.png') });
  await dialog.getByRole('button', { name: 'Rename 3' }).click();
  await page.getByRole('button', { name: /01_train/ }).waitFor();
  expect(readFileSync(join(folder, '01_train.ipynb'), 'utf8')).toContain('%run 02_load.ipynb');
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await page.getByRole('button', { name: /02_train/ }).waitFor();
  expect(existsSync(join(folder, '01_load.ipynb'))).toBe(true);
  expect(readFileSync(join(folder, '02_train.ipynb'), 'utf8')).toContain('%run 01_load.ipynb');

  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await expect(page.getByLabel('lr')).toHaveValue('0.1');
});

test('without notebooks, in Chinese and in the dark, the page says what would be there', async ({
  project,
  serveReal,
  openWindow,
}, info) => {
  rmSync(join(project.folder, 'notebooks'), { recursive: true });
  const { url } = await serveReal(project.folder);
  const page = await openWindow(url, { locale: 'zh', theme: 'dark' });
  await page.getByRole('button', { name: '笔记本' }).click();
  await page.getByText('这里没有笔记本').waitFor();
  write(project.folder, '01_a.ipynb', [code('x = 1\n')]);
  await page.getByRole('button', { name: /01_a/ }).waitFor();
  await page.getByRole('button', { name: /01_a/ }).click();
  await page.getByText('还没有运行过').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('zh-dark.png') });
});

test('what is hostile in a notebook neither runs nor asks for anything', async ({
  project,
  serveReal,
  page,
}) => {
  write(project.folder, '01_hostile.ipynb', [
    {
      cell_type: 'markdown',
      metadata: {},
      source: [`# Hostile\n\n${hack}\n![x](https://example.org/m.png)\n`],
    },
    code('x\n', [
      shown({
        'text/html': `<p>shown</p>${hack}<img src="https://example.org/x.png" onerror="top.hacked = 1"><iframe src="https://example.org/f"></iframe><meta http-equiv="refresh" content="0;url=https://example.org/r"><a id="away" href="https://example.org/a">away</a>`,
      }),
      shown({ 'image/svg+xml': svg(`${hack}<image href="https://example.org/s.png"/>`) }),
    ]),
  ]);
  // What the page's policy refuses is announced as a request too, but never gets here.
  const asked: string[] = [];
  await page.route('https://example.org/**', (route) => {
    asked.push(route.request().url());
    return route.fulfill({ body: 'reached' });
  });
  await page.goto((await serveReal(project.folder)).url);
  await page.getByRole('button', { name: 'Notebooks', exact: true }).click();
  await page.getByRole('button', { name: /01_hostile/ }).click();
  const frame = page.frameLocator('iframe[srcdoc]');
  await frame.getByText('shown').waitFor();
  await frame.locator('#away').click();
  await page.waitForTimeout(500);
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(page.frames().some((one) => one.url().includes('example.org'))).toBe(false);
  expect(asked).toEqual([]);
});
