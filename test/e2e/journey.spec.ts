/** The main job in the window, with the real core, the real example project and real processes. */
import { expect } from '@playwright/test';
import { test } from './support.ts';

test.describe.configure({ timeout: 180_000 });

test('opens a folder for reading only, trusts it, and runs its pipeline', async ({
  project,
  serveReal,
  openWindow,
}) => {
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/timeline`);
  await page.getByText('This folder is open for reading only').waitFor();
  await page.getByText('Begin with the penguins').waitFor();
  await page.getByRole('button', { name: 'Trust this folder' }).click();
  await page.getByText('This folder is open for reading only').waitFor({ state: 'detached' });

  await page.keyboard.press('Shift+R');
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('train.epochs').fill('30');
  await dialog.getByText('1 changed').waitFor();
  await dialog.getByLabel('Experiment').fill('First look');
  await dialog.getByRole('button', { name: 'Start' }).click();
  await page.locator('h1:has-text("01.1")').waitFor();
  await expect(page.getByText('Finished').first()).toBeVisible({ timeout: 90_000 });

  await page.getByRole('tab', { name: 'Overview' }).click();
  await page
    .getByRole('cell', { name: 'accuracy' })
    .or(page.getByText('accuracy'))
    .first()
    .waitFor();
  await page.getByRole('tab', { name: 'Metrics' }).click();
  await page.locator('[data-drawn] canvas[data-curves]').first().waitFor({ timeout: 30_000 });
  await page.getByRole('tab', { name: 'Log' }).click();
  await page
    .getByText(/accuracy \d/)
    .first()
    .waitFor();
});

test('shows within a second what another terminal does', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await project.cairn('run', '-e', 'elsewhere', '-n', 'first', '--', 'python3', '-c', 'print(1)');
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/timeline`);
  await page.locator('article:has-text("first")').waitFor();
  await project.cairn('run', '-e', 'elsewhere', '-n', 'second', '--', 'python3', '-c', 'print(2)');
  await page.locator('article:has-text("second")').waitFor({ timeout: 3_000 });
  await project.cairn('note', '01.2', 'seen at **once**');
  await page.locator('article strong:text("once")').waitFor({ timeout: 3_000 });
});

test('a run goes on without the window, and is stopped from it', async ({
  project,
  serveReal,
  openWindow,
}) => {
  const first = await serveReal(project.folder);
  const page = await openWindow(`${first.url}#/timeline`);
  await page.waitForSelector('article');
  await page.keyboard.press('Shift+R');
  const dialog = page.getByRole('dialog');
  await dialog.getByText('Command', { exact: true }).first().click();
  await dialog
    .getByLabel('Command', { exact: true })
    .last()
    .fill(`python3 -u -c "import time; [(print('tick', i), time.sleep(0.2)) for i in range(900)]"`);
  await dialog.getByRole('button', { name: 'Trust and start' }).click();
  await page.getByText('tick 3').waitFor({ timeout: 60_000 });
  await first.close();

  const again = await openWindow(`${(await serveReal(project.folder)).url}#/run/01.1?tab=log`);
  await again
    .getByText(/tick \d\d/)
    .first()
    .waitFor({ timeout: 60_000 });
  await again.getByRole('button', { name: 'Stop' }).click();
  await expect(again.getByText('Stopped').first()).toBeVisible({ timeout: 30_000 });
});

test('keeps numbers in order: moves, undoes', async ({ project, serveReal, openWindow }) => {
  for (const name of ['one', 'two']) {
    await project.cairn('run', '-e', 'numbers', '-n', name, '--', 'python3', '-c', 'print(1)');
  }
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  await page
    .getByRole('button', { name: /01\s*numbers/ })
    .first()
    .click();
  const first = page.locator('tbody tr').first();
  await expect(first).toContainText('01.2');
  await first.click();
  await page.locator('table[role=grid]').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await page.getByText('Renumbered the runs of numbers').waitFor();
  await expect(page.locator('tbody tr').first()).toContainText('one');
  await page.keyboard.press('Control+z');
  await expect(page.locator('tbody tr').first()).toContainText('two');
});
