/** Comparing in a real browser, over a core made of memory: tables, curves, code, data, models. */
import { expect, type Page } from '@playwright/test';
import type { FakeOptions } from '../support/fake-core.ts';
import { test as base } from './support.ts';

const test = base.extend<{
  /** Opens a view of the window over a core made of memory. */
  open(
    hash: string,
    core?: FakeOptions,
    options?: { readonly theme?: 'light' | 'dark'; readonly locale?: 'en' | 'zh' },
  ): Promise<Page>;
}>({
  open: async ({ serveFake, openWindow }, use) => {
    await use(async (hash, core, options) => {
      const { url } = await serveFake(core);
      const page = await openWindow(`${url}${hash}`, options);
      await page.locator('h1').first().waitFor();
      return page;
    });
  },
});

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });
const picker = (page: Page, name: string) =>
  page.locator('button[aria-haspopup=listbox]').filter({ hasText: name });
const rows = (page: Page, label: string) =>
  page.getByRole('grid', { name: label }).locator('tbody tr');

test.describe('picking two sides', () => {
  test('offers the last two runs, takes others by number, and swaps them', async ({ open }) => {
    const page = await open('#/compare');
    await page
      .getByRole('button', { name: /^Compare .* with / })
      .first()
      .click();
    await tab(page, 'Params').waitFor();
    await picker(page, 'From').click();
    await page.getByRole('textbox', { name: 'Run number, name, commit or revision' }).fill('02.1');
    await page.getByRole('option', { name: /^02\.1 / }).click();
    await expect.poll(() => page.url()).toMatch(/compare\/02\.1\//);
    const right = page.url().split('/').at(-1)?.split('?')[0];
    await page.getByRole('button', { name: 'Swap the two sides' }).click();
    await expect.poll(() => page.url()).toMatch(new RegExp(`compare/${right}/02\\.1`));
  });

  test('takes a Git revision that is typed', async ({ open }) => {
    const page = await open('#/compare/02.1/workspace');
    await tab(page, 'Params').waitFor();
    await picker(page, 'From').click();
    await page.keyboard.type('HEAD~2');
    await page.getByRole('option', { name: 'Use “HEAD~2”' }).click();
    await expect.poll(() => page.url()).toContain('compare/HEAD%7E2/workspace');
  });
});

test.describe('the tables', () => {
  test('show only differences until all is wanted, and are searched', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2');
    await expect.poll(() => rows(page, 'Params').count()).toBe(4);
    await page.getByRole('switch', { name: 'Only differences' }).click();
    await expect.poll(() => rows(page, 'Params').count()).toBe(6);
    await page.keyboard.press('Escape');
    await page.locator('body').press('/');
    await page.keyboard.type('train lr');
    await expect.poll(() => rows(page, 'Params').count()).toBe(1);
    await page.getByText('Showing 1 of 6').waitFor();
    await page.keyboard.type(' nothing like it');
    await page.getByText('Nothing matches the search.').waitFor();
  });

  test('show a value in full that does not fit into its cell', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2');
    await page.getByRole('grid', { name: 'Params' }).press('End');
    const detail = page.getByRole('region', { name: 'features.columns' });
    await detail.getByText('body_mass_g').waitFor();
  });

  test('say which way packages went', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2?tab=environment');
    const table = rows(page, 'Environment');
    await expect.poll(() => table.filter({ hasText: 'numpy' }).innerText()).toContain('newer');
    expect(await table.filter({ hasText: 'scikit-learn' }).innerText()).toContain('older');
  });

  test('unfold a directory into the files that differ, with the keyboard', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2?tab=data');
    const grid = page.getByRole('grid', { name: 'Data' });
    await grid.press('Home');
    await grid.press('ArrowRight');
    await page.getByText('9 added, 3 removed, 12 changed, 342 the same').waitFor();
    await page.getByText('adelie/IMG_4100.png').waitFor();
    await grid.press('ArrowLeft');
    await page.getByText('adelie/IMG_4100.png').waitFor({ state: 'detached' });
  });
});

test.describe('the curves', () => {
  test('are drawn for both runs, walked along with the keyboard, and saved', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2?tab=metrics');
    const chart = page
      .getByRole('slider')
      .and(page.locator('[aria-roledescription="chart"]'))
      .first();
    await chart.waitFor();
    await page.locator('[data-drawn]').first().waitFor({ timeout: 30_000 });
    await chart.focus();
    await chart.press('ArrowRight');
    await chart.press('ArrowRight');
    await expect(chart).toHaveAttribute('aria-valuetext', 'step 1');
    await expect(page.locator('figure [aria-live]').first()).toHaveText(
      /^step 1\. 02\.1 .*, 02\.2 /,
    );
    expect(Number(await chart.getAttribute('aria-valuenow'))).toBeGreaterThan(0);

    const title = await page.locator('figure figcaption span').first().innerText();
    for (const [item, start] of [
      ['Save as SVG…', '<svg'],
      ['Save numbers (CSV)…', 'run,run_id,metric,step,time,value'],
    ] as const) {
      await page.getByRole('button', { name: `Copy or save the chart of ${title}` }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: item }).click();
      const stream = await (await download).createReadStream();
      let text = '';
      for await (const chunk of stream) text += chunk;
      expect(text.startsWith(start)).toBe(true);
    }
  });

  test('step back for the run that is pointed at in the legend, and are hidden when pressed', async ({
    open,
  }) => {
    const page = await open('#/compare/02.1/02.2?tab=metrics');
    await page.locator('[data-drawn]').first().waitFor({ timeout: 30_000 });
    const legend = page.getByRole('list', { name: 'Runs in the charts' });
    const painted = page.locator('canvas[data-curves]');
    const faint = () =>
      painted.evaluateAll(
        (all) => all.filter((one) => (one as HTMLCanvasElement).style.opacity !== '').length,
      );
    await legend.getByRole('button').first().hover();
    await expect.poll(faint).toBeGreaterThan(0);
    await page.getByRole('tab', { name: /^Metrics/ }).hover();
    await expect.poll(faint).toBe(0);
    for (const button of await legend.getByRole('button').all()) await button.click();
    await page.getByText('All runs are hidden.').first().waitFor();
    await expect(painted).toHaveCount(0);
  });
});

test.describe('the code', () => {
  test('goes from change to change and on to the next file with n, and back with p', async ({
    open,
  }) => {
    const page = await open('#/compare/02.1/02.2?tab=code');
    await page.locator('.cm-mergeView').waitFor({ timeout: 30_000 });
    await page.getByText('2 changes').waitFor();
    await page.keyboard.press('n');
    await page.getByText('change 1 of 2').waitFor();
    await page.keyboard.press('n');
    await page.getByText('change 2 of 2').waitFor();
    await page.keyboard.press('n');
    await expect.poll(() => page.url()).toContain('file=src%2Fnet.py');
    await page.getByText('1 change', { exact: true }).waitFor();
    await page.keyboard.press('p');
    await page.keyboard.press('p');
    await expect.poll(() => page.url()).toContain('file=src%2Ftrain.py');
  });

  test('opens #/diff at the code, unified when asked, and a file without lines as what it is', async ({
    open,
  }) => {
    const page = await open('#/diff/02.1/02.2');
    await page.locator('.cm-mergeView').waitFor({ timeout: 30_000 });
    await page.getByText('Unified', { exact: true }).click();
    await page.locator('.cm-deletedChunk').first().waitFor();
    await page.getByRole('option', { name: /figures\/old\.png/ }).click();
    await page.getByText('The files differ.').waitFor();
    await page.keyboard.press('p');
    await expect.poll(() => page.url()).toContain('file=notes.md');
  });
});

test.describe('the models', () => {
  test('stream in, are sorted and filtered, and say that nothing was run', async ({ open }) => {
    const page = await open('#/compare/02.1/02.2?tab=models');
    await page.getByText('Nothing here was run').waitFor();
    await page.getByText('94 of 102').waitFor();
    const header = page.getByRole('columnheader', { name: 'Relative L2' });
    await header.getByRole('button').click();
    if ((await header.getAttribute('aria-sort')) !== 'descending') {
      await header.getByRole('button').click();
    }
    const first = () => rows(page, 'Tensors').first().innerText();
    await expect.poll(first).toContain('head.bias');
    await page.getByRole('textbox', { name: 'Filter by name' }).fill('attn q');
    await page.getByText('Showing 12 of 102').waitFor();
    await rows(page, 'Tensors').first().click();
    await page
      .getByRole('region', { name: /attn\.q\.weight/ })
      .getByText('NaN or ±∞')
      .waitFor();
    await page.getByRole('button', { name: 'Report' }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Save as CSV' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('menuitem', { name: 'Keep as a note in the timeline' }).click();
    await page.getByRole('status').getByText('Kept as a note').waitFor();
    await page.getByRole('button', { name: 'Distribution' }).click();
    await page.getByRole('figure', { name: 'Values of both sides' }).waitFor();
    await page.getByRole('button', { name: 'Singular values' }).click();
    await page.getByText('Stable rank').waitFor();
    await page.getByText('Layer × part').click();
    await page.getByText('Relative change by layer and part', { exact: true }).waitFor();
  });

  test('show graphs, trees and code beside their tensors', async ({ open }) => {
    const page = await open('#/models?left=/a/before.onnx&right=/a/after.onnx&part=structure');
    await page.getByText('4 of 22 nodes differ').waitFor();
    await page.getByRole('button', { name: /Gemm.*blocks\.0\.fc1/ }).click();
    await page.keyboard.press('ArrowDown');
    const panel = page.getByRole('complementary', { name: 'The selected node' });
    await panel.getByRole('heading', { name: 'Relu' }).waitFor();
    await page.getByText('List', { exact: true }).click();
    await page.getByRole('switch', { name: 'Only differences' }).click();
    const tree = page.getByRole('tree', { name: 'Nodes of the model' });
    await tree.getByRole('treeitem', { name: /head/ }).last().click();
    await panel.getByText('/blocks/5/Add').waitFor();
    await page.getByText('Modules', { exact: true }).click();
    await page.getByRole('tree', { name: 'Modules' }).getByText('blocks').waitFor();
    const show = (query: string) =>
      page.evaluate((hash) => location.replace(hash), `#/models?${query}`);
    await show('left=/a/before.ubj&right=/a/after.ubj&part=trees');
    await page.getByText('added 2, removed 0').waitFor();
    await page.getByRole('grid', { name: 'Trees' }).getByText('other splits').first().click();
    await page.getByRole('tree', { name: 'Tree 4' }).getByText('flipper').first().waitFor();
    await show('left=/a/before.ptl&right=/a/after.ptl&part=code');
    await page.getByText('torch.gelu(x)').waitFor();
  });

  test('are compared with their base, over checkpoints, and as two files', async ({ open }) => {
    const page = await open('#/models');
    const main = page.getByRole('main');
    const compare = main.getByRole('button', { name: 'Compare', exact: true });
    await page.getByText('Checkpoints', { exact: true }).click();
    await page.getByRole('combobox', { name: 'Run', exact: true }).fill('02.1');
    await page.keyboard.press('Enter');
    await page.getByText('The first checkpoint is checkpoint-500.').waitFor();
    const since = (what: string) =>
      page.getByRole('figure', { name: `Relative change since the ${what}` });
    await since('first checkpoint').waitFor();
    await page.getByText('Against the one before').click();
    await since('checkpoint before').waitFor();
    await page.getByText('checkpoint-3000: checkpoint-3000 ends in the middle').waitFor();
    expect(page.url()).toContain('run=02.1');
    await page.getByText('Of a folder').click();
    await page.getByRole('textbox', { name: 'Folder of checkpoints' }).fill('/run/checkpoints');
    await compare.click();
    await expect.poll(() => page.url()).toContain('folder=%2Frun%2Fcheckpoints');

    await page.getByText('Task vectors', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Base' }).fill('/a/base.safetensors');
    await page.getByRole('textbox', { name: 'Model 1' }).fill('/a/french.safetensors');
    await page.getByRole('textbox', { name: 'Model 2' }).fill('/a/german.safetensors');
    await page.getByRole('button', { name: 'Add a model' }).click();
    await page.getByRole('textbox', { name: 'Model 3' }).fill('/a/code.safetensors');
    await compare.click();
    await page.getByText('32 of 32', { exact: true }).waitFor();
    await page
      .getByRole('figure', { name: 'Cosine of the task vectors by layer, 1 · 2' })
      .waitFor();
    await page.getByRole('combobox', { name: 'Pair' }).selectOption('2 · 3');
    await page.getByRole('columnheader', { name: 'Cosine 2·3' }).waitFor();
    await page.getByText('How far', { exact: true }).click();
    await page.getByRole('figure', { name: 'How far each model moved' }).waitFor();
    await page.getByRole('textbox', { name: 'Filter by name' }).fill('5. down');
    await rows(page, 'Tensors').first().click();
    const detail = page.getByRole('region', { name: 'model.layers.5.mlp.down_proj.weight' });
    await detail.getByRole('row', { name: /^2 · 3/ }).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Report' }).click();
    await page.getByRole('menuitem', { name: 'Save as JSON' }).click();
    expect((await download).suggestedFilename()).toMatch(/\.json$/);

    await page.getByText('Two files', { exact: true }).click();
    await page.getByRole('button', { name: 'Compare with v2: penguins v3' }).click();
    await page.getByText('Nothing here was run').waitFor();
    expect(page.url()).toContain('left=models%3A%2Fpenguins%2F2&right=models%3A%2Fpenguins%2F3');
    await page.getByRole('textbox', { name: 'From' }).fill('/a/old.safetensors');
    await page.getByRole('textbox', { name: 'To', exact: true }).fill('/a/new.safetensors');
    await compare.click();
    await page.getByText('Nothing here was run').waitFor();
    expect(page.url()).toContain('left=%2Fa%2Fold.safetensors');
  });
});

test('speaks Chinese throughout', async ({ open }) => {
  const page = await open('#/compare/02.1/02.2', {}, { locale: 'zh' });
  await page.getByRole('heading', { name: '比较' }).waitFor();
  await page.getByRole('tab', { name: /^参数/ }).waitFor();
  await page.getByText('只看差异').waitFor();
});
