import { Store } from '../../../../src-main/store/index.ts';
import { Experiments, Tracking } from '../../../../src-main/tracking/index.ts';
import {
  parseFilter,
  parseOrderBy,
  type RunSearch,
  searchRuns,
} from '../../../../src-main/tracking/query/index.ts';
import { tempFolder } from '../../../support/temp.ts';

export interface MadeRun {
  readonly name: string;
  readonly experiment?: string;
  readonly note?: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly metrics?: Readonly<Record<string, readonly number[]>>;
}

/** A store with some runs, searched as a user types it; runs are told by their names. */
export function makeStore(runs: readonly MadeRun[]) {
  const folder = tempFolder();
  const store = Store.open(`${folder}/cairn.db`);
  const tracking = new Tracking(store, new Experiments(store), folder);
  const ids = runs.map((run) => {
    const { id } = tracking.createRun({
      spec: { kind: 'command', argv: ['python', 'train.py'], cwd: '.', metricsFiles: [] },
      command: 'python train.py',
      cwd: '.',
      kind: 'command',
      experiment: run.experiment ?? 'first',
      name: run.name,
      note: run.note ?? '',
    });
    tracking.setParams(
      id,
      Object.entries(run.params ?? {}).map(([key, value]) => {
        const [file, name] = key.includes('::') ? (key.split('::') as [string, string]) : ['', key];
        return { file, key: name, value };
      }),
    );
    for (const [key, value] of Object.entries(run.tags ?? {})) tracking.setTag(id, key, value);
    for (const [key, values] of Object.entries(run.metrics ?? {})) {
      tracking.appendMetrics(
        id,
        values.map((value, step) => ({ key, step, time: step, value })),
      );
    }
    return id;
  });
  const names = new Map(ids.map((id, index) => [id, runs[index]?.name ?? '']));
  const search = (filter: string, orderBy = '', rest: RunSearch = {}) =>
    searchRuns(store, { filter: parseFilter(filter), orderBy: parseOrderBy(orderBy), ...rest });
  return {
    store,
    tracking,
    folder,
    ids,
    search,
    /** Names of the runs found, in order; without an order sorted by name. */
    find: (filter: string, orderBy = ''): string[] => {
      const found = search(filter, orderBy).runs.map((run) => names.get(run.id) ?? '?');
      return orderBy === '' ? found.sort() : found;
    },
  };
}
