/**
 * Opening a folder of MLflow runs: cold, again, and again with ten new runs, against MLflow's own file
 * store. Cairn reads every point on opening; MLflow is timed listing the runs, which reads the last
 * line of each metric, and reading the histories too, of some of the runs, scaled to all.
 *
 *   node bench/mlruns.ts [PYTHON]
 *
 * PYTHON has an MLflow whose file store still works (2.x, or 3.x before 3.13); without it only
 * Cairn is measured. MLflow's import is not counted.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createListing, importers, indexSources } from '../src-main/importers/index.ts';
import { Store } from '../src-main/store/index.ts';
import { walkFolder } from '../src-main/workspace/index.ts';

const runs = 2000;
const params = 12;
const metrics = 10;
const points = 50;
const tags = 6;

const reader = `
import sys, time, warnings
warnings.filterwarnings("ignore")
from mlflow.store.tracking.file_store import FileStore
from mlflow.entities import ViewType
store = FileStore(sys.argv[1])
start = time.perf_counter()
found, token = [], None
while True:
    page = store.search_runs(["0"], "", ViewType.ALL, max_results=50000, page_token=token)
    found += page
    token = page.token
    if not token:
        break
listed = time.perf_counter() - start
sample = found[:: max(1, len(found) // 50)]
start = time.perf_counter()
for run in sample:
    for key in run.data.metrics:
        store.get_metric_history(run.info.run_id, key)
histories = (time.perf_counter() - start) * len(found) / len(sample)
print(len(found), listed, histories)
`;

function id(index: number): string {
  return (0xabc0000000 + index).toString(16).padStart(32, '0');
}

/** As FileStore lays it out. */
function writeRun(experiment: string, index: number): void {
  const run = join(experiment, id(index));
  for (const name of ['params', 'metrics', 'tags', 'artifacts']) {
    mkdirSync(join(run, name), { recursive: true });
  }
  const start = 1_600_000_000_000 + index * 60_000;
  writeFileSync(
    join(run, 'meta.yaml'),
    `artifact_uri: file://${run}/artifacts\nend_time: ${start + 50_000}\nentry_point_name: ''\nexperiment_id: '0'\n` +
      `lifecycle_stage: active\nrun_id: '${id(index)}'\nrun_name: run ${index}\nrun_uuid: '${id(index)}'\n` +
      `source_name: ''\nsource_type: 4\nsource_version: ''\nstart_time: ${start}\nstatus: 3\ntags: []\nuser_id: ada\n`,
  );
  for (let key = 0; key < params; key++) {
    writeFileSync(join(run, 'params', `param_${key}`), String((index * 7 + key) / 1000));
  }
  for (let key = 0; key < tags; key++) {
    writeFileSync(join(run, 'tags', `tag_${key}`), `value ${index % 10}`);
  }
  for (let key = 0; key < metrics; key++) {
    const lines = Array.from({ length: points }, (_, step) => {
      const value = Math.exp(-step / 20) + ((index * 31 + key * 17 + step * 7) % 100) / 5000;
      return `${start + step * 1000} ${value} ${step}\n`;
    });
    writeFileSync(join(run, 'metrics', `metric_${key}`), lines.join(''));
  }
}

/** Milliseconds of MLflow's file store: for the list, and for the list and every point. */
function timePeer(python: string, root: string): { listing: number; whole: number } {
  const { stdout, stderr } = spawnSync(python, ['-c', reader, join(root, 'mlruns')], {
    encoding: 'utf8',
    env: { ...process.env, MLFLOW_ALLOW_FILE_STORE: 'true' },
  });
  const [found, listed = 0, histories = 0] = stdout.trim().split(' ').map(Number);
  if (found !== runs) throw new Error(`MLflow found ${found} runs: ${stderr}`);
  return { listing: listed * 1000, whole: (listed + histories) * 1000 };
}

async function open(root: string, store: Store): Promise<{ ms: number; runs: number }> {
  const start = performance.now();
  const { files } = await walkFolder(root);
  const listing = createListing(files);
  const result = await indexSources({ store, root, importers, listing }, {});
  return { ms: performance.now() - start, runs: result.runs.size };
}

function say(what: string, ms: number, more = ''): void {
  console.log(`${what.padEnd(34)} ${ms.toFixed(0).padStart(7)} ms  ${more}`);
}

const root = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
try {
  const experiment = join(root, 'mlruns', '0');
  mkdirSync(experiment, { recursive: true });
  writeFileSync(
    join(experiment, 'meta.yaml'),
    `artifact_location: file://${experiment}\ncreation_time: 1600000000000\nexperiment_id: '0'\n` +
      `last_update_time: 1600000000000\nlifecycle_stage: active\nname: Default\n`,
  );
  for (let index = 0; index < runs; index++) writeRun(experiment, index);
  console.log(
    `${runs} runs × ${params} params, ${metrics} metrics × ${points} points, ${tags} tags`,
  );

  const peer = process.argv[2] === undefined ? null : timePeer(process.argv[2], root);
  if (peer !== null) {
    say("MLflow's file store, listing", peer.listing);
    say('  and every point', peer.whole);
  }

  const path = join(root, '..', `${root.split('/').pop()}-store`, 'cairn.db');
  const store = Store.open(path);
  try {
    const cold = await open(root, store);
    const times = (ms: number) => `${(ms / cold.ms).toFixed(1)}×`;
    say(
      'Cairn, cold, every point',
      cold.ms,
      peer === null
        ? ''
        : `${times(peer.whole)} faster; than the list alone ${times(peer.listing)}`,
    );
    if (cold.runs !== runs) throw new Error(`Cairn found ${cold.runs} runs`);
    say('Cairn, again', (await open(root, store)).ms);
    for (let index = runs; index < runs + 10; index++) writeRun(experiment, index);
    const again = await open(root, store);
    say('Cairn, again with ten new runs', again.ms);
    if (again.runs !== 10) throw new Error(`Cairn found ${again.runs} new runs`);
  } finally {
    store.close();
    rmSync(join(path, '..'), { recursive: true, force: true });
  }
} finally {
  rmSync(root, { recursive: true, force: true });
}
