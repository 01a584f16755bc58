/** `cairn sources`. */
import type { SourceRow } from '../../../contract/sources.ts';
import { oneLine, paint, print, printJson, table } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

/** Skipped items that are named without `--json`. */
const skippedShown = 20;

export async function sources(options: GlobalOptions & { readonly force: boolean }): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const { runs } = await cli.call('sources.read', { force: options.force });
    const found = await cli.call('sources.list', {
      skippedLimit: options.json ? 1000 : skippedShown,
    });
    if (options.json) {
      printJson({ read: runs, ...found });
      return;
    }
    if (found.sources.length === 0) {
      print('No runs of other tools were found here.');
      return;
    }
    const rows = found.sources.map((row) => [
      row.path === '' ? '.' : row.path,
      row.kind,
      String(row.runs),
      row.readAt === null ? '' : new Date(row.readAt).toLocaleString(),
      stateOf(row),
    ]);
    print(table(['where', 'what', 'runs', 'last new', 'state'], rows, [2]));
    for (const row of found.sources) printProblems(row);
    print(`\n${paint('dim', runs === 0 ? 'Nothing has changed.' : `Read ${runs} runs.`)}`);
  });
}

function stateOf(row: SourceRow): string {
  if (row.goneAt !== null) return 'gone; its runs are kept';
  if (row.problem !== null) return paint('red', 'not readable');
  return row.skippedCount === 0 ? 'read' : paint('yellow', `${row.skippedCount} skipped`);
}

function printProblems(row: SourceRow): void {
  const where = row.path === '' ? '.' : row.path;
  if (row.problem !== null) print(`\n${where}: ${oneLine(row.problem)}`);
  if (row.skipped.length === 0) return;
  print(`\n${where}, skipped:`);
  for (const { key, reason } of row.skipped) print(`  ${oneLine(key, 60)}: ${oneLine(reason)}`);
  if (row.skipped.length < row.skippedCount) {
    print(`  … and ${row.skippedCount - row.skipped.length} more; --json lists them.`);
  }
}
