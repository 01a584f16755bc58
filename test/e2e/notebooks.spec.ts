/** Notebooks in the window: looked at, put into another order, taken back, run. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const html =
  '<table><tr><td>7</td></tr></table><script>top.hacked = 1</script><img src="https://example.org/x.png" onerror="top.hacked = 1">';
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
      source: ['# Loading the penguins\n', '<script>top.hacked = 1</script>'],
    },
    code('lr = 0.1  # learning rate\n', [], ['parameters']),
    code('for i in range(3):\n    print(i)\n', [
      { output_type: 'stream', name: 'stdout', text: ['\u001b[31mred\u001b[0m\n', '1\n'] },
      shown({ 'text/html': html }),
      shown({ 'image/png': png, 'text/plain': 'a figure' }),
      shown({
        'image/svg+xml':
          '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>top.hacked = 1</script></svg>',
      }),
    ]),
  ]);
  write(folder, '02_train.ipynb', [code('%run 01_load.ipynb\n')]);
  write(folder, `04_${'long_'.repeat(20)}name.ipynb`, []);
  await project.cairn('run', '--', 'python3', '-c', 'pass');
  const page = await openWindow((await serveReal(folder)).url);
  await page.getByRole('button', { name: 'Notebooks' }).click();
  await page.getByText('03 missing').waitFor();
  await page.getByRole('button', { name: /01_load/ }).click();
  await page.locator('h1:text("Loading the penguins")').waitFor();
  const frame = page.frameLocator('iframe');
  await frame.locator('td:text("7")').waitFor();
  expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
  expect(await accessibilityProblems(page)).toEqual([]);
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
  await page.getByRole('button', { name: 'Undo' }).click();
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
