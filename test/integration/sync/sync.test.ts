/** Sending to a tracking server and fetching from it: here Cairn's own endpoint, in interop MLflow's. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../../src-main/base/logger.ts';
import { createListing, indexSources, mlflowServer } from '../../../src-main/importers/index.ts';
import { listen } from '../../../src-main/mlflow/index.ts';
import { MlflowClient } from '../../../src-main/remotes/index.ts';
import { readPoints, readSeries } from '../../../src-main/store/metrics.ts';
import { pushRuns } from '../../../src-main/sync/index.ts';
import { commandRun, openServices } from '../../unit/tracking/support.ts';

const token = 'a-token-that-is-long-enough-to-be-one';
const logger = createLogger('error', () => {});

async function openServer() {
  const services = openServices();
  const { store, experiments, tracking, folder } = services;
  const context = {
    store,
    experiments,
    tracking,
    storeDir: folder,
    root: folder,
    changed: () => undefined,
    logger,
    ownRun: null,
  };
  const endpoint = await listen(context, { token, port: 0 });
  onTestFinished(() => endpoint.close());
  return { ...services, client: new MlflowClient({ uri: endpoint.url, token }) };
}

/** A parent and a child, with all that can be sent. */
function openHere() {
  const services = openServices();
  const { tracking, folder } = services;
  const parent = tracking.createRun(commandRun({ experiment: 'deep', name: 'parent' })).id;
  const child = tracking.createRun(
    commandRun({ experiment: 'deep', name: '孩子', parentId: parent, note: 'a *note*' }),
  ).id;
  tracking.setParams(child, [{ file: '', key: 'lr', value: '1e-05' }]);
  tracking.setTag(child, 'team', 'vision');
  const points = Array.from({ length: 2500 }, (_, step) => ({
    key: 'loss@val',
    step,
    time: 1000 + step,
    value: step === 3 ? Number.NaN : step === 4 ? Number.NEGATIVE_INFINITY : step / 7,
  }));
  tracking.appendMetrics(child, points);
  tracking.finishRun(child, { status: 'FAILED', exitCode: 1, error: null });
  mkdirSync(join(folder, 'artifacts', child, 'deep er'), { recursive: true });
  writeFileSync(join(folder, 'artifacts', child, 'deep er', 'plot 1.txt'), 'drawn');
  writeFileSync(join(folder, 'artifacts', child, 'plot #2.txt'), 'refused');
  const context = {
    store: services.store,
    tracking,
    artifactsOf: ({ id }: { readonly id: string }) => join(folder, 'artifacts', id),
  };
  return { ...services, context, parent, child };
}

describe('sending', () => {
  it('takes runs as they are, nested, with points and files', async () => {
    const [here, there] = [openHere(), await openServer()];
    const done = await pushRuns(here.context, there.client, [here.child, here.parent]);
    const problems = [expect.stringMatching(/plot #2.txt was not sent.*Invalid path/)];
    expect(done).toEqual({ sent: 2, unchanged: 0, points: 2500, files: 1, problems });
    const rows = there.tracking.list();
    expect(rows.map((row) => row.name).sort()).toEqual(['parent', '孩子']);
    const child = there.tracking.get(rows.find((row) => row.name === '孩子')?.id as string);
    const parent = rows.find((row) => row.name === 'parent');
    expect(child).toMatchObject({
      experimentName: 'deep',
      status: 'FAILED',
      note: 'a *note*',
      params: { lr: '1e-05' },
      parentId: parent?.id,
    });
    expect(child.tags).toMatchObject({ team: 'vision', 'cairn.run_id': here.child });
    const [series] = readSeries(there.store, [child.id]);
    const { values, steps } = readPoints(there.store, series?.id as number);
    expect(series?.key).toBe('loss_val');
    expect([...values.slice(2, 6)]).toEqual([2 / 7, Number.NaN, Number.NEGATIVE_INFINITY, 5 / 7]);
    expect(steps).toHaveLength(2500);
    const file = join(there.folder, 'artifacts', child.id, 'deep er', 'plot 1.txt');
    expect(readFileSync(file, 'utf8')).toBe('drawn');
  });

  it('sends again only what is new', async () => {
    const [here, there] = [openHere(), await openServer()];
    const ids = [here.parent, here.child];
    await pushRuns(here.context, there.client, ids);
    expect(await pushRuns(here.context, there.client, ids)).toMatchObject({
      sent: 0,
      unchanged: 2,
      points: 0,
      files: 0,
    });
    here.tracking.appendMetrics(here.child, [
      { key: 'loss@val', step: 2500, time: 9999, value: 1 },
    ]);
    here.tracking.update(here.parent, { name: 'renamed' });
    expect(await pushRuns(here.context, there.client, ids)).toMatchObject({ sent: 2, points: 1 });
    expect(there.tracking.list().map((row) => row.name)).toContain('renamed');
    expect(there.tracking.list()).toHaveLength(2);
  });

  it('sends new params, says which the server keeps as they were, and goes on with the others', async () => {
    const [here, there] = [openHere(), await openServer()];
    const ids = [here.child, here.parent];
    await pushRuns(here.context, there.client, ids);
    here.tracking.setParams(here.child, [
      { file: '', key: 'lr', value: '0.5' },
      { file: '', key: 'depth', value: '3' },
    ]);
    here.tracking.setTag(here.child, 'team', 'speech');
    here.tracking.update(here.parent, { name: 'renamed' });
    const done = await pushRuns(here.context, there.client, ids);
    expect(done).toMatchObject({ sent: 2, points: 0 });
    expect(done.problems.filter((problem) => problem.includes('param'))).toEqual([
      expect.stringMatching(/the param lr was sent before and stays as it was/),
    ]);
    const child = there.tracking.list().find((row) => row.name === '孩子')?.id as string;
    expect(there.tracking.get(child)).toMatchObject({
      params: { lr: '1e-05', depth: '3' },
      tags: { team: 'speech' },
    });
    expect(there.tracking.list().map((row) => row.name)).toContain('renamed');
    expect(await pushRuns(here.context, there.client, ids)).toMatchObject({ unchanged: 2 });
  });

  it('leaves a run that the server has in its trash, and sends one anew that is gone', async () => {
    const [here, there] = [openHere(), await openServer()];
    await pushRuns(here.context, there.client, [here.parent]);
    const [remote] = there.tracking.list();
    const change = (name: string) => here.tracking.update(here.parent, { name });
    await there.client.post('runs/delete', { run_id: remote?.id });
    change('once');
    const refused = await pushRuns(here.context, there.client, [here.parent]);
    expect(refused).toMatchObject({ sent: 0, problems: [expect.stringMatching(/is deleted at/)] });
    there.store.prepare('DELETE FROM runs').run();
    change('twice');
    expect(await pushRuns(here.context, there.client, [here.parent])).toMatchObject({ sent: 1 });
    expect(there.tracking.list().map((row) => row.name)).toEqual(['twice']);
  });

  it('finds what was sent before, though nothing here remembers it', async () => {
    const [here, there] = [openHere(), await openServer()];
    await pushRuns(here.context, there.client, [here.child]);
    here.store.prepare("DELETE FROM settings WHERE key LIKE 'sync:%'").run();
    await pushRuns(here.context, there.client, [here.child]);
    const rows = there.tracking.list();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.metrics[0]?.count).toBe(2500);
  });

  it('says what is wrong with the server', async () => {
    const [here, there] = [openHere(), await openServer()];
    const refused = new MlflowClient({
      uri: there.client.uri,
      token: 'another-token-than-the-one',
    });
    await expect(pushRuns(here.context, refused, [here.child])).rejects.toThrow(/who you are/);
    expect(() => new MlflowClient({ uri: 'file:///etc' })).toThrow(/not an http/);
    expect(() => new MlflowClient({ uri: 'nowhere' })).toThrow(/not the address/);
  });
});

describe('fetching', () => {
  it('brings the runs here once, and then what changed', async () => {
    const [sender, server, here] = [openHere(), await openServer(), openServices()];
    await pushRuns(sender.context, server.client, [sender.parent, sender.child]);
    const fetch = () =>
      indexSources(
        {
          store: here.store,
          root: here.folder,
          importers: [mlflowServer(server.client)],
          listing: createListing([]),
        },
        {},
      );
    expect((await fetch()).runs.size).toBe(2);
    const child = here.tracking.list().find((row) => row.name === '孩子');
    expect(child).toMatchObject({ status: 'FAILED', note: 'a *note*', kind: 'imported' });
    expect(child?.metrics).toMatchObject([{ key: 'loss_val', count: 2500 }]);
    expect(here.tracking.get(child?.id as string).parentId).not.toBeNull();
    expect((await fetch()).runs.size).toBe(0);
    const [remote] = server.tracking.list().filter((row) => row.name === '孩子');
    server.tracking.appendMetrics(remote?.id as string, [
      { key: 'acc', step: 1, time: 5, value: 0.5 },
    ]);
    expect((await fetch()).runs.size).toBe(1);
    expect(here.tracking.list()).toHaveLength(2);
  });

  it('does not double what was sent from here', async () => {
    const [here, server] = [openHere(), await openServer()];
    await pushRuns(here.context, server.client, [here.child]);
    await indexSources(
      {
        store: here.store,
        root: here.folder,
        importers: [mlflowServer(server.client)],
        listing: createListing([]),
      },
      {},
    );
    expect(here.tracking.list()).toHaveLength(2);
    expect(here.tracking.get(here.child).metrics.map((metric) => metric.count)).toContain(2500);
  });
});
