/** `cairn experiments`. */
import { CairnError } from '../../../base/errors.ts';
import type { ExperimentRow } from '../../../contract/experiments.ts';
import { localTime, oneLine, print, printJson, table } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

interface ExperimentOptions extends GlobalOptions {
  readonly create?: string;
  readonly rename?: string;
  readonly order?: string;
  readonly runsOrder?: string;
  readonly move?: string;
  readonly merge?: string;
  readonly into?: string;
  readonly undo: boolean;
  readonly redo: boolean;
}

export async function experiments(options: ExperimentOptions): Promise<void> {
  await withWorkspace(options, async (cli) => {
    await change(cli, options);
    const { experiments: rows } = await cli.call('experiments.list', {});
    if (options.json)
      printJson({ experiments: rows, ...(await cli.call('experiments.undoState', {})) });
    else if (rows.length === 0) print('No experiments yet. The first run makes one.');
    else {
      const cells = rows.map((row) => [
        row.label,
        oneLine(row.name, 48),
        String(row.runs),
        row.lastRunAt === null ? '' : localTime(row.lastRunAt),
      ]);
      print(table(['no', 'name', 'runs', 'last run'], cells, [2]));
    }
  });
}

async function change(cli: CliSession, options: ExperimentOptions): Promise<void> {
  if (options.undo) await cli.call('experiments.undo', {});
  if (options.redo) await cli.call('experiments.redo', {});
  if (options.create !== undefined) await cli.call('experiments.create', { name: options.create });
  const { experiments: rows } = await cli.call('experiments.list', {});
  if (options.rename !== undefined) {
    const [reference, ...name] = options.rename.split('=');
    await cli.call('experiments.update', {
      id: find(rows, reference ?? '').id,
      name: name.join('='),
    });
  }
  if (options.order !== undefined) {
    await cli.call('experiments.reorder', {
      ids: words(options.order).map((one) => find(rows, one).id),
    });
  }
  if (options.runsOrder !== undefined) await reorderRuns(cli, words(options.runsOrder));
  if (options.move !== undefined) {
    const runIds = await resolveAll(cli, words(options.move));
    await cli.call('experiments.moveRuns', { runIds, experimentId: into(rows, options).id });
  }
  if (options.merge !== undefined) {
    await cli.call('experiments.merge', {
      from: find(rows, options.merge).id,
      into: into(rows, options).id,
    });
  }
}

async function reorderRuns(cli: CliSession, references: string[]): Promise<void> {
  const ids = await resolveAll(cli, references);
  const runs = await Promise.all(ids.map((id) => cli.call('runs.get', { id })));
  const experimentIds = [...new Set(runs.map((run) => run.experimentId))];
  const [experimentId] = experimentIds;
  if (experimentId === undefined || experimentIds.length > 1) {
    throw new CairnError('invalid', '--runs-order takes runs of one experiment.');
  }
  await cli.call('experiments.reorderRuns', { experimentId, ids });
}

function resolveAll(cli: CliSession, references: string[]): Promise<string[]> {
  return Promise.all(
    references.map(async (reference) => (await cli.call('runs.resolve', { reference })).id),
  );
}

function into(rows: readonly ExperimentRow[], options: ExperimentOptions): ExperimentRow {
  if (options.into === undefined) {
    throw new CairnError('invalid', 'Say where to with --into EXPERIMENT.');
  }
  return find(rows, options.into);
}

function find(rows: readonly ExperimentRow[], reference: string): ExperimentRow {
  const found = /^\d+$/.test(reference)
    ? rows.find((row) => row.number === Number(reference))
    : rows.find((row) => row.name === reference || row.id === reference);
  if (found === undefined)
    throw new CairnError('not-found', `There is no experiment “${reference}”.`);
  return found;
}

function words(list: string): string[] {
  return list
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
