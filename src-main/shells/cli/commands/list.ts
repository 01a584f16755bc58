/** `cairn ls`. */
import { CairnError } from '../../../base/errors.ts';
import { duration, number, oneLine, print, printJson, table } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

/** Metric columns that still fit a terminal. */
const metricColumns = 3;

export async function list(
  options: GlobalOptions & { readonly experiment?: string; readonly text: string },
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const { experiments } = await cli.ask('experiments.list', {});
    const wanted = options.experiment;
    const experiment =
      wanted === undefined
        ? undefined
        : experiments.find(
            (row) =>
              row.label === wanted.padStart(2, '0') || row.name === wanted || row.id === wanted,
          );
    if (wanted !== undefined && experiment === undefined) {
      throw new CairnError('not-found', `There is no experiment “${wanted}”.`);
    }
    const found = await cli.call('runs.list', {
      experimentId: experiment?.id ?? null,
      text: options.text,
    });
    if (options.json) {
      printJson(found);
      return;
    }
    if (found.rows.length === 0) {
      print('No runs yet. “cairn run -- COMMAND” or “cairn repro” makes the first.');
      return;
    }
    const keys = [...new Set(found.rows.flatMap((row) => row.metrics.map((metric) => metric.key)))];
    const shown = keys.slice(0, metricColumns);
    const rows = found.rows.map((row) => [
      row.label,
      oneLine(row.name, 32),
      row.status.toLowerCase(),
      row.startedAt === null ? '' : duration((row.endedAt ?? Date.now()) - row.startedAt),
      ...shown.map((key) => number(row.metrics.find((metric) => metric.key === key)?.last ?? null)),
      oneLine(row.command, 48),
    ]);
    const head = [
      'run',
      'name',
      'status',
      'took',
      ...shown.map((key) => oneLine(key, 20)),
      'command',
    ];
    print(table(head, rows, [3, ...shown.map((_, index) => index + 4)]));
  });
}
