/** Who listens for a folder, and what `cairn run` and `cairn env` tell the user's programs of it. */
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunDetail } from '../../../src-main/contract/runs.ts';
import { Cairn, expectRefusal, gitProject, until } from '../../support/cairn.ts';

type Variables = Record<string, string>;

/** What MLflow's client does in `start_run()` and `log_metric()`, without the client. */
const script = `
const { MLFLOW_TRACKING_URI: uri, MLFLOW_TRACKING_TOKEN: token, MLFLOW_RUN_ID: run_id } = process.env;
const call = async (method, path, fields) => {
  const query = method === 'GET' ? '?' + new URLSearchParams(fields) : '';
  const response = await fetch(uri + '/api/2.0/mlflow/' + path + query, {
    method,
    headers: { Authorization: 'Bearer ' + token, 'Content-Type': 'application/json' },
    ...(method === 'GET' ? {} : { body: JSON.stringify(fields) }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
};
const { run } = await call('GET', 'runs/get', { run_id });
await call('POST', 'runs/update', { run_id, status: 'RUNNING' });
await call('POST', 'runs/log-metric', { run_id, key: 'm', value: 7, timestamp: 1, step: 1 });
await call('POST', 'runs/update', { run_id, status: process.argv[2] ?? 'FINISHED', end_time: 5 });
if (run.info.experiment_id !== process.env.MLFLOW_EXPERIMENT_ID) throw new Error('experiment');
`;

/** A folder that is trusted, because something was run in it. */
async function trusted(cairn: Cairn, files: Record<string, string> = {}): Promise<string> {
  const folder = gitProject({ 'script.mjs': script, ...files });
  await cairn.json(folder, 'run', '--', 'node', '-e', '0');
  return folder;
}

function serve(cairn: Cairn, folder: string): Promise<{ stop: () => void }> {
  const child = cairn.start(folder, 'serve', '--json', '.');
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.includes('"url"')) resolve({ stop: () => void child.kill('SIGTERM') });
    });
    child.once('exit', () => reject(new Error('cairn serve ended')));
  });
}

function ask(variables: Variables, path = 'experiments/get?experiment_id=0'): Promise<number> {
  return fetch(`${variables.MLFLOW_TRACKING_URI}/api/2.0/mlflow/${path}`, {
    headers: { Authorization: `Bearer ${variables.MLFLOW_TRACKING_TOKEN}` },
  }).then(
    (response) => response.status,
    () => 0,
  );
}

describe('cairn run', () => {
  it('opens an endpoint with the run already open, for as long as the run lasts', async () => {
    const cairn = new Cairn({ MLFLOW_TRACKING_URI: undefined });
    const folder = await trusted(cairn);
    const run = await cairn.json<RunDetail>(folder, 'run', '--', 'node', 'script.mjs');
    expect(run.status).toBe('FINISHED');
    expect(run.metrics).toMatchObject([{ key: 'm', last: 7, count: 1 }]);
    expect(run.snapshot).not.toBeNull();
  });

  it('fails a run that its script marked as failed, however orderly it ended', async () => {
    const cairn = new Cairn({ MLFLOW_TRACKING_URI: undefined });
    const folder = await trusted(cairn);
    const ended = await cairn.run(folder, 'run', '--json', '--', 'node', 'script.mjs', 'FAILED');
    const run = JSON.parse(ended.stdout) as RunDetail;
    expect(run).toMatchObject({ status: 'FAILED', exitCode: 0 });
    expect(run.error).toContain('marked its run as FAILED');
  });

  it('leaves a tracking server of the user’s own alone', async () => {
    const cairn = new Cairn({ MLFLOW_TRACKING_URI: 'http://tracking.example' });
    const folder = gitProject({});
    const print =
      'console.log(JSON.stringify([process.env.MLFLOW_TRACKING_URI, process.env.MLFLOW_RUN_ID ?? null]))';
    const run = await cairn.json<RunDetail>(folder, 'run', '--', 'node', '-e', print);
    const { stdout } = await cairn.run(folder, 'log', run.label);
    expect(JSON.parse(stdout)).toEqual(['http://tracking.example', null]);
  });

  it('gives the stages of a pipeline one run', async () => {
    const cairn = new Cairn({ MLFLOW_TRACKING_URI: undefined });
    const folder = gitProject({
      'script.mjs': script,
      'dvc.yaml': 'stages:\n  one:\n    cmd: node script.mjs\n  two:\n    cmd: node script.mjs\n',
    });
    const run = await cairn.json<RunDetail>(folder, 'repro');
    expect(run.status).toBe('FINISHED');
    // The same point of both stages is one point.
    expect(run.metrics).toMatchObject([{ key: 'm', count: 1 }]);
  });
});

describe('cairn env', () => {
  it('prints what leads to the endpoint of an open folder, and it stays the same', async () => {
    const cairn = new Cairn({ MLFLOW_TRACKING_URI: undefined });
    const folder = await trusted(cairn);
    const closed = await cairn.run(folder, 'env');
    expectRefusal(closed, /Nothing listens for this folder/);
    expect(closed.stdout).toBe('');

    const first = await serve(cairn, folder);
    const variables = await cairn.json<Variables>(folder, 'env');
    expect(await ask(variables)).toBe(200);
    expect(await ask({ ...variables, MLFLOW_TRACKING_TOKEN: 'wrong' })).toBe(401);
    const sh = await cairn.run(folder, 'env', '--shell', 'sh');
    expect(sh.stdout).toContain(`export MLFLOW_TRACKING_URI='${variables.MLFLOW_TRACKING_URI}'`);
    const fish = await cairn.run(folder, 'env', '--shell', 'fish');
    expect(fish.stdout).toContain('set -gx MLFLOW_TRACKING_TOKEN ');
    const power = await cairn.run(folder, 'env', '--shell', 'powershell');
    expect(power.stdout).toContain('$env:MLFLOW_TRACKING_URI = ');

    // Another process has the folder open too; when the first ends, it takes over.
    const second = await serve(cairn, folder);
    expect(await cairn.json<Variables>(folder, 'env')).toEqual(variables);
    first.stop();
    await until(async () => (await ask(variables)) === 0);
    await until(async () => (await ask(variables)) === 200, 20_000);
    second.stop();
    await until(async () => (await ask(variables)) === 0);

    await serve(cairn, folder);
    expect(await cairn.json<Variables>(folder, 'env')).toEqual(variables);
  });

  it('keeps the token where only the user can read it', async () => {
    const cairn = new Cairn();
    const folder = await trusted(cairn);
    await serve(cairn, folder);
    const place = join(cairn.folders.data, 'mlflow');
    const [name = ''] = readdirSync(place);
    if (process.platform !== 'win32') {
      expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
      expect(statSync(place).mode & 0o777).toBe(0o700);
    }
  });

  it('goes to the next port when another program has the folder’s, which never sees the token', async () => {
    const cairn = new Cairn();
    const folder = await trusted(cairn);
    const before = await serve(cairn, folder);
    const variables = await cairn.json<Variables>(folder, 'env');
    before.stop();
    await until(async () => (await ask(variables)) === 0);
    const port = Number(new URL(variables.MLFLOW_TRACKING_URI as string).port);
    const seen: string[] = [];
    const other = createServer((request, response) => {
      seen.push(JSON.stringify([request.url, request.headers]));
      response.end('OK');
    });
    await new Promise<void>((resolve) => other.listen(port, '127.0.0.1', resolve));
    onTestFinished(() => void other.close());
    await serve(cairn, folder);
    const next = await cairn.json<Variables>(folder, 'env');
    expect(next.MLFLOW_TRACKING_URI).not.toBe(variables.MLFLOW_TRACKING_URI);
    expect(next.MLFLOW_TRACKING_TOKEN).toBe(variables.MLFLOW_TRACKING_TOKEN);
    expect(await ask(next)).toBe(200);
    expect(seen.length).toBeGreaterThan(0);
    expect(seen.join()).not.toContain(variables.MLFLOW_TRACKING_TOKEN);
  });

  it('nothing listens for a folder that is not trusted', async () => {
    const cairn = new Cairn();
    const folder = gitProject({});
    writeFileSync(join(folder, 'a.txt'), 'a');
    await serve(cairn, folder);
    expectRefusal(await cairn.run(folder, 'env'), /Nothing listens for this folder/);
  });
});
