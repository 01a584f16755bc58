/** Curves over several runs and charts of their params, over made-up runs and over the real core. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

test.describe.configure({ timeout: 150_000 });

const rowsOf = (page: Page): Locator =>
  page.getByRole('grid', { name: 'Runs in the charts' }).locator('tbody tr');

const chart = (page: Page, name: string): Locator =>
  page.getByRole('figure', { name, exact: true });

/** What the curves of a chart are painted on. */
const painted = (figure: Locator): Locator => figure.locator('canvas[data-curves]');

/** Whether the curves of a chart stand back behind another. */
const isFaint = (figure: Locator): Promise<boolean> =>
  painted(figure).evaluate((canvas: HTMLCanvasElement) => canvas.style.opacity !== '');

/** How many colours there are on a chart, of lines that are not blended with each other. */
const colours = (figure: Locator): Promise<number> =>
  painted(figure).evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    const found = new Map<string, number>();
    for (let i = 0; i < data.length; i += 4) {
      if (data[i + 3] !== 255) continue;
      const colour = `${data[i]} ${data[i + 1]} ${data[i + 2]}`;
      found.set(colour, (found.get(colour) ?? 0) + 1);
    }
    return [...found.values()].filter((count) => count > 20).length;
  });

async function saved(page: Page, figure: Locator, item: string): Promise<string> {
  await figure.getByRole('button', { name: /Copy or save/ }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

test('draws the curves of the runs that are ticked, lights them up, groups and saves them', async ({
  serveFake,
  openWindow,
}) => {
  const page = await openWindow(`${(await serveFake({ runs: 24 })).url}#/charts`);
  const loss = chart(page, 'loss');
  await loss.locator('[data-drawn]').waitFor();
  await expect(painted(loss)).toHaveAttribute('data-curves', '10');
  expect(await colours(loss)).toBeGreaterThan(4);
  await rowsOf(page).nth(10).getByRole('checkbox').click();
  await expect(painted(loss)).toHaveAttribute('data-curves', '11');

  await rowsOf(page).nth(2).hover();
  await expect.poll(() => isFaint(loss)).toBe(true);
  await page.getByRole('heading', { name: 'Charts' }).hover();
  await expect.poll(() => isFaint(loss)).toBe(false);
  const box = await loss.locator('[data-drawn]').boundingBox();
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 100);
  await expect(rowsOf(page).and(page.locator('[data-active]'))).toHaveCount(1);
  await expect(page.getByText('step 4', { exact: false }).first()).toBeVisible();
  // From run to run by key, and along one of them; what is there is said.
  const walk = loss.getByRole('slider');
  await walk.press('ArrowDown');
  const said = loss.locator('[aria-live]');
  await expect(said).toHaveText(/^step 99\. \d\d\.\d+ [^,]+$/);
  await walk.press('Shift+ArrowLeft');
  await expect(said).toHaveText(/^step 89\. /);
  await expect(rowsOf(page).and(page.locator('[data-active]'))).toHaveCount(1);
  await walk.press('Escape');
  await expect(said).toHaveText('');

  const svg = await saved(page, loss, 'Save as SVG…');
  expect(svg).toContain('>loss<');
  expect(svg).toContain('02.6 wider-net');
  const csv = await saved(page, loss, 'Save numbers (CSV)…');
  expect(csv.split('\r\n')[0]).toBe('run,run_id,metric,step,time,value');
  // The newest run is still going.
  expect(csv.trim().split('\r\n')).toHaveLength(1 + 10 * 100 + 40);

  // On paper there is the picture and nothing else.
  await page.evaluate(() => {
    window.print = () => {
      const picture = document.querySelector<HTMLImageElement>('[data-print-chart]');
      document.body.dataset.printed = `${document.title} ${picture?.naturalWidth}`;
    };
  });
  await loss.getByRole('button', { name: /Copy or save/ }).click();
  await page.getByRole('menuitem', { name: 'Print, or save as PDF…' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', /^loss [1-9]\d+$/);
  await expect(page.locator('[data-print-chart]')).toHaveCount(0);

  const smoothing = page.getByRole('slider', { name: 'Smoothing' });
  await smoothing.focus();
  await page.keyboard.press('End');
  await page.mouse.move((box?.x ?? 0) + 220, (box?.y ?? 0) + 100);
  await expect(page.getByText(/^raw \d/).first()).toBeVisible();
  await smoothing.press('Home');

  await page.getByRole('combobox', { name: 'What runs along x' }).click();
  await page.getByRole('option', { name: 'Another metric' }).click();
  await page.getByRole('combobox', { name: 'Metric along x' }).click();
  await page.getByRole('option', { name: 'accuracy', exact: true }).click();
  await expect(loss.locator('.xtitle')).toHaveText('accuracy');

  await page.getByRole('combobox', { name: 'Draw as one by…' }).click();
  await page.getByRole('option', { name: 'Param lr' }).click();
  await expect(page.getByRole('list', { name: 'Runs in the charts' })).toContainText('lr = 0.01');
  // A line with its band for each of the four values.
  await expect(painted(loss)).toHaveAttribute('data-curves', '4');

  // The eleven runs logged histograms at thirty steps: ridges of nine runs, then bands.
  await page.getByText('Distributions', { exact: true }).click();
  const weights = chart(page, 'weights');
  await expect(weights.locator('.scatterlayer > .trace')).toHaveCount(9 * 30);
  await page.getByText('Bands', { exact: true }).click();
  await expect(weights.locator('.scatterlayer > .trace')).toHaveCount(9 * 5);
  await expect(page.getByText('The first 9 of 11 runs.')).toBeVisible();
  const counts = await saved(page, weights, 'Save numbers (CSV)…');
  expect(counts.split('\r\n')[0]).toBe('run,run_id,key,step,from,to,count');
  await page.goBack();
  await loss.locator('[data-drawn]').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('charts params against metrics; a brush, by keyboard too, narrows the list', async ({
  serveFake,
  openWindow,
}) => {
  const page = await openWindow(`${(await serveFake({ runs: 24 })).url}#/charts?tab=params`);
  await page.getByRole('button', { name: 'Add the usual ones' }).click();
  const parallel = chart(page, 'Parallel coordinates');
  await parallel.locator('[data-drawn]').waitFor();
  await expect(page.getByText('From 24 runs.')).toBeVisible();
  await chart(page, 'What val.accuracy depends on').locator('[data-drawn]').waitFor();

  await parallel.getByRole('slider', { name: 'optimizer, from' }).focus();
  for (let press = 0; press < 6; press++) await page.keyboard.press('Shift+ArrowUp');
  await expect(
    page.getByText('18 of 24 runs are within the brushes', { exact: true }),
  ).toBeVisible();
  const csv = await saved(page, parallel, 'Save numbers (CSV)…');
  expect(csv.trim().split('\r\n')).toHaveLength(19);
  expect(csv).not.toContain('adamw');
  await page.keyboard.press('Escape');
  await parallel.getByRole('slider', { name: 'optimizer, from' }).press('Delete');
  await expect(page.getByRole('button', { name: 'Tick these' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Add a chart' }).click();
  await page.getByRole('menuitem', { name: 'Contour' }).click();
  const contour = chart(page, 'val.accuracy over lr and model.depth');
  await contour.scrollIntoViewIfNeeded();
  await contour.locator('[data-drawn]').waitFor();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('arranges sections, and finds them so again', async ({ project, serveReal, openWindow }) => {
  for (const name of ['left', 'right']) {
    const lines = Array.from({ length: 30 }, (_, step) =>
      JSON.stringify({ step, 'train/loss': 1 / (step + 1), 'val/loss': 2 / (step + 1) }),
    );
    writeFileSync(join(project.folder, `${name}.jsonl`), `${lines.join('\n')}\n`);
    await project.cairn('sources', 'add', `${name}.jsonl`, '--name', name);
  }
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  const table = page.getByRole('grid', { name: 'Runs' }).locator('tbody tr');
  for (const name of ['left', 'right']) {
    await table.filter({ hasText: name }).getByRole('checkbox').click();
  }
  await page.getByRole('button', { name: 'Open in Charts' }).click();
  await expect(page.getByText('2 runs ticked')).toBeVisible();
  await chart(page, 'train/loss').locator('[data-drawn]').waitFor();
  await chart(page, 'train/loss').locator('[role=slider]').press('+');

  const heads = page.getByRole('main').getByRole('heading', { level: 2 });
  await expect(heads).toHaveText(['train1', 'val1']);
  await page.getByRole('button', { name: 'Arrange the section train' }).click();
  const sheet = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save as SVG…' }).click();
  const drawn = readFileSync(await (await sheet).path(), 'utf8');
  expect(drawn).toContain('>train/loss<');
  expect(drawn).not.toContain('>val/loss<');
  expect(drawn.match(/js-line/g)).toHaveLength(2);
  await page.getByRole('button', { name: 'Save or print all of these charts' }).click();
  const numbers = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Save numbers (CSV)…' }).click();
  const rows = readFileSync(await (await numbers).path(), 'utf8')
    .trim()
    .split('\r\n');
  expect(rows).toHaveLength(1 + 2 * 2 * 30);
  const train = heads.first().getByRole('button');
  await train.press('Enter');
  await expect(train).toHaveAttribute('aria-expanded', 'false');
  await train.press('Alt+ArrowDown');
  await expect(heads).toHaveText(['val1', 'train1']);
  await train.blur();
  await expect(heads).toHaveText(['val1', 'train1']);

  const again = await page.context().newPage();
  await again.goto(page.url());
  const others = again.getByRole('main').getByRole('heading', { level: 2 });
  await expect
    .poll(async () => {
      await again.reload();
      await again.getByText('2 runs ticked').waitFor();
      return others.allTextContents();
    })
    .toEqual(['val1', 'train1']);
  await expect(others.last().getByRole('button')).toHaveAttribute('aria-expanded', 'false');
  await expect(chart(again, 'train/loss')).toHaveCount(0);
});
