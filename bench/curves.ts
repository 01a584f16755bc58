/**
 * Fifty curves of 100 000 points ready to draw, and the bytes that a point takes on the disk, beside
 * MLflow's SQLite store with the same points. MLflow answers as it does for the charts of its page
 * (`get_metric_history_bulk_interval`, 320 points a run); Cairn with up to 2000 points a curve, lowest
 * and highest kept. Aims: under 100 ms after the first read, 20 times MLflow; a fifth of its bytes.
 *
 *   node bench/curves.ts [PYTHON] [RUNS] [POINTS]
 *
 * PYTHON has MLflow 3 (`node scripts/venv.mjs` makes one in .venv/mlflow3).
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import { insertExperiment } from '../src-main/store/experiments.ts';
import { Store } from '../src-main/store/index.ts';
import { appendPoints, sealRun } from '../src-main/store/metric-writing.ts';
import type { Points } from '../src-main/store/points.ts';
import * as runStore from '../src-main/store/runs.ts';
import { readCurves } from '../src-main/tracking/curves.ts';

const python = process.argv[2] ?? join(import.meta.dirname, '../.venv/mlflow3/bin/python');
const runs = Number(process.argv[3] ?? 50);
const points = Number(process.argv[4] ?? 100_000);
const rounds = 5;
const batch = 1000;

const server = `
import json, sys, time, warnings, logging
warnings.filterwarnings("ignore")
logging.disable(logging.CRITICAL)
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore
store = SqlAlchemyStore("sqlite:///" + sys.argv[1], sys.argv[2])
print("ready", flush=True)
for line in sys.stdin:
    ids = json.loads(line)
    start = time.perf_counter()
    found = store.get_metric_history_bulk_interval(
        run_ids=ids, metric_key="loss", max_results=320, start_step=None, end_step=None)
    print(json.dumps({"ms": (time.perf_counter() - start) * 1000, "points": len(found)}), flush=True)
`;

const ids = Array.from({ length: runs }, (_, index) => (index + 1).toString(16).padStart(32, '0'));

/** A noisy loss of full precision with a step every tenth of a second or so. */
function curve(run: number): Points {
  let state = run + 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  const steps = new Float64Array(points);
  const times = new Float64Array(points);
  const values = new Float64Array(points);
  let time = 1_700_000_000_000 + run * 1e8;
  for (let step = 0; step < points; step += 1) {
    time += 90 + Math.floor(random() * 20);
    steps[step] = step;
    times[step] = time;
    values[step] = Math.exp(-step / 20_000) + 0.1 * random();
  }
  return { steps, times, values };
}

function fillCairn(store: Store): void {
  const experiment = '0'.repeat(32);
  insertExperiment(store, { id: experiment, number: 1, name: 'Default', note: '', created_at: 0 });
  ids.forEach((id, run) => {
    runStore.insertRun(store, {
      ...{ id, experiment_id: experiment, number: run + 1, name: `run ${run + 1}` },
      ...{ status: 'FINISHED', kind: 'logged', parent_id: null, spec: '', command: '', cwd: '.' },
      ...{ created_at: 0, note: '' },
    });
    const seq = runStore.readSeq(store, id) as number;
    const { steps, times, values } = curve(run);
    store.transaction(() => {
      for (let from = 0; from < points; from += batch) {
        const part = (column: Float64Array<ArrayBuffer>) => column.subarray(from, from + batch);
        const now = { steps: part(steps), times: part(times), values: part(values) };
        appendPoints(store, seq, 'loss', now);
      }
      sealRun(store, seq);
    });
  });
  store.db.pragma('wal_checkpoint(TRUNCATE)');
}

/** Into the tables that MLflow itself has made, in the order in which its client would write. */
function fillMlflow(path: string): void {
  const db = new Database(path);
  const insertRun = db.prepare(
    `INSERT INTO runs (run_uuid, name, source_type, status, start_time, end_time, lifecycle_stage, artifact_uri, experiment_id, user_id, source_name, entry_point_name, source_version)
     VALUES (?, ?, 'LOCAL', 'FINISHED', 0, 1, 'active', '', 0, 'ada', '', '', '')`,
  );
  const insertMetric = db.prepare(
    'INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan) VALUES (?, ?, ?, ?, ?, 0)',
  );
  ids.forEach((id, run) => {
    const { steps, times, values } = curve(run);
    db.transaction(() => {
      insertRun.run(id, `run ${run + 1}`);
      steps.forEach((step, at) => {
        insertMetric.run('loss', values[at], times[at], id, step);
      });
    })();
  });
  db.exec('ANALYZE');
  db.close();
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[times.length >> 1] as number;
}

const scratch = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const database = join(scratch, 'mlflow.db');
const argv = ['-c', server, database, join(scratch, 'artifacts')];
try {
  const made = spawnSync(python, argv, { input: '' });
  if (made.status !== 0) throw new Error(String(made.stderr));
  const empty = statSync(database).size;
  fillMlflow(database);
  const path = join(scratch, 'cairn', 'cairn.db');
  const filling = Store.open(path);
  fillCairn(filling);
  filling.close();
  const total = runs * points;
  const bytes = [statSync(path).size, statSync(database).size - empty].map((size) => size / total);
  const [ours = 0, theirs = 0] = bytes;
  console.log(`${runs} curves × ${points} points`);
  console.log(
    `bytes per point: Cairn ${ours.toFixed(1)}, MLflow ${theirs.toFixed(1)}: 1/${(theirs / ours).toFixed(1)}`,
  );

  const mlflow = spawn(python, argv, { stdio: ['pipe', 'pipe', 'ignore'] });
  const answers = createInterface({ input: mlflow.stdout })[Symbol.asyncIterator]();
  await answers.next();
  const store = Store.open(path);
  const cairnTimes: number[] = [];
  const mlflowTimes: number[] = [];
  let drawn = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const start = performance.now();
    const { series } = readCurves(store, ids, ['loss'], 2000);
    cairnTimes.push(performance.now() - start);
    drawn = series.reduce((sum, one) => sum + one.values.length, 0);
    mlflow.stdin.write(`${JSON.stringify(ids)}\n`);
    const answer = JSON.parse((await answers.next()).value as string);
    mlflowTimes.push(answer.ms);
    if (round === 0) console.log(`points drawn: Cairn ${drawn}, MLflow ${answer.points}`);
  }
  store.close();
  mlflow.kill();
  const first = [cairnTimes.shift(), mlflowTimes.shift()] as [number, number];
  const after = [median(cairnTimes), median(mlflowTimes)] as const;
  const line = (what: string, [mine, other]: readonly [number, number]) =>
    console.log(
      `${what}: Cairn ${mine.toFixed(0)} ms, MLflow ${other.toFixed(0)} ms: ${(other / mine).toFixed(0)}×`,
    );
  line('first read', first);
  line('after it', after);
} finally {
  rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
}
