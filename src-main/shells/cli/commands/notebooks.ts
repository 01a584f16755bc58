/** `cairn notebooks`. */
import { CairnError } from '../../../base/errors.ts';
import type { NotebookRow } from '../../../contract/notebooks.ts';
import { oneLine, paint, print, printJson, table } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

interface NotebookOptions extends GlobalOptions {
  readonly order?: string;
  readonly do: boolean;
}

const executed = {
  none: '',
  not: 'not executed',
  part: 'in part',
  mixed: 'out of order',
  order: 'in order',
} as const;

export async function notebooks(options: NotebookOptions, folder?: string): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const { folders } = await cli.call('notebooks.list', {});
    const wanted = folder?.replace(/\/+$/, '').replace(/^\.\/|^\.$/, '');
    const shown = folders.filter((one) => wanted === undefined || one.path === wanted);
    if (options.order !== undefined) {
      const [only, other] = shown;
      if (only === undefined || other !== undefined) {
        throw new CairnError('invalid', 'Name the folder whose notebooks get another order.');
      }
      await renumber(cli, options, only.path, chosen(only.notebooks, options.order));
      return;
    }
    if (options.json) return printJson({ folders: shown });
    if (shown.length === 0) print('There are no notebooks here.');
    for (const { path, notebooks: rows } of shown) {
      print(paint('bold', path === '' ? './' : `${path}/`));
      const cells = rows.map((row) => [
        row.label + (row.duplicate ? ' (twice)' : ''),
        oneLine(row.name, 48),
        oneLine(row.problem ?? row.title ?? '', 40),
        executed[row.executed],
        row.missing.length === 0 ? '' : `${row.missing.join(', ')} missing before`,
      ]);
      print(table(['no', 'name', 'title', 'executed', ''], cells, []));
    }
  });
}

async function renumber(
  cli: CliSession,
  options: NotebookOptions,
  folder: string,
  order: string[],
): Promise<void> {
  const plan = await cli.call('notebooks.plan', { folder, order });
  if (options.json) printJson(plan);
  else {
    for (const { from, to } of plan.renames) print(`${from} → ${to}`);
    for (const { path, lines } of plan.edits) {
      print(paint('bold', path));
      for (const { line, before, after } of lines)
        print(`  ${line}  - ${before}\n  ${line}  + ${after}`);
    }
    for (const warning of plan.warnings) print(`! ${warning}`);
    if (plan.renames.length === 0) print('Nothing to do.');
  }
  if (options.do) await cli.ask('notebooks.renumber', { folder, order, stamp: plan.stamp });
  else if (!options.json && plan.renames.length > 0) print('Nothing was changed. --do does it.');
}

/** Names by number or name; numbered ones that are left out follow in their order. */
function chosen(rows: readonly NotebookRow[], list: string): string[] {
  const names = list.split(',').map((word) => {
    const wanted = word.trim();
    const found = rows.filter(
      (row) => row.name === wanted || row.label === wanted || row.name === `${wanted}.ipynb`,
    );
    const [one, other] = found;
    if (one !== undefined && other === undefined) return one.name;
    throw new CairnError(
      'invalid',
      `“${wanted}” names ${found.length} notebooks. Give the whole name.`,
    );
  });
  const others = rows.filter((row) => row.label !== '' && !names.includes(row.name));
  return [...names, ...others.map((row) => row.name)];
}
