/** Runs of other tools, kept for good from the window, with the real core. */
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { test } from './support.ts';

const sacred = join(import.meta.dirname, '../fixtures/sacred/sacred-0.8.7');

test('keeps the runs of a source for good, and says what that comes to first', async ({
  project,
  serveReal,
  openWindow,
}) => {
  cpSync(sacred, join(project.folder, 'sacred'), { recursive: true });
  const goesOn = join(project.folder, 'sacred/sacred_runs/1/run.json');
  const ended = readFileSync(goesOn, 'utf8');
  writeFileSync(goesOn, ended.replace(/"status": "\w+"/, '"status": "RUNNING"'));
  await project.cairn('run', '--', 'python3', '-c', 'print(1)');
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/sources`);
  const row = page.getByRole('grid', { name: 'Sources' }).locator('tbody tr');
  await row.getByRole('gridcell').nth(1).click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText('All that is in it was read: 3 runs.')).toBeVisible();
  const keep = row.getByRole('button', { name: 'Keep for good…' });
  await keep.click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toHaveText(/2 runs: \d+ files, .*1 run goes on/);
  await dialog.getByRole('checkbox', { name: 'Also runs that go on' }).check();
  await dialog.getByRole('button', { name: 'Keep 3 runs' }).click();
  await expect(dialog.getByText(/^Kept 3 runs and copied/)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(row).toContainText('kept here');
  await expect(keep).toBeDisabled();

  rmSync(join(project.folder, 'sacred'), { recursive: true });
  const { sources } = JSON.parse(await project.cairn('--json', 'sources'));
  expect(sources).toMatchObject([{ kind: 'sacred', runs: 3, keptRuns: 3 }]);
  const runs = JSON.parse(await project.cairn('--json', 'ls')).rows as { id: string }[];
  const kept = join(project.folder, '.cairn', 'artifacts');
  expect(runs.filter(({ id }) => existsSync(join(kept, id))).length).toBeGreaterThan(0);
});
