/** What one process does, another one sees; and a run outlives whoever started it. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { createApp } from '../../../src-main/app.ts';
import { createLogger } from '../../../src-main/base/logger.ts';
import type { Item } from '../../../src-main/contract/index.ts';
import { createClient, socketPort } from '../../../src-main/rpc/index.ts';
import { Cairn, gitProject, until } from '../../support/cairn.ts';

interface Shown {
  id: string;
  status: string;
}

test('a run in another terminal appears within a second', async () => {
  const cairn = new Cairn();
  const folder = gitProject({ 'a.txt': 'a\n' });
  expect((await cairn.run(folder, 'run', '--', 'echo', 'first')).code).toBe(0);
  const app = await createApp({
    logger: createLogger('error', () => undefined),
    runnerCommand: ['false'],
    folders: cairn.folders,
    exampleDir: null,
  });
  const end = new AbortController();
  onTestFinished(() => app.dispose());
  const call = { signal: end.signal, emit: async () => undefined };
  await app.handlers['workspace.open']({ path: folder }, call);
  const seen: { at: number; topics: readonly string[] }[] = [];
  const following = app.handlers['workspace.changes'](
    {},
    {
      signal: end.signal,
      emit: async (item: Item<'workspace.changes'>) => {
        seen.push({ at: Date.now(), topics: item.topics });
      },
    },
  ).catch(() => undefined);
  await new Promise((done) => setTimeout(done, 500));
  seen.length = 0;

  const { id } = await cairn.json<Shown>(folder, 'run', '--', 'echo', 'second');
  const { createdAt } = await app.handlers['runs.get']({ id }, call);
  const noticed = await until(() => seen.find((one) => one.topics.includes('runs')), 5000);
  expect(noticed.at - createdAt).toBeLessThan(1000);
  const list = await app.handlers['runs.list'](
    { experimentId: null, filter: '', orderBy: '', offset: 0, limit: 10 },
    call,
  );
  expect(list.rows.map((row) => row.label)).toEqual(['01.2', '01.1']);

  seen.length = 0;
  const noted = Date.now();
  await cairn.run(folder, 'note', '01.1', 'from elsewhere');
  const ended = Date.now();
  const change = await until(() => seen.find((one) => one.topics.includes('notes')), 5000);
  expect(change.at).toBeGreaterThanOrEqual(noted);
  expect(change.at - ended).toBeLessThan(1000);
  end.abort();
  await following;
});

test('kill -9 of the app: the run goes on, is found again, and can be stopped', async () => {
  const cairn = new Cairn();
  const folder = gitProject({
    'dvc.yaml': 'stages:\n  long:\n    cmd: while true; do echo tick; sleep 0.2; done\n',
  });
  await cairn.run(folder, 'run', '--', 'true');
  const server = cairn.start(folder, 'serve', folder, '--json');
  const printed = await until(() => server.stdout?.read() as Buffer | null, 30_000);
  const { url } = JSON.parse(String(printed)) as { url: string };
  const id = await startOverSocket(url);
  const log = join(folder, '.cairn/runs', id, 'stage-long.log');
  const size = () => statSync(log, { throwIfNoEntry: false })?.size ?? 0;
  await until(() => size() > 0, 30_000);

  server.kill('SIGKILL');
  await new Promise((done) => server.once('exit', done));
  const atDeath = size();
  await until(() => size() > atDeath + 10);
  const again = await cairn.json<Shown>(folder, 'show', '01.2');
  expect(again).toMatchObject({ id, status: 'RUNNING' });
  expect((await cairn.run(folder, 'ls')).stdout).toMatch(/^01\.2 .*running/m);
  const opened = await cairn.json<{ workspace: { counts: { running: number } } }>(folder, 'open');
  expect(opened.workspace.counts.running).toBe(1);

  expect(await cairn.json<Shown>(folder, 'stop', '01.2')).toMatchObject({ status: 'KILLED' });
  const atStop = size();
  await new Promise((done) => setTimeout(done, 600));
  expect(size()).toBe(atStop);
  expect(readFileSync(log, 'utf8')).toMatch(/^(tick\n)+$/);
});

/** Starts the pipeline as the page does: cookie for token, then one call over the WebSocket. */
async function startOverSocket(address: string): Promise<string> {
  const { origin, host } = new URL(address);
  const answer = await fetch(address, { redirect: 'manual' });
  const cookie = (answer.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
  const socket = new WebSocket(`ws://${host}/rpc`, { origin, headers: { cookie } });
  const client = createClient(socketPort(socket));
  const { id } = await client.call('runs.start', {
    spec: { kind: 'pipeline', targets: ['long'] },
  });
  return id;
}
