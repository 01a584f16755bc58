import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { purgeTrash } from '../../../src-main/tidy/index.ts';
import { TestEndpoint } from '../../support/mlflow.ts';

async function open() {
  const api = await TestEndpoint.open();
  const folderOf = (id: string) => join(api.storeDir, 'artifacts', 'models', id);
  const model = async (run: string): Promise<string> => {
    const made = await api.ok<{ model: { info: { model_id: string } } }>('POST', 'logged-models', {
      experiment_id: '0',
      source_run_id: run,
    });
    const id = made.model.info.model_id;
    mkdirSync(folderOf(id), { recursive: true });
    writeFileSync(join(folderOf(id), 'MLmodel'), '12345');
    return id;
  };
  const purge = (ids: readonly string[] | null) =>
    purgeTrash(
      {
        store: api.store,
        storeDir: api.storeDir,
        code: () => null,
        logger: { debug() {}, info() {}, warn() {}, error() {} },
      },
      ids,
    );
  const isThere = (id: string) => [
    existsSync(folderOf(id)),
    api.store.prepare('SELECT 1 FROM logged_models WHERE id = ?').get(id) !== undefined,
  ];
  return { api, model, purge, isThere };
}

describe('logged models', () => {
  it('go with their run when it is removed for good, unless they are registered or another run made them too', async () => {
    const { api, model, purge, isThere } = await open();
    const [run, other] = [await api.createRun(), await api.createRun()];
    const id = run.info.run_id;
    const [gone, registered, shared, others] = [
      await model(id),
      await model(id),
      await model(id),
      await model(other.info.run_id),
    ];
    await api.ok('POST', 'registered-models/create', { name: 'kept' });
    await api.ok('POST', 'model-versions/create', {
      name: 'kept',
      source: `models:/${registered}`,
    });
    await api.ok('POST', 'runs/outputs', {
      run_id: other.info.run_id,
      models: [{ model_id: shared, step: 0 }],
    });
    await api.ok('POST', 'runs/outputs', { run_id: id, models: [{ model_id: gone, step: 0 }] });
    await purge([id]);
    expect(isThere(gone), 'a run that is not in the trash stays').toEqual([true, true]);
    await api.ok('POST', 'runs/delete', { run_id: id });
    expect(await purge([id])).toEqual({ purged: 1, bytes: 5 });
    expect(isThere(gone)).toEqual([false, false]);
    for (const kept of [registered, shared, others]) expect(isThere(kept)).toEqual([true, true]);
    expect(await api.ok('GET', 'model-versions/get', { name: 'kept', version: '1' })).toMatchObject(
      {
        model_version: { source: `models:/${registered}` },
      },
    );
  });

  it('that were deleted go when the trash is emptied, and lead nowhere else', async () => {
    const { api, model, purge, isThere } = await open();
    const run = await api.createRun();
    const [deleted, kept] = [await model(run.info.run_id), await model(run.info.run_id)];
    await api.ok('DELETE', `logged-models/${deleted}`);
    api.store
      .prepare('UPDATE logged_models SET id = ? WHERE id = ?')
      .run('../../..', await model(run.info.run_id));
    api.store.prepare("UPDATE logged_models SET deleted_at = 1 WHERE id = '../../..'").run();
    expect(await purge([])).toEqual({ purged: 0, bytes: 0 });
    expect(isThere(deleted)).toEqual([true, true]);
    expect(await purge(null)).toEqual({ purged: 0, bytes: 5 });
    expect(isThere(deleted)).toEqual([false, false]);
    expect(isThere(kept)).toEqual([true, true]);
    expect(existsSync(api.storeDir)).toBe(true);
  });
});
