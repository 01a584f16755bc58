/** `cairn import`. */
import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { KeptRuns } from '../../../contract/sources.ts';
import { print, printJson, size } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

interface ImportOptions extends GlobalOptions {
  readonly running: boolean;
  readonly dryRun: boolean;
}

export async function importRuns(options: ImportOptions, names: readonly string[]): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const { root } = cli.app.session().workspace;
    const outside = names.flatMap(
      (name) => outsideOf(root, resolve(options.directory, name)) ?? [],
    );
    if (outside.length > 0 && (outside.length < names.length || options.dryRun)) {
      throw new CairnError(
        'invalid',
        options.dryRun
          ? 'What lies outside of this folder has to be read first; --dry-run is for what is in it.'
          : 'Import what lies outside of this folder and what is in it one after the other.',
      );
    }
    const results: KeptRuns[] = [];
    for (const path of outside) {
      const { running: includeRunning } = options;
      results.push(await cli.call('sources.importFrom', { path, includeRunning }));
    }
    if (outside.length === 0) results.push(...(await keep(cli, options, names)));
    if (options.json) printJson(sum(results));
    else printKept(sum(results), options);
  });
}

/** What is in the folder: sources by their place, everything else by its run. */
async function keep(
  cli: CliSession,
  options: ImportOptions,
  names: readonly string[],
): Promise<KeptRuns[]> {
  await cli.call('sources.read', {});
  const { sources } = await cli.call('sources.list', { skippedLimit: 0 });
  const { root } = cli.app.session().workspace;
  const sourceIds: number[] = [];
  const runIds: string[] = [];
  for (const name of names) {
    const place = placeIn(root, resolve(options.directory, name));
    const named = sources.filter(
      ({ path, elsewhere }) =>
        !elsewhere && place !== null && (path === place || isBelow(path, place)),
    );
    if (named.length > 0) sourceIds.push(...named.map((source) => source.id));
    else if (place !== null && existsSync(resolve(options.directory, name))) {
      throw new CairnError(
        'not-found',
        `${name} holds no runs of another tool. “cairn sources” lists what does.`,
      );
    } else runIds.push(await resolveRun(cli, name));
  }
  const operation = options.dryRun ? 'sources.measure' : 'sources.adopt';
  const { running: includeRunning } = options;
  const results: KeptRuns[] = [];
  if (sourceIds.length > 0) results.push(await cli.call(operation, { sourceIds, includeRunning }));
  if (runIds.length > 0) results.push(await cli.call(operation, { runIds, includeRunning }));
  return results;
}

async function resolveRun(cli: CliSession, name: string): Promise<string> {
  try {
    return (await cli.ask('runs.resolve', { reference: name })).id;
  } catch (error) {
    if (!(error instanceof CairnError) || error.code !== 'not-found') throw error;
    throw new CairnError(
      'not-found',
      `“${name}” is neither a file or folder that you can read, nor a run. “cairn ls” lists the runs.`,
    );
  }
}

/** The absolute path of something that is there and not in the workspace; null otherwise. */
function outsideOf(root: string, absolute: string): string | null {
  return existsSync(absolute) && placeIn(root, absolute) === null ? absolute : null;
}

/** As it is called from the workspace; null outside of it. */
function placeIn(root: string, absolute: string): string | null {
  const real = existsSync(absolute) ? realpathSync(absolute) : absolute;
  const way = relative(realpathSync(root), real);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  return way.split(sep).join(posix.sep);
}

function isBelow(path: string, folder: string): boolean {
  return folder === '' || path.startsWith(`${folder}/`);
}

function sum(results: readonly KeptRuns[]): KeptRuns {
  const total = (key: 'runs' | 'files' | 'bytes' | 'running') =>
    results.reduce((all, result) => all + result[key], 0);
  return {
    runs: total('runs'),
    files: total('files'),
    bytes: total('bytes'),
    running: total('running'),
    problems: results.flatMap((result) => result.problems),
  };
}

function printKept(done: KeptRuns, { dryRun }: ImportOptions): void {
  const files = `${done.files} files, ${size(done.bytes)}`;
  if (dryRun) print(`Would take ${done.runs} runs into the store and copy ${files}.`);
  else if (done.runs === 0)
    print('There is nothing to take into the store that is not in it already.');
  else print(`Took ${done.runs} runs into the store and copied ${files}.`);
  if (done.running > 0) {
    print(
      `${done.running} runs go on, as their tool says, and were left. Import again when they have ended, or give --running.`,
    );
  }
  for (const problem of done.problems) print(`  ${problem}`);
  if (!dryRun && done.runs > 0 && done.running === 0 && done.problems.length === 0) {
    print('Cairn does not need the old files any more.');
  }
}
