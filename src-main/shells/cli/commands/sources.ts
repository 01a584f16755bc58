/** `cairn sources`. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { SourceRow } from '../../../contract/sources.ts';
import { localTime, oneLine, paint, print, printJson, table } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

/** Skipped items that are named without `--json`. */
const skippedShown = 20;

interface SourcesOptions extends GlobalOptions {
  readonly force: boolean;
  readonly name: string;
  readonly experiment: string;
}

export async function sources(
  options: SourcesOptions,
  action?: string,
  file?: string,
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    if (action !== undefined) await declare(cli, options, action, file);
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
      row.readAt === null ? '' : localTime(row.readAt),
      stateOf(row),
    ]);
    print(table(['where', 'what', 'runs', 'last new', 'state'], rows, [2]));
    for (const row of found.sources) printProblems(row);
    print(`\n${paint('dim', runs === 0 ? 'Nothing has changed.' : `Read ${runs} runs.`)}`);
  });
}

async function declare(
  cli: CliSession,
  { directory, name, experiment }: SourcesOptions,
  action: string,
  file: string | undefined,
): Promise<void> {
  if (file === undefined || (action !== 'add' && action !== 'remove')) {
    throw new CairnError(
      'invalid',
      'Say “cairn sources add FILE” or “cairn sources remove FILE”, or only “cairn sources”.',
    );
  }
  const path = pathInside(cli.app.session().workspace.root, resolve(directory, file));
  if (action === 'add') await cli.call('sources.declare', { path, name, experiment });
  else if (!(await cli.call('sources.undeclare', { path })).removed) {
    throw new CairnError('not-found', `${path} was not added as a source.`);
  }
}

/** As it is called from the workspace. The file itself may be gone by now. */
function pathInside(root: string, absolute: string): string {
  const folder = dirname(absolute);
  const real = existsSync(folder) ? join(realpathSync(folder), basename(absolute)) : absolute;
  return relative(root, real).split(sep).join(posix.sep);
}

function stateOf(row: SourceRow): string {
  const kept = row.keptRuns === 0 ? '' : `${row.keptRuns} of ${row.runs} kept`;
  if (row.runs > 0 && row.keptRuns >= row.runs) return 'kept; not needed any more';
  if (row.goneAt !== null) return `gone; its runs stay${kept === '' ? '' : `, ${kept}`}`;
  if (row.problem !== null) return paint('red', 'not readable');
  const state = row.skippedCount === 0 ? 'read' : paint('yellow', `${row.skippedCount} skipped`);
  return kept === '' ? state : `${state}, ${kept}`;
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
