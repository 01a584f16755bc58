/** The endpoint is killed under load; what clients were told is stored has to be there. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { Store } from '../../src-main/store/index.ts';
import { readOneSeries, readPoints } from '../../src-main/store/metrics.ts';
import { endOf, type MlflowProject, type Series } from './mlflow-project.ts';

export interface FireReport {
  /** Points that were acknowledged. */
  readonly acknowledged: number;
  /** Of them, not in the store. */
  readonly lost: number;
  /** In the store more than once. */
  readonly doubled: number;
  /** `PRAGMA integrity_check` after each kill, where it said more than `ok`. */
  readonly damage: readonly string[];
  /** Clients that gave up, with what they said. */
  readonly failures: readonly string[];
}

/** Kills the endpoint `times` times, at random moments, while clients log. */
export async function killUnderLoad(
  project: MlflowProject,
  which: Series,
  { times, workers }: { readonly times: number; readonly workers: number },
): Promise<FireReport> {
  await project.start();
  await fetch(`${project.url}/api/2.0/mlflow/experiments/create`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${project.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ name: 'fire' }),
  });
  const logs = Array.from({ length: workers }, (_, at) => join(project.root, `told-${at}.txt`));
  const clients = logs.map((log, at) =>
    project.startScript(which, 'under_fire.py', log, String(at)),
  );
  const ends = clients.map(endOf);
  const damage: string[] = [];
  await until(() => logs.every((log) => lengthOf(log) > 5000), 60_000);
  for (let count = 0; count < times; count++) {
    await sleep(200 + Math.random() * 600);
    await project.kill();
    const said = integrity(join(project.storeDir, 'cairn.db'));
    if (said !== 'ok') damage.push(said);
    await project.start();
    // Until they have noticed: a client that waits does not log.
    const before = logs.map(lengthOf);
    await until(() => logs.every((log, at) => lengthOf(log) > (before[at] as number)), 60_000);
  }
  for (const client of clients) client.stdin?.write('stop\n');
  const failures = (await Promise.all(ends)).filter((end) => end.code !== 0);
  await project.kill();
  return {
    ...compare(join(project.storeDir, 'cairn.db'), logs),
    damage,
    failures: failures.map((end) => end.stderr.slice(-2000)),
  };
}

/** What was acknowledged, against what is in the store. */
function compare(
  database: string,
  logs: readonly string[],
): Pick<FireReport, 'acknowledged' | 'lost' | 'doubled'> {
  const told = new Map<string, Set<string>>();
  let acknowledged = 0;
  for (const line of logs.flatMap((log) => readFileSync(log, 'utf8').split('\n'))) {
    const [run, key, step, value] = line.split(' ');
    if (value === undefined || run === undefined) continue;
    acknowledged += 1;
    const series = `${run} ${key}`;
    const points = told.get(series) ?? new Set();
    points.add(`${Number(step)} ${Number(value)}`);
    told.set(series, points);
  }
  const store = Store.open(database);
  let lost = 0;
  let doubled = 0;
  try {
    for (const [name, points] of told) {
      const [run = '', key = ''] = name.split(' ');
      const series = readOneSeries(store, run, key);
      const found = new Map<string, number>();
      if (series !== undefined) {
        const { steps, values } = readPoints(store, series.id);
        for (const [index, step] of steps.entries()) {
          const point = `${step} ${values[index]}`;
          found.set(point, (found.get(point) ?? 0) + 1);
        }
      }
      for (const point of points) if (!found.has(point)) lost += 1;
      for (const count of found.values()) if (count > 1) doubled += 1;
    }
  } finally {
    store.close();
  }
  return { acknowledged, lost, doubled };
}

function integrity(database: string): string {
  const connection = new Database(database);
  try {
    return String(connection.pragma('integrity_check', { simple: true }));
  } finally {
    connection.close();
  }
}

/** Bytes that a client has written down. */
function lengthOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

async function until(look: () => boolean, ms: number): Promise<void> {
  for (const deadline = Date.now() + ms; !look(); await sleep(20)) {
    if (Date.now() > deadline) throw new Error(`nothing was logged for ${ms} ms`);
  }
}
