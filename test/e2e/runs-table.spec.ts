/** The runs table over more runs and columns than fit, with the real core. */
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { Store } from '../../src-main/store/index.ts';
import { fillWithRuns } from '../support/many-runs.ts';
import { accessibilityProblems, test } from './support.ts';

const rowsOf = (page: Page) => page.getByRole('grid', { name: 'Runs' }).locator('tbody tr');
const headsOf = (page: Page) => page.getByRole('grid', { name: 'Runs' }).getByRole('columnheader');

test('finds, arranges, groups and keeps what is looked at among many runs', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('run', '-n', 'first', '--', 'python3', '-c', 'print(1)');
  const store = Store.open(join(project.folder, '.cairn', 'cairn.db'));
  fillWithRuns(store, { runs: 600, params: 60, metrics: 60, perRun: 60 });
  store.close();
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  const rows = rowsOf(page);
  await page.getByText('601 runs', { exact: true }).waitFor();
  await expect(rows.first()).toContainText('run-600');
  expect(await rows.count()).toBeLessThan(70);
  expect(await headsOf(page).count()).toBeLessThan(30);

  await test.step('what is far down and far right comes when it is scrolled to', async () => {
    await page.getByRole('grid', { name: 'Runs' }).press('Home');
    await page.getByRole('grid', { name: 'Runs' }).press('End');
    await rows.filter({ hasText: 'first' }).waitFor();
    const grid = page.getByRole('grid', { name: 'Runs' });
    await grid.evaluate((table) => table.parentElement?.scrollTo({ left: 1e6 }));
    await page.getByRole('columnheader', { name: 'Command' }).waitFor();
    await expect(rows.first()).toContainText('train.py');
    await grid.evaluate((table) => table.parentElement?.scrollTo({ left: 0 }));
  });

  await test.step('a filter is completed, marked where it is wrong, and built from rows', async () => {
    const field = page.getByRole('combobox', { name: /^Filter/ });
    await field.pressSequentially('param_3');
    await page.getByRole('option', { name: 'params.param_3 field' }).waitFor();
    await field.press('ArrowDown');
    await field.press('Enter');
    await expect(field).toHaveValue('params.param_3 ');
    await field.pressSequentially('= v1');
    await page.getByRole('option', { name: /^v19 / }).waitFor();
    await field.press('Escape');
    await page.getByText('30 of 601 runs').waitFor();
    await field.press('End');
    await field.pressSequentially(' AND (');
    await field.press('Escape');
    await expect(page.getByRole('status').filter({ hasText: 'missing' })).toBeVisible();
    await field.fill('params.param_3 = v1');
    await field.press('Escape');
    await page.getByRole('button', { name: 'Build a filter' }).click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: 'Field' }).last().fill('status');
    await page.getByRole('combobox', { name: 'Value' }).last().fill('FAILED');
    await expect(field).toHaveValue('params.param_3 = v1 AND status = FAILED');
    await page.keyboard.press('Escape');
    await field.fill('');
    await page.getByText('601 runs', { exact: true }).waitFor();
  });

  await test.step('runs that differ only in seed are one, with mean and deviation', async () => {
    await page.getByRole('button', { name: 'Group' }).click();
    await page.getByRole('radio', { name: 'Those that differ only in seed as one' }).click();
    await page.keyboard.press('Escape');
    await expect(rows.first()).toContainText('n=');
    await expect(rows.first()).toContainText('±');
    await rows.first().getByRole('checkbox').click();
    const bar = page.getByRole('region', { name: /selected$/ });
    await expect(bar).toBeVisible();
    await rows.first().getByRole('button', { name: 'Unfold' }).click();
    await expect(rows.nth(1)).toContainText('run-');
    await expect(rows.nth(1).getByRole('checkbox')).toBeChecked();
    await page.getByRole('button', { name: 'Clear selection' }).click();
  });

  await test.step('columns move by keys and are hidden; the view is saved and comes back', async () => {
    const status = page.getByRole('columnheader', { name: 'Status' }).getByRole('button');
    await status.focus();
    await page.keyboard.press('Alt+ArrowRight');
    await expect(headsOf(page).nth(3)).toHaveText(/Status/);
    await expect(status).toBeFocused();
    await page.getByRole('columnheader', { name: 'Duration' }).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Hide' }).click();
    await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveCount(0);
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
    await page.getByRole('textbox', { name: 'Name of the view' }).fill('Seeds');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Seeds' }).click();
    await page.getByRole('menuitem', { name: 'As it is by itself' }).click();
    await page.getByRole('columnheader', { name: 'Duration' }).waitFor();
    await page.getByRole('button', { name: 'View', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Seeds' }).click();
    await expect(page.getByRole('columnheader', { name: 'Duration' })).toHaveCount(0);
    // How the table is left is kept a moment later.
    await page.waitForTimeout(600);
    await page.reload();
    await expect(rows.first()).toContainText('n=');
    await expect(headsOf(page).nth(3)).toHaveText(/Status/);
  });

  expect(await accessibilityProblems(page)).toEqual([]);
});
