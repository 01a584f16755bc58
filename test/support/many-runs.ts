/** Stores with more runs than anybody logs for a test: written straight into the tables. */
import { insertExperiment } from '../../src-main/store/experiments.ts';
import type { Store } from '../../src-main/store/index.ts';
import { nameId } from '../../src-main/store/names.ts';

export interface ManyRuns {
  readonly runs: number;
  /** Keys that there are of each kind, and how many of them one run has. */
  readonly params: number;
  readonly metrics: number;
  readonly perRun: number;
}

const experiments = 4;
const batch = 1000;

export const manyRunId = (n: number): string => n.toString(16).padStart(32, '0');

/** Adds runs to a store: the same numbers every time; five after each other differ in their seed only. */
export function fillWithRuns(store: Store, wanted: ManyRuns): void {
  let state = 1;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const before = store
    .prepare<[], { runs: number; experiments: number }>(
      `SELECT coalesce(max(seq), 0) AS runs,
         (SELECT coalesce(max(number), 0) FROM experiments) AS experiments FROM runs`,
    )
    .get() ?? { runs: 0, experiments: 0 };
  store.transaction(() => {
    for (let index = 0; index < experiments; index++) {
      insertExperiment(store, {
        id: manyRunId(1e12 + index),
        number: before.experiments + index + 1,
        name: ['baseline', 'wider', 'schedules', 'augmentation'][index] as string,
        note: '',
        created_at: 0,
      });
    }
  });
  const run = store.prepare(
    `INSERT INTO runs (seq, id, experiment_id, number, name, status, kind, spec, command, created_at,
       started_at, ended_at) VALUES (?, ?, ?, ?, ?, ?, 'logged', '', ?, ?, ?, ?)`,
  );
  const param = store.prepare("INSERT INTO params (run, name, file, value) VALUES (?, ?, '', ?)");
  const metric = store.prepare(
    `INSERT INTO metric_series (run, name, count, last, last_step, min, max)
     VALUES (?, ?, 100, ?, 99, ?, ?)`,
  );
  const began = 1_700_000_000_000;
  for (let from = 0; from < wanted.runs; from += batch) {
    store.transaction(() => {
      const keys = (kind: string, count: number): number[] =>
        Array.from({ length: count }, (_, key) => nameId(store, `${kind}_${key}`));
      const [params, metrics] = [keys('param', wanted.params), keys('metric', wanted.metrics)];
      const seed = nameId(store, 'seed');
      for (let index = from; index < Math.min(from + batch, wanted.runs); index++) {
        const seq = before.runs + index + 1;
        const group = Math.floor(index / 5);
        const at = began + index * 60_000;
        const experiment = manyRunId(1e12 + (group % experiments));
        const number = Math.floor(group / experiments) * 5 + (index % 5) + 1;
        const status = index % 17 === 3 ? 'FAILED' : 'FINISHED';
        const name = `run-${index + 1}`;
        run.run(
          ...[seq, manyRunId(seq), experiment, number, name, status],
          ...[`python train.py --config ${group}.yaml`, at, at, at + 50_000],
        );
        const some = (all: readonly number[]): readonly number[] =>
          all.length <= wanted.perRun
            ? all
            : Array.from(
                { length: wanted.perRun },
                (_, place) => all[(place * 37 + group) % all.length] as number,
              );
        for (const [place, key] of [...new Set(some(params))].entries()) {
          param.run(seq, key, place % 3 === 0 ? `v${group % 20}` : String((group * place) % 1000));
        }
        param.run(seq, seed, String(index % 5));
        for (const key of new Set(some(metrics))) {
          const value = random();
          metric.run(seq, key, value, value * 0.9, value * 1.1);
        }
      }
    });
  }
  store.db.exec('ANALYZE');
}
