/** `cairn ls --to`, `cairn metrics` and `cairn share`: results for other programs and people. */
import { resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import { print, printJson, size } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

interface TableTarget {
  readonly to: string;
  readonly overwrite: boolean;
}

/** Writes the runs of a search to a file. */
export async function writeRuns(
  cli: CliSession,
  search: {
    readonly experimentId: string | null;
    readonly filter: string;
    readonly orderBy: string;
  },
  options: GlobalOptions & TableTarget,
): Promise<void> {
  cli.cancelOnInterrupt();
  const made = await cli.call('exports.runs', { ...search, ...targetOf(options) });
  report(made, 'runs', options.json);
}

/** Writes every point of some runs' metrics to a file. */
export async function metrics(
  options: GlobalOptions &
    TableTarget & { readonly filter: string; readonly key: readonly string[] },
  runs: readonly string[],
): Promise<void> {
  if (runs.length > 0 && options.filter !== '') {
    throw new CairnError('invalid', 'Name runs, or give a --filter; not both.');
  }
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const ids = await Promise.all(
      runs.map(async (reference) => (await cli.ask('runs.resolve', { reference })).id),
    );
    const made = await cli.call('exports.metrics', {
      ...targetOf(options),
      filter: options.filter,
      ids: runs.length > 0 ? ids : null,
      keys: options.key.length > 0 ? [...options.key] : null,
    });
    report(made, 'points', options.json);
  });
}

/** Writes one page of some runs. */
export async function share(
  options: GlobalOptions & { readonly output: string; readonly overwrite: boolean },
  runs: readonly string[],
): Promise<void> {
  if (!/\.html?$/i.test(options.output)) {
    throw new CairnError('invalid', `Call the file “….html”: “${options.output}” is not.`);
  }
  await withWorkspace(options, async (cli) => {
    const ids = await Promise.all(
      runs.map(async (reference) => (await cli.ask('runs.resolve', { reference })).id),
    );
    const { overwrite } = options;
    const made = await cli.call('exports.page', { ids, path: resolve(options.output), overwrite });
    if (options.json) printJson(made);
    else print(`${made.path}: ${size(made.bytes)}`);
  });
}

/** A path is relative to where the user is, not to the workspace. */
function targetOf({ to, overwrite }: TableTarget) {
  const format = /\.csv$/i.test(to) ? 'csv' : /\.parquet$/i.test(to) ? 'parquet' : null;
  if (format === null) {
    throw new CairnError('invalid', `Call the file “….csv” or “….parquet”: “${to}” is neither.`);
  }
  return { path: resolve(to), format, overwrite } as const;
}

function report(
  made: { readonly path: string; readonly rows: number; readonly bytes: number },
  what: string,
  json: boolean,
): void {
  if (json) printJson(made);
  else print(`${made.path}: ${made.rows} ${what}, ${size(made.bytes)}`);
}
