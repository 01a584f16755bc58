/** Two files in the viewer of their kind, and three sides in columns, in a real browser. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { expect, type Page } from '@playwright/test';
import { accessibilityProblems, test as base } from './support.ts';

const test = base.extend<{
  /** Opens the window, and goes to the comparison of two files with these contents. */
  compareFiles(
    extension: string,
    left: string | Uint8Array,
    right: string | Uint8Array,
    theme?: 'light' | 'dark',
  ): Promise<Page>;
}>({
  compareFiles: async ({ serveFake, openWindow }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'cairn-contents-'));
    const { url } = await serveFake();
    let page: Page | null = null;
    await use(async (extension, left, right, theme = 'light') => {
      const paths = ['old', 'new'].map((name) => join(folder, `${name}.${extension}`));
      writeFileSync(paths[0] as string, left);
      writeFileSync(paths[1] as string, right);
      const query = new URLSearchParams({ left: paths[0] as string, right: paths[1] as string });
      if (page === null) page = await openWindow(`${url}#/compare?${query}`, { theme });
      else await page.goto(`${url}#/compare?${query}`);
      await page.getByRole('heading', { name: 'Compare two files' }).waitFor();
      return page;
    });
    rmSync(folder, { recursive: true, force: true });
  },
});

function png(width: number, height: number, shade: number): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(data.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, shade);
  for (let row = 0; row < height; row++) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...[chunk('IHDR', size), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))],
  ]);
}

function crc(bytes: Buffer): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

const hostile =
  '<table><tr><td onclick="window.ran=1"><img src=x onerror="window.ran=1"><script>window.ran=1</script>';

function notebook(rate: string, shade: number, value: string): string {
  const cell = (id: string, source: string, data?: Record<string, string>) => ({
    ...{ cell_type: 'code', id, metadata: {}, execution_count: shade, source },
    outputs: data === undefined ? [] : [{ output_type: 'display_data', metadata: {}, data }],
  });
  return JSON.stringify({
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {},
    cells: [
      ...[1, 2, 3].map((at) => cell(`same${at}`, `x${at} = ${at}`)),
      cell('train', `model.fit(lr=${rate})`),
      cell('figure', 'plot()', { 'image/png': png(20, 10, shade).toString('base64') }),
      cell('frame', 'data.head()', { 'text/html': `${hostile}${value}</td></tr></table>` }),
    ],
  });
}

test('notebooks: cells beside each other, by keyboard; nothing in them runs', async ({
  compareFiles,
}) => {
  const page = await compareFiles('ipynb', notebook('0.1', 10, 'a'), notebook('0.3', 200, 'b'));
  await page.getByText('3 changed, 0 added, 0 removed, 0 moved, 3 the same').waitFor();
  await page.getByText('3 changes', { exact: true }).waitFor();
  await page.keyboard.press('n');
  await page.getByText('change 1 of 3').waitFor();
  await expect(page.locator('mark')).toHaveText(['1', '3']);
  await page.getByRole('img', { name: 'Image on the right' }).waitFor();
  await page.getByRole('button', { name: '3 cells are the same' }).click();
  await page.getByText('x2').first().waitFor();
  await page.getByRole('textbox', { name: 'Search the cells' }).fill('model fit');
  await expect(page.getByRole('article')).toHaveCount(1);
  expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('tables, values and images, each in its viewer', async ({ compareFiles }) => {
  const table = (score: number) =>
    `id,kind,score\n1,a,0.5\n2,b,${score}\n${score > 0.6 ? '3,c,1\n' : ''}`;
  const page = await compareFiles('csv', table(0.5), table(0.7), 'dark');
  const rows = page.getByRole('grid', { name: 'Rows' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);
  await expect(rows.first()).toContainText('0.5 0.7');
  await page.getByText('guessed').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByText('1 added').click();
  await expect(rows).toHaveCount(1);
  await page.getByText('Columns', { exact: true }).click();
  await expect(page.getByRole('grid', { name: 'Columns' }).locator('tbody tr')).toHaveCount(3);

  await compareFiles('yaml', 'a: 1\nb: [x, y]\n', 'b: [x, z] # new\na: 1\n');
  const values = page.getByRole('grid', { name: 'Values' }).locator('tbody tr');
  await expect(values).toHaveCount(1);
  await expect(values).toContainText('b[1]');
  await page.getByText('Text', { exact: true }).click();
  await page.locator('.cm-mergeView').waitFor();

  await compareFiles('png', png(20, 10, 10), png(24, 10, 10));
  await page.getByText('20 × 10 → 24 × 10').waitFor();
  await page.getByText('Difference', { exact: true }).click();
  await page.getByText('40 pixels differ').waitFor();
  await page.getByText('Onion skin', { exact: true }).click();
  await expect(page.getByRole('main').locator('img')).toHaveCount(2);
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('three sides stand in columns, and lead to two of them', async ({ serveFake, openWindow }) => {
  const { url } = await serveFake();
  const page = await openWindow(`${url}#/compare/02.1/02.2/02.3`);
  const grid = page.getByRole('grid', { name: 'Params' });
  await expect(grid.getByRole('columnheader')).toHaveCount(4);
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole('tab', { name: 'Code' }).click();
  await expect(page.getByText('Against 1, 02.1 wider-net')).toBeVisible();
  await page.getByRole('button', { name: /^Compare src\/train\.py of side 3 with/ }).click();
  await expect.poll(() => page.url()).toMatch(/compare\/02\.1\/02\.3\?tab=code&file=src/);
  await page.goBack();
  await page.getByRole('button', { name: 'Take away side 2' }).click();
  await expect.poll(() => page.url()).toMatch(/compare\/02\.1\/02\.3/);
  await page.getByRole('button', { name: 'Add a side' }).click();
  await page.getByRole('button', { name: '1 ↔ 2' }).click();
  await page.getByRole('tab', { name: /^Code/ }).waitFor();
  await page.getByRole('switch', { name: 'Only differences' }).click();
  await page.reload();
  await expect(page.getByRole('switch', { name: 'Only differences' })).not.toBeChecked();
});
