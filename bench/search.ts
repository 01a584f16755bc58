/**
 * Finding runs among 100 000 with 20 params and 20 metrics each: filter, order and first page with
 * everything that is in it, beside MLflow's own SQLite store on the same runs. Both are asked in one
 * process, after they were opened, in turns; their answers must be the same runs in the same order.
 * Aim: 50 times faster.
 *
 *   node bench/search.ts [PYTHON] [RUNS]
 *
 * PYTHON has MLflow 3 (`node scripts/venv.mjs` makes one in .venv/mlflow3).
 */
import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { wireRuns } from '../src-main/mlflow/run-json.ts';
import { insertExperiment } from '../src-main/store/experiments.ts';
import { Store } from '../src-main/store/index.ts';
import { readRunsBySeq } from '../src-main/store/logged-runs.ts';
import { appendPoints } from '../src-main/store/metric-writing.ts';
import * as runStore from '../src-main/store/runs.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../src-main/tracking/query/index.ts';

const python = process.argv[2] ?? join(import.meta.dirname, '../.venv/mlflow3/bin/python');
const runs = Number(process.argv[3] ?? 100_000);
const keys = 20;
const rounds = 5;

/** Filter, order, page. */
const searches: readonly [string, string[], number][] = [
  ['metrics.metric_3 < 0.1 AND params.param_5 = "v3"', ['metrics.metric_7 DESC'], 100],
  ['metrics.metric_3 < 0.5 AND metrics.metric_4 >= 0.5', ['metrics.metric_7 ASC'], 100],
  ['metrics.metric_3 < 0.5 AND metrics.metric_4 >= 0.5', ['metrics.metric_7 ASC'], 1000],
  ['attributes.status = "FINISHED" AND params.param_1 LIKE "v1%"', [], 100],
  ['tags.team = "red" AND metrics.metric_0 > 0.9', ['start_time DESC'], 1000],
  ['params.param_2 != "v7"', ['params.param_3 ASC', 'metrics.metric_1 DESC'], 100],
  ['', ['metrics.metric_9 DESC'], 100],
  ['', [], 1000],
];

const server = `
import json, sys, time, warnings, logging
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
from mlflow.entities import ViewType
store = SqlAlchemyStore("sqlite:///" + sys.argv[1], sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    text, order, size = json.loads(line)
    start = time.perf_counter()
    found = store.search_runs(["0"], text, ViewType.ACTIVE_ONLY, size, order)
    took = (time.perf_counter() - start) * 1000
    print(json.dumps({"ms": took, "ids": [run.info.run_id for run in found]}), flush=True)
`;

interface Run {
  readonly id: string;
  readonly status: string;
  readonly start: number;
  readonly team: string;
  readonly params: readonly string[];
  readonly metrics: readonly number[];
}

/** The same numbers every time. */
function* makeRuns(): Generator<Run> {
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let index = 0; index < runs; index++) {
    yield {
      id: ((BigInt(index + 1) * 0x9e3779b97f4a7c15f39cc0605cedc835n) & ((1n << 128n) - 1n))
        .toString(16)
        .padStart(32, '0'),
      status: random() < 0.9 ? 'FINISHED' : 'FAILED',
      start: 1_700_000_000_000 + index * 1000,
      team: random() < 0.3 ? 'red' : 'blue',
      params: Array.from({ length: keys }, () => `v${Math.floor(random() * 20)}`),
      metrics: Array.from({ length: keys }, () => random()),
    };
  }
}

function fillCairn(store: Store): void {
  insertExperiment(store, {
    id: '0'.repeat(32),
    number: 1,
    name: 'Default',
    note: '',
    created_at: 0,
  });
  let number = 0;
  store.transaction(() => {
    for (const run of makeRuns()) {
      number += 1;
      runStore.insertRun(store, {
        id: run.id,
        experiment_id: '0'.repeat(32),
        number,
        name: `run ${number}`,
        status: run.status,
        kind: 'logged',
        parent_id: null,
        spec: '',
        command: '',
        cwd: '.',
        created_at: run.start,
        note: '',
      });
      runStore.updateRun(store, run.id, { started_at: run.start, ended_at: run.start + 60_000 });
      const seq = runStore.readSeq(store, run.id) as number;
      run.params.forEach((value, key) => {
        runStore.upsertParam(store, seq, { file: '', key: `param_${key}`, value });
      });
      runStore.upsertTag(store, seq, 'team', run.team);
      run.metrics.forEach((value, key) => {
        appendPoints(store, seq, `metric_${key}`, {
          steps: Float64Array.of(0),
          times: Float64Array.of(run.start),
          values: Float64Array.of(value),
        });
      });
    }
  });
}

/** Into the tables that MLflow itself has made; its histories of metrics are not asked for here. */
function fillMlflow(path: string): void {
  const db = new Database(path);
  const insertRun = db.prepare(
    `INSERT INTO runs (run_uuid, name, source_type, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id, user_id, source_name, entry_point_name, source_version)
     VALUES (?, ?, 'LOCAL', ?, ?, ?, 'active', ?, 0, 'ada', '', '', '')`,
  );
  const insertParam = db.prepare('INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)');
  const insertTag = db.prepare('INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)');
  const insertMetric = db.prepare(
    'INSERT INTO latest_metrics (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, 0, 0, ?)',
  );
  db.transaction(() => {
    let number = 0;
    for (const run of makeRuns()) {
      number += 1;
      insertRun.run(
        run.id,
        `run ${number}`,
        run.status,
        run.start,
        run.start + 60_000,
        `file:///artifacts/${run.id}`,
      );
      run.params.forEach((value, key) => {
        insertParam.run(`param_${key}`, value, run.id);
      });
      insertTag.run('team', run.team, run.id);
      insertTag.run('mlflow.runName', `run ${number}`, run.id);
      run.metrics.forEach((value, key) => {
        insertMetric.run(`metric_${key}`, value, run.start, run.id);
      });
    }
  })();
  // As after a while of use.
  db.exec('ANALYZE');
  db.close();
}

function searchCairn(store: Store, [text, order, size]: (typeof searches)[number]) {
  const start = performance.now();
  const { runs } = searchRuns(store, {
    filter: parseFilter(text, { dialect: 'mlflow' }),
    orderBy: parseOrderBy(order, { dialect: 'mlflow' }),
    experimentIds: ['0'.repeat(32)],
    limit: size,
  });
  const found = performance.now();
  const answer = wireRuns(
    store,
    readRunsBySeq(
      store,
      runs.map((run) => run.seq),
    ),
  );
  const end = performance.now();
  if (answer.length !== runs.length) throw new Error('a run has gone');
  return { ms: end - start, search: found - start, ids: runs.map((run) => run.id) };
}

async function main(): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
  let mlflow: ChildProcessWithoutNullStreams | undefined;
  try {
    const database = join(scratch, 'mlflow.db');
    const argv = ['-c', server, database, join(scratch, 'artifacts')];
    const made = spawnSync(python, argv, { input: '' });
    if (made.status !== 0) throw new Error(String(made.stderr));
    fillMlflow(database);
    const store = Store.open(join(scratch, 'cairn', 'cairn.db'));
    const start = performance.now();
    fillCairn(store);
    store.db.pragma('wal_checkpoint(TRUNCATE)');
    console.log(
      `${runs} runs × ${keys} params × ${keys} metrics, written in ${((performance.now() - start) / 1000).toFixed(1)} s; ` +
        `${megabytes(store.path)} MB, MLflow ${megabytes(database)} MB without histories`,
    );
    mlflow = spawn(python, argv);
    mlflow.stderr.resume();
    const answers = createInterface({ input: mlflow.stdout })[Symbol.asyncIterator]();
    await answers.next();
    console.log('  Cairn ms (finding them)   MLflow ms   times  search');
    for (const search of searches) {
      const ours: { ms: number; search: number; ids: string[] }[] = [];
      const theirs: { ms: number; ids: string[] }[] = [];
      for (let round = 0; round < rounds; round++) {
        ours.push(searchCairn(store, search));
        mlflow.stdin.write(`${JSON.stringify(search)}\n`);
        theirs.push(JSON.parse((await answers.next()).value as string));
      }
      if (ours[0]?.ids.join() !== theirs[0]?.ids.join())
        throw new Error(`answers differ: ${search}`);
      const [mine, other] = [median(ours.map(({ ms }) => ms)), median(theirs.map(({ ms }) => ms))];
      const finding = median(ours.map((one) => one.search));
      console.log(
        `  ${mine.toFixed(1).padStart(8)} (${finding.toFixed(1)})`.padEnd(26) +
          `${other.toFixed(0).padStart(9)} ${(other / mine).toFixed(0).padStart(7)}  ${search.flat().join(' | ')}`,
      );
    }
    store.close();
  } finally {
    mlflow?.kill();
    rmSync(scratch, { recursive: true, force: true });
  }
}

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] as number;
}

function megabytes(path: string): string {
  return (statSync(path).size / 1e6).toFixed(0);
}

await main();
