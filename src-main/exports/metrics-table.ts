/** A row for each point of the metrics of some runs. */
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

/** @param keys which metrics, or null for all */
export async function exportMetrics(
  { store, tracking }: { readonly store: Store; readonly tracking: Tracking },
  ids: readonly string[],
  keys: readonly string[] | null,
  target: ExportTarget,
  work: Work = {},
): Promise<Exported> {
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
