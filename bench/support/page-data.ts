/** The runs that pages of several tools show: the same numbers in each one's own files. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { eventRecord } from './events.ts';

export const params = 100;
export const metrics = 10;
const began = 1_700_000_000_000;

export const runId = (n: number): string => n.toString(16).padStart(32, '0');

/** The value of one point of a curve. */
export const curve = (run: number, step: number, steps: number): number =>
  run / 50 + Math.exp((-3 * step) / steps) + 0.1 * Math.sin(step * 12.9898);

/**
 * A database that MLflow made, with two experiments: `table` (1) of many runs with params and last
 * metrics, `curves` (2) of a few with long histories of `loss`.
 */
export function fillMlflow(
  python: string,
  path: string,
  size: { readonly runs: number; readonly curves: number; readonly points: number },
): void {
  const program = `
import sys
from mlflow import MlflowClient
client = MlflowClient("sqlite:///" + sys.argv[1])
for name in ("table", "curves"):
    client.create_experiment(name, tags={"mlflow.experimentKind": "custom_model_development"})
`;
  const made = spawnSync(python, ['-c', program, path]);
  if (made.status !== 0) throw new Error(String(made.stderr));
  const db = new Database(path);
  const run = db.prepare(
    `INSERT INTO runs (run_uuid, name, source_type, status, start_time, end_time, lifecycle_stage,
       artifact_uri, experiment_id, user_id, source_name, entry_point_name, source_version)
     VALUES (?, ?, 'LOCAL', 'FINISHED', ?, ?, 'active', '', ?, 'ada', '', '', '')`,
  );
  const tag = db.prepare("INSERT INTO tags (key, value, run_uuid) VALUES ('mlflow.runName', ?, ?)");
  const param = db.prepare('INSERT INTO params (key, value, run_uuid) VALUES (?, ?, ?)');
  const columns = '(key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, ?, 0, ?)';
  const point = db.prepare(`INSERT INTO metrics ${columns}`);
  const last = db.prepare(`INSERT INTO latest_metrics ${columns}`);
  const insert = (n: number, experiment: number): number => {
    const at = began + n * 60_000;
    run.run(runId(n), `run-${n}`, at, at + 50_000, experiment);
    tag.run(`run-${n}`, runId(n));
    return at;
  };
  db.transaction(() => {
    for (let n = 1; n <= size.runs; n++) {
      const at = insert(n, 1);
      for (let key = 0; key < params; key++) {
        param.run(`param_${key}`, String((n * key) % 1000), runId(n));
      }
      for (let key = 0; key < metrics; key++) {
        const row = [`metric_${key}`, Math.sin(n * 12.9898 + key), at, 0, runId(n)];
        point.run(...row);
        last.run(...row);
      }
    }
    for (let n = 1; n <= size.curves; n++) {
      const at = insert(size.runs + n, 2);
      const id = runId(size.runs + n);
      for (let step = 0; step < size.points; step++) {
        const row = ['loss', curve(n, step, size.points), at + step, step, id];
        point.run(...row);
        if (step === size.points - 1) last.run(...row);
      }
    }
  })();
  // As after a while of use.
  db.exec('ANALYZE');
  db.close();
}

/** A folder of runs of TensorBoard with one scalar, `loss`. */
export function fillEvents(folder: string, curves: number, points: number): void {
  for (let n = 1; n <= curves; n++) {
    const run = join(folder, `run-${n}`);
    mkdirSync(run, { recursive: true });
    const file = openSync(join(run, 'events.out.tfevents.1700000000.bench.1.0'), 'w');
    for (let from = 0; from < points; from += 5000) {
      const block = Array.from({ length: Math.min(5000, points - from) }, (_, index) => {
        const step = from + index;
        return eventRecord(began / 1000 + step * 0.1, step, 'loss', curve(n, step, points));
      });
      writeSync(file, Buffer.concat(block));
    }
    closeSync(file);
  }
}
