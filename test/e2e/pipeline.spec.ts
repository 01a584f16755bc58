/** The pipeline and the bundles in a real browser, over a core made of memory. */
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

const stages = (page: Page) => page.getByRole('region', { name: 'Stages of the pipeline' });

test.describe('the pipeline', () => {
  test('is walked along its arrows with the keyboard, and says why a stage would run', async ({
    open,
  }) => {
    const page = await open('#/pipeline');
    const first = stages(page).getByRole('button', { name: /^penguins\.csv/ });
    await first.focus();
    await page.keyboard.press('End');
    await expect.poll(() => page.url()).toContain('/pipeline/report');
    await page.keyboard.press('ArrowUp');
    await expect.poll(() => page.url()).toContain('/pipeline/evaluate');
    await page.getByText('train will run again').waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? '');
    await expect.poll(focused).toContain('evaluate');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.url()).toMatch(/\/pipeline$/);
  });

  test('has the same stages as a list', async ({ open }) => {
    const page = await open('#/pipeline');
    await page.getByText('List', { exact: true }).click();
    const grid = page.getByRole('grid', { name: 'Stages of the pipeline' });
    await expect.poll(() => grid.locator('tbody tr').count()).toBe(7);
    await grid.press('Home');
    await page.getByText('Defined in data/penguins.csv.dvc').waitFor();
  });

  test('is reproduced with a changed param', async ({ open }) => {
    const page = await open('#/pipeline/train');
    await page.getByRole('button', { name: 'Reproduce this stage' }).click();
    const dialog = page.getByRole('dialog', { name: 'Reproduce train' });
    await dialog.getByRole('textbox', { name: 'train.lr' }).fill('0.001');
    await dialog.getByText('1 changed').waitFor();
    await dialog.getByText('was 0.003').waitFor();
    await dialog.getByRole('button', { name: 'Start' }).click();
    await page.getByText(/^Started /).waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  test('runs nothing in a folder that is not trusted', async ({ open }) => {
    const page = await open('#/pipeline/train', { trusted: false });
    await stages(page).waitFor();
    expect(await page.getByRole('button', { name: 'Reproduce', exact: true }).isDisabled()).toBe(
      true,
    );
    expect(await page.getByRole('button', { name: 'Reproduce this stage' }).isDisabled()).toBe(
      true,
    );
  });
});

test.describe('bundles', () => {
  test('leave out what is unticked, and are verified when written', async ({ open }) => {
    const page = await open('#/bundles');
    await page.getByText('11 files, 11.4 MB before compression.').waitFor();
    await page.getByRole('checkbox', { name: 'Include data/images' }).uncheck();
    await page.getByText('10 files, 1.3 MB before compression.').waitFor();
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('button', { name: 'Verify it' }).click();
    await page.getByText('All 21 files are as they were written').waitFor();
  });

  test('with problems are told in full and cannot be run', async ({ open }) => {
    const page = await open('#/bundles?file=%2Fhome%2Fada%2Fbroken.zip');
    await page.getByText('2 problems were found').waitFor();
    await page.getByText('models/model.safetensors').waitFor();
    expect(await page.getByRole('button', { name: 'Reproduce', exact: true }).isDisabled()).toBe(
      true,
    );
  });

  test('are run again only after a question, with a verdict on every output', async ({ open }) => {
    const page = await open('#/bundles?file=%2Fhome%2Fada%2Fgood.zip');
    await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
    const question = page.getByRole('dialog');
    await question.getByText('Run the code of this bundle?').waitFor();
    await question.getByRole('button', { name: 'Cancel' }).click();
    expect(await page.getByText('Not reproduced').count()).toBe(0);
    await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
    await question.getByRole('button', { name: 'Reproduce' }).click();
    await page.getByText('Not reproduced').waitFor();
    const table = page.locator('table').last();
    for (const word of ['identical', 'within tolerance', 'different', 'missing', 'skipped']) {
      await expect(table).toContainText(word);
    }
  });
});
