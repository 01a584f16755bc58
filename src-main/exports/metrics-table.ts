/** A row for each point of the metrics of some runs. */
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import { readPoints, readSeries } from '../store/metrics.ts';
import type { Store } from '../store/store.ts';
import type { Tracking } from '../tracking/index.ts';
import type { Cell, Column } from './table.ts';
import { type Exported, type ExportTarget, writeTable } from './write-file.ts';

const columns: readonly Column[] = [
  { name: 'run', type: 'text' },
  { name: 'id', type: 'text' },
  { name: 'key', type: 'text' },
  { name: 'step', type: 'number' },
  { name: 'time', type: 'time' },
  { name: 'value', type: 'number' },
];

/**
 * @param keys which metrics, or null for all
 * @throws CairnError `not-found` when there is no run, or none has any of the metrics
 */
export async function exportMetrics(
  { store, tracking }: { readonly store: Store; readonly tracking: Tracking },
  ids: readonly string[],
  keys: readonly string[] | null,
  target: ExportTarget,
  work: Work = {},
): Promise<Exported> {
  requirePoints(store, ids, keys);
  function* batches(): Generator<Cell[][]> {
    let done = 0;
    for (const id of ids) {
      const label = tracking.rows([id])[0]?.label ?? '';
      for (const series of readSeries(store, [id])) {
        if (keys !== null && !keys.includes(series.key)) continue;
        work.signal?.throwIfAborted();
        const { steps, times, values } = readPoints(store, series.id);
        const same = (text: string) => new Array<Cell>(values.length).fill(text);
        yield [same(label), same(id), same(series.key), [...steps], [...times], [...values]];
      }
      done += 1;
      work.onProgress?.({ phase: 'export', done, total: ids.length, unit: 'items' });
    }
  }
  return writeTable(target, columns, batches());
}

/** A file without a row is of no use to anybody: more likely a name was mistyped. */
function requirePoints(store: Store, ids: readonly string[], keys: readonly string[] | null): void {
  if (ids.length === 0) {
    throw new CairnError('not-found', 'No run matches, so there is nothing to write.');
  }
  if (keys === null || ids.some((id) => readSeries(store, [id], keys).length > 0)) return;
  throw new CairnError('not-found', `None of these runs has a metric called ${keys.join(', ')}.`);
}
