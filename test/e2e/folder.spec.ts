/** The window over folders as they are in real life, with the real core. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { commit, git } from '../support/git.ts';
import { test } from './support.ts';

test('says what of a damaged history is missing, shows the rest, and keeps quiet when told to', async ({
  project,
  serveReal,
  openWindow,
}) => {
  commit(project.folder, { 'params.yaml': 'train: { epochs: 1 }\n' }, 'The second');
  commit(project.folder, { 'params.yaml': 'train: { epochs: 2 }\n' }, 'The third');
  const lost = git(project.folder, 'rev-parse', 'HEAD~1:params.yaml');
  rmSync(join(project.folder, '.git', 'objects', lost.slice(0, 2), lost.slice(2)));

  const page = await openWindow(`${(await serveReal(project.folder)).url}#/timeline`);
  const banner = page.getByRole('status', { name: 'Part of the Git history cannot be read.' });
  await banner.getByText(/^\d commits?$/).click();
  const second = git(project.folder, 'rev-parse', 'HEAD~1').slice(0, 7);
  await expect(banner.getByRole('listitem').filter({ hasText: second })).toContainText(lost);
  await page.getByText('The third').waitFor();
  await banner.getByRole('button', { name: 'Close' }).click();
  await expect(banner).toHaveCount(0);
  await page.getByText('The third').waitFor();
});

test('has no banner over a sound history', async ({ project, serveReal, openWindow }) => {
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/timeline`);
  await page.getByText('Begin with the penguins').waitFor();
  await expect(page.getByText('Part of the Git history cannot be read.')).toHaveCount(0);
});

test('filters runs by what they measured, and points at what it cannot read', async ({
  project,
  serveReal,
  openWindow,
}) => {
  for (const accuracy of [0.5, 0.9]) {
    const script = `open("log.jsonl", "w").write('{"accuracy": ${accuracy}}\\n')`;
    const options = ['-n', `at ${accuracy}`, '--metrics', 'log.jsonl'];
    await project.cairn('run', ...options, '--', 'python3', '-c', script);
  }
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  const rows = page.getByRole('grid', { name: 'Runs' }).locator('tbody tr');
  await expect(rows).toHaveCount(2);

  const field = page.getByRole('combobox', { name: /^Filter/ });
  await field.fill('metrics.accuracy > 0.7');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('at 0.9');
  await field.fill('at 0.5');
  await expect(rows).toContainText('at 0.5');

  // What cannot be read is said beside the field, and the rows stay.
  await field.fill('metrics.accuracy >');
  await expect(field).toHaveAccessibleDescription(/.+/);
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(rows).toHaveCount(2);
});
