/** Many runs at once, the trash and the rules of what goes there, with the real core. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { accessibilityProblems, test } from './support.ts';

type Cairn = (...args: string[]) => Promise<string>;

/** Runs that end at once, the last one badly. */
async function makeRuns(cairn: Cairn): Promise<void> {
  await cairn('run', '-e', 'toys', '-n', 'first', '--', 'python3', '-c', 'print(1)');
  await cairn('run', '-e', 'toys', '-n', 'second', '--', 'python3', '-c', 'print(2)');
  await cairn('run', '-e', 'toys', '-n', 'broken', '--', 'python3', '-c', 'exit(3)').catch(
    () => {},
  );
}

const rowsOf = (page: Page, name: string) => page.getByRole('grid', { name }).locator('tbody tr');

async function tick(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await rowsOf(page, 'Runs').filter({ hasText: name }).getByRole('checkbox').click();
  }
}

test('tags, stars, deletes and brings back many runs', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await makeRuns(project.cairn);
  const tags = async () => JSON.parse(await project.cairn('--json', 'tag', '1.1', '1.2')).tags;
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  const rows = rowsOf(page, 'Runs');
  await expect(rows).toHaveCount(3);

  await tick(page, 'first', 'second');
  await page.getByRole('button', { name: 'Tags…' }).click();
  await page.getByRole('textbox', { name: 'New tag' }).fill('kind');
  await page.getByRole('textbox', { name: 'Value' }).fill('baseline');
  await page.keyboard.press('Enter');
  await page.getByText('Changed 2 runs').waitFor();
  expect(await tags()).toEqual([{ key: 'kind', runs: 2, value: 'baseline' }]);

  await page.getByRole('button', { name: 'Tags…' }).click();
  await page.getByRole('button', { name: 'Remove kind' }).click();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(await tags()).toEqual([]);
  await page
    .getByRole('alert')
    .filter({ hasText: 'Changed 2 runs' })
    .last()
    .getByText('Undo')
    .click();
  await expect.poll(tags).toEqual([{ key: 'kind', runs: 2, value: 'baseline' }]);

  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await page.getByRole('alert').filter({ hasText: 'to the trash' }).getByText('Undo').click();
  await expect(rows).toHaveCount(3);

  // The key does the same, for the row it is pressed on.
  await rows.filter({ hasText: 'first' }).click();
  await page.keyboard.press('Delete');
  await expect(rows).toHaveCount(2);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(rows).toHaveCount(3);
});

test('shows the trash, gives back, and removes for good what was asked twice', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await makeRuns(project.cairn);
  await project.cairn('trash', 'put', '1.1', '1.2', '1.3');
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  await page.getByRole('button', { name: 'Trash and rules' }).click();
  const rows = rowsOf(page, 'Trash');
  await expect(rows).toHaveCount(3);
  expect(await accessibilityProblems(page)).toEqual([]);

  await rows.filter({ hasText: 'first' }).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Restore' }).click();
  await expect(rows).toHaveCount(2);

  await rows.filter({ hasText: 'second' }).getByRole('checkbox').click();
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(/1 run, [\d.]+ (B|kB)/);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(rows).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete for good…' }).click();
  await dialog.getByRole('button', { name: 'Delete for good' }).click();
  await expect(rows).toHaveCount(1);

  await page.getByRole('button', { name: 'Empty the trash…' }).click();
  const empty = dialog.getByRole('button', { name: 'Delete for good' });
  await expect(empty).toBeDisabled();
  await dialog.getByRole('textbox').fill('delete');
  await empty.click();
  await page.getByText('The trash is empty').waitFor();
  const { rows: left } = JSON.parse(await project.cairn('--json', 'ls'));
  expect(left.map((run: { name: string }) => run.name)).toEqual(['first']);
});

test('previews a rule while it is written, sweeps, and takes it back', async ({
  project,
  serveReal,
  openWindow,
}) => {
  await makeRuns(project.cairn);
  await project.cairn('star', '1.2');
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/timeline`);
  await page.getByText('Begin with the penguins').waitFor();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('rules that keep');
  await page.getByRole('button', { name: 'Rules that keep this folder tidy' }).click();
  const failed = page.getByRole('region', { name: 'Failed or stopped' });
  await expect(failed).toContainText('Nothing to sweep up');

  await page.getByRole('button', { name: 'Add a rule' }).click();
  const editor = page.getByRole('region', { name: 'New rule' });
  await editor.getByRole('textbox', { name: 'Name' }).fill('All of them');
  const filter = editor.getByRole('textbox', { name: 'Which runs' });
  await filter.fill('status = FAILED');
  await expect(editor.getByRole('status')).toContainText('1 run');
  await filter.fill('kind = command');
  await expect(editor.getByRole('status')).toContainText('2 runs');
  await expect(editor.getByRole('status')).toContainText('left alone: 1 starred');
  await filter.fill('kind =');
  await expect(editor.getByRole('button', { name: 'Save' })).toBeDisabled();
  await filter.fill('kind = command');
  await editor.getByRole('button', { name: 'Save' }).click();

  const rule = page.getByRole('region', { name: 'All of them' });
  await rule.getByRole('button', { name: 'Move 2 runs to the trash' }).click();
  await expect(rule).toContainText('Nothing to sweep up');
  await page.getByRole('alert').getByText('Undo').click();
  await expect(rule).toContainText('2 runs');
  await rule.getByRole('switch').click();
  await expect(rule.getByRole('switch')).toBeChecked();
  await page.reload();
  await expect(page.getByRole('region', { name: 'All of them' }).getByRole('switch')).toBeChecked();
  expect(await accessibilityProblems(page)).toEqual([]);
});

test('exports runs to files and merges those seen twice', async ({
  project,
  serveReal,
  openWindow,
}) => {
  for (const [name, line] of [
    ['left', '{"loss": 0.5}'],
    ['right', '{"accuracy": 0.9}'],
  ] as const) {
    writeFileSync(join(project.folder, `${name}.jsonl`), `${line}\n`);
    await project.cairn('sources', 'add', `${name}.jsonl`, '--name', name);
  }
  const page = await openWindow(`${(await serveReal(project.folder)).url}#/runs`);
  const rows = rowsOf(page, 'Runs');
  await expect(rows).toHaveCount(2);
  await tick(page, 'left', 'right');

  await page.getByRole('button', { name: 'Export…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('runs.csv');
  const [head, ...lines] = readFileSync(join(project.folder, 'runs.csv'), 'utf8')
    .trim()
    .split('\n');
  expect(head).toContain('metrics.loss');
  expect(lines).toHaveLength(2);
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog).toContainText('runs.csv');
  await expect(dialog.getByRole('textbox', { name: 'File' })).toHaveAttribute(
    'aria-invalid',
    'true',
  );
  await dialog.getByText('HTML page').click();
  await dialog.getByRole('button', { name: 'Export', exact: true }).click();
  await expect(dialog.getByRole('status')).toContainText('runs.html');
  expect(existsSync(join(project.folder, 'runs.html'))).toBe(true);
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('button', { name: 'Merge…' }).click();
  await dialog.getByText('right').click();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText('0.9');
  await expect(rows).toContainText('0.5');
  await page.getByRole('alert').filter({ hasText: 'Merged' }).getByText('Undo').click();
  await expect(rows).toHaveCount(2);
});
