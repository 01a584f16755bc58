/** `cairn sync` with MLflow's own server, read back with its own client. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createListing, indexSources, mlflowServer } from '../../src-main/importers/index.ts';
import { MlflowClient } from '../../src-main/remotes/index.ts';
import { readOneSeries, readPoints } from '../../src-main/store/metrics.ts';
import { Store } from '../../src-main/store/store.ts';
import { type PushContext, pushRuns } from '../../src-main/sync/index.ts';
import { Experiments, Tracking } from '../../src-main/tracking/index.ts';
import { MlflowServer } from './mlflow-server.ts';

type Double = number | 'nan';

interface RemoteRun {
  readonly id: string;
  readonly status: string;
  readonly start: number;
  readonly end: number | null;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly history: Readonly<Record<string, [number, number, Double][]>>;
  readonly files: Readonly<Record<string, string>>;
}

/** Points of one run, more than two and a half requests take, with values that JSON has not. */
const points = Array.from({ length: 2500 }, (_, step) => ({
  key: 'val/loss',
  step,
  time: 1_700_000_000_000 + step,
  value:
    step % 500 === 3
      ? Number.NaN
      : step % 500 === 4
        ? Number.POSITIVE_INFINITY
        : step % 500 === 5
          ? Number.NEGATIVE_INFINITY
          : step / 7,
}));

function double(value: number): Double {
  if (Number.isNaN(value)) return 'nan';
  // MLflow's database has no infinities: it keeps the largest double for them.
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** A folder of Cairn's with nothing in it. */
function openHere() {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'cairn-sync-')));
  const store = Store.open(join(folder, 'cairn.db'));
  onTestFinished(() => {
    store.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const tracking = new Tracking(store, new Experiments(store), folder);
  const context: PushContext = {
    store,
    tracking,
    artifactsOf: ({ id }) => join(folder, 'artifacts', id),
  };
  return { folder, store, tracking, context };
}

/** A parent with two children; the first child has points, files and a note. */
function logRuns({ folder, tracking }: ReturnType<typeof openHere>, experiment: string) {
  const make = (name: string, parentId: string | null) =>
    tracking.createRun({
      spec: { kind: 'command', argv: ['python', 'train.py'], cwd: '.', metricsFiles: [] },
      command: 'python train.py',
      cwd: '.',
      kind: 'command',
      experiment,
      name,
      note: name === 'parent' ? '' : 'a *note*',
      ...(parentId === null ? {} : { parentId }),
    }).id;
  const parent = make('parent', null);
  const [child, other] = [make('孩子', parent), make('other', parent)];
  tracking.setParams(child, [
    { file: '', key: 'lr', value: '1e-05' },
    { file: '', key: 'model/größe', value: 'x'.repeat(5000) },
  ]);
  tracking.setTag(child, 'team', 'vision');
  tracking.appendMetrics(child, points);
  tracking.finishRun(child, { status: 'FAILED', exitCode: 1, error: null });
  tracking.finishRun(other, { status: 'FINISHED', exitCode: 0, error: null });
  const artifacts = join(folder, 'artifacts', child);
  mkdirSync(join(artifacts, 'deep er'), { recursive: true });
  writeFileSync(join(artifacts, 'deep er', 'plot 图.txt'), 'drawn');
  writeFileSync(join(artifacts, 'report.txt'), 'r'.repeat(200_000));
  return { parent, child, other, ids: [child, other, parent] };
}

async function read(server: MlflowServer, experiment: string): Promise<Record<string, RemoteRun>> {
  const end = await server.script('shared.py', 'read', experiment);
  expect(end.code, end.stderr).toBe(0);
  return JSON.parse(end.stdout.trim().split('\n').at(-1) as string) as Record<string, RemoteRun>;
}

/** The server of the newest MLflow; the environment of the 2 series holds only its client. */
const which = 'mlflow3';

describe('the server of MLflow', () => {
  let server: MlflowServer;
  const cleanUps: (() => unknown)[] = [];
  beforeAll(async () => {
    server = new MlflowServer(which, (cleanUp) => cleanUps.push(cleanUp));
    await server.start();
  });
  afterAll(async () => {
    for (const cleanUp of cleanUps) await cleanUp();
  });

  it('takes runs as they are, once', async () => {
    const here = openHere();
    const { ids, parent, child } = logRuns(here, 'sent');
    const client = new MlflowClient({ uri: server.url });
    expect(await pushRuns(here.context, client, ids)).toEqual({
      sent: 3,
      unchanged: 0,
      points: 2500,
      files: 2,
      problems: [],
    });
    const runs = await read(server, 'sent');
    expect(Object.keys(runs).sort()).toEqual(['other', 'parent', '孩子']);
    const sent = runs.孩子;
    expect(sent).toMatchObject({
      status: 'FAILED',
      end: here.tracking.get(child).endedAt,
      params: { lr: '1e-05', 'model/größe': 'x'.repeat(5000) },
      files: { 'deep er/plot 图.txt': 'drawn', 'report.txt': 'r'.repeat(200_000) },
    });
    expect(sent?.tags).toMatchObject({
      team: 'vision',
      'cairn.run_id': child,
      'mlflow.note.content': 'a *note*',
      'mlflow.parentRunId': runs.parent?.id,
    });
    expect(runs.other).toMatchObject({ status: 'FINISHED' });
    expect(runs.parent).toMatchObject({
      status: here.tracking.get(parent).status,
      end: null,
    });
    expect(sent?.history['val/loss']).toEqual(
      points.map(({ step, time, value }) => [step, time, double(value)]),
    );

    expect(await pushRuns(here.context, client, ids)).toEqual({
      sent: 0,
      unchanged: 3,
      points: 0,
      files: 0,
      problems: [],
    });
    here.tracking.appendMetrics(child, [
      { key: 'val/loss', step: 2500, time: 1_700_000_009_999, value: Number.NaN },
    ]);
    here.tracking.setTag(child, 'team', 'speech');
    expect(await pushRuns(here.context, client, ids)).toMatchObject({ sent: 1, points: 1 });
    const again = await read(server, 'sent');
    expect(again.孩子?.history['val/loss']).toHaveLength(2501);
    expect(again.孩子?.tags.team).toBe('speech');
  });

  it('has what another copy of the folder has sent, and gets nothing twice', async () => {
    const here = openHere();
    const { ids } = logRuns(here, 'copied');
    const client = new MlflowClient({ uri: server.url });
    await pushRuns(here.context, client, ids);
    const before = await read(server, 'copied');
    here.store.prepare("DELETE FROM settings WHERE key LIKE 'sync:%'").run();
    await pushRuns(here.context, client, ids);
    expect(await read(server, 'copied')).toEqual(before);
  });

  it('gives what was logged to it, and what is added to that', async () => {
    const logged = await server.script('shared.py', 'log', 'theirs');
    expect(logged.code, logged.stderr).toBe(0);
    const runId = logged.stdout.trim().split('\n').at(-1) as string;
    const here = openHere();
    const client = new MlflowClient({ uri: server.url });
    const pull = () =>
      indexSources(
        {
          store: here.store,
          root: here.folder,
          importers: [mlflowServer(client)],
          listing: createListing([]),
        },
        {},
      );
    await pull();
    const run = here.tracking.get(runId);
    expect(run).toMatchObject({
      name: 'theirs',
      status: 'FINISHED',
      experimentName: 'theirs',
      note: 'From the server.',
      params: { depth: '4', größe: '10 %' },
      kind: 'imported',
    });
    const pointsOf = (key: string) => {
      const found = readOneSeries(here.store, runId, key);
      return found === undefined ? null : readPoints(here.store, found.id);
    };
    expect([...(pointsOf('val/loss')?.values ?? [])]).toEqual(
      Array.from({ length: 30 }, (_, step) => 1 / (step + 1)),
    );
    expect([...(pointsOf('odd')?.values ?? [])]).toEqual([Number.NaN, -Number.MAX_VALUE]);
    const inner = here.tracking.list().find((row) => row.name === 'inner');
    expect(here.tracking.get(inner?.id as string).parentId).toBe(runId);

    expect((await pull()).runs.size).toBe(0);
    const more = await server.script('shared.py', 'more', runId);
    expect(more.code, more.stderr).toBe(0);
    expect([...(await pull()).runs]).toEqual([runId]);
    expect(pointsOf('val/loss')?.values).toHaveLength(31);
    expect(here.tracking.get(runId).tags.team).toBe('green');
  });

  it('has everything once, though answers to it were lost on the way', async () => {
    const here = openHere();
    const { ids } = logRuns(here, 'lost');
    // Every third answer: whatever is asked is asked again at some time.
    const proxy = await openProxy(server, (asked) => (asked % 3 === 0 ? 'lose' : 'pass'));
    const client = new MlflowClient({ uri: proxy.url });
    await pushRuns(here.context, client, ids);
    expect(proxy.lost()).toBeGreaterThan(5);
    await expectAll(server, 'lost');
  });

  it('has everything once, though it was killed while it was sent', async () => {
    const here = openHere();
    const { ids } = logRuns(here, 'killed');
    for (const at of [4, 9]) {
      const closing = new AbortController();
      const proxy = await openProxy(server, (asked) => {
        if (asked < at) return 'pass';
        if (asked === at) void server.kill().then(() => closing.abort());
        return 'lose';
      });
      const cut = new MlflowClient({ uri: proxy.url }, closing.signal);
      await expect(pushRuns(here.context, cut, ids)).rejects.toThrow();
      await server.start();
    }
    const proxy = await openProxy(server, () => 'pass');
    await pushRuns(here.context, new MlflowClient({ uri: proxy.url }), ids);
    await expectAll(server, 'killed');
  });
});

async function expectAll(server: MlflowServer, experiment: string): Promise<void> {
  const runs = await read(server, experiment);
  expect(Object.keys(runs).sort()).toEqual(['other', 'parent', '孩子']);
  expect(runs.孩子?.history['val/loss']).toEqual(
    points.map(({ step, time, value }) => [step, time, double(value)]),
  );
  expect(runs.孩子?.files).toEqual({
    'deep er/plot 图.txt': 'drawn',
    'report.txt': 'r'.repeat(200_000),
  });
}

/**
 * Passes requests on, and answers back unless `decide` says that the answer is lost: then the server
 * has done what it was asked, and nobody hears of it.
 * @param decide is told how many requests there were, this one included
 */
async function openProxy(
  server: MlflowServer,
  decide: (asked: number) => 'pass' | 'lose',
): Promise<{ readonly url: string; lost(): number }> {
  let [asked, lost] = [0, 0];
  const proxy = createServer((request, response) => {
    asked += 1;
    const isLost = decide(asked) === 'lose';
    if (isLost) lost += 1;
    const { method, headers, url = '' } = request;
    const onward = ask(server.url + url, { method, headers, agent: false }, (answer) => {
      if (isLost) answer.resume().once('close', () => request.socket.destroy());
      else {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      }
    });
    onward.once('error', () => request.socket.destroy());
    request.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    proxy.closeAllConnections();
    proxy.close();
  });
  return { url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`, lost: () => lost };
}
