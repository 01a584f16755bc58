/** From a changed param to a colleague's verdict, in the window, with the real core and processes. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support.ts';

test.describe.configure({ timeout: 240_000 });

test('reproduces with another param, compares the two runs, hands one over and runs it again', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('repro', '-P', 'train.epochs=40');
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/pipeline/train`);

  // Everything is up to date; another param makes two stages run again.
  await page.getByText('4 up to date').waitFor();
  await page.getByRole('button', { name: 'Reproduce this stage' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reproduce train' });
  await dialog.getByText('And what follows').click();
  await dialog.getByLabel('train.learning_rate').fill('0.05');
  await dialog.getByLabel('Name of the run').fill('slower');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await page.getByText('Started 01.2').waitFor();
  await expect(page.getByText('4 up to date')).toBeVisible({ timeout: 90_000 });
  await page.getByText('01.2').first().waitFor();

  await page.goto(`${new URL(page.url()).origin}/#/compare`);
  await page.getByRole('button', { name: 'Compare 01.1 with 01.2' }).click();
  await page.getByRole('grid', { name: 'Params' }).getByText('train.learning_rate').waitFor();
  await page.getByRole('tab', { name: /^Metrics/ }).click();
  await expect(page.locator('canvas[data-curves="2"]')).toHaveCount(2, { timeout: 30_000 });
  await page.getByRole('tab', { name: /^Models/ }).click();
  await page.getByText('4 of 4', { exact: true }).waitFor();
  await page.getByRole('grid', { name: 'Tensors' }).getByText('hidden.weight').waitFor();
  await page.getByRole('tab', { name: /^Data/ }).click();
  await page.getByRole('grid', { name: 'Data' }).getByText('build/model.safetensors').waitFor();

  await page.goto(`${new URL(page.url()).origin}/#/bundles`);
  const bundle = join(project.home, 'slower.zip');
  await page.getByLabel('Write to').fill(bundle);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByText(bundle).waitFor();
  // A second time it is there already, and is replaced only after a question.
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByText(/is there already/).waitFor();
  await page.getByRole('button', { name: 'Replace it' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replace it' }).click();
  await page.getByRole('button', { name: 'Verify it' }).click();
  await page.getByText(/^All \d+ files are as they were written/).waitFor();

  await page.getByLabel('Folder').fill(join(project.home, 'again'));
  await page.getByRole('button', { name: 'Reproduce', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Reproduce' }).click();
  await page.getByText(/epoch\s+40\s+loss/).waitFor({ timeout: 90_000 });
  await expect(page.getByText('Reproduced', { exact: true })).toBeVisible({ timeout: 90_000 });
  await expect(page.locator('table').last()).not.toContainText('different');

  await page.getByRole('tab', { name: 'History' }).click();
  const history = page.getByRole('grid', { name: 'History' }).locator('tbody tr');
  await expect(history).toHaveCount(3);
});

test('shows code and data of the folder as it is against a run', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('repro', '-P', 'train.epochs=10');
  const page = await openWindow(
    `${(await serveReal(project.folder)).url}#/compare/01.1/workspace?tab=params`,
  );
  await page.getByText('All params are the same.').waitFor();
  const params = join(project.folder, 'params.yaml');
  writeFileSync(params, readFileSync(params, 'utf8').replace('epochs: 10', 'epochs: 11'));
  await page.getByRole('grid', { name: 'Params' }).getByText('train.epochs').waitFor();
});
