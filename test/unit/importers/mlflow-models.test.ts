/** Registered models that MLflow keeps in its folders, and in its database. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { listRunArtifacts, locateRunArtifact } from '../../../src-main/api/run-artifacts.ts';
import type { Session } from '../../../src-main/api/session.ts';
import { keepRuns, measureRuns } from '../../../src-main/importers/index.ts';
import { mlflowDb } from '../../../src-main/importers/mlflow-db/index.ts';
import { mlruns } from '../../../src-main/importers/mlruns/index.ts';
import {
  createRegisteredModel,
  requireRegisteredModel,
  setAlias,
  versionOfAlias,
} from '../../../src-main/registry/index.ts';
import { readRun } from '../../../src-main/store/runs.ts';
import {
  layOutMlruns,
  layOutRegistryDatabase,
  layOutRegistryFiles,
} from '../../support/mlflow-files.ts';
import { sourcesOf } from '../../support/sources.ts';
import { tempFolder } from '../../support/temp.ts';

const name = 'penguins 企鹅';
const folder = (root: string) => join(root, 'mlruns', 'models', name);

/** Changes an alias as the tool would, adds a version, or removes the models. */
const kinds = {
  'the folders of 2.22.5': {
    importer: mlruns,
    layOut: layOutRegistryFiles,
    moveAlias: (root: string) => writeFileSync(join(folder(root), 'aliases', 'champion'), '3 '),
    remove: (root: string) => rmSync(folder(root), { recursive: true }),
  },
  'the database of 3.17.2': {
    importer: mlflowDb,
    layOut: (root: string) => layOutRegistryDatabase(join(root, 'mlflow.db')),
    moveAlias: (root: string) =>
      change(root, `UPDATE registered_model_aliases SET version = 3 WHERE alias = 'champion'`),
    remove: (root: string) => change(root, `DELETE FROM registered_models WHERE name != 'empty'`),
  },
} as const;

function change(root: string, sql: string): void {
  const database = new Database(join(root, 'mlflow.db'));
  database.pragma('foreign_keys = OFF');
  database.exec(sql);
  database.close();
}

describe.each(Object.entries(kinds))('registered models in %s', (_kind, kind) => {
  async function open() {
    const root = tempFolder();
    kind.layOut(root);
    const sources = sourcesOf(root, [kind.importer]);
    await sources.read();
    const versions = () =>
      sources.all("SELECT * FROM model_versions WHERE name LIKE 'penguins%' ORDER BY version");
    return { root, sources, store: sources.store, versions };
  }

  it('are read whole, with the runs that they were made from', async () => {
    const { sources, store, versions } = await open();
    expect(requireRegisteredModel(store, name)).toMatchObject({
      description: 'Tells **species** apart.',
      created_at: expect.any(Number),
    });
    expect(requireRegisteredModel(store, 'empty').created_at).toBeGreaterThan(1.6e12);
    expect(versions()).toMatchObject([
      { version: 1, stage: 'Archived', status: 'READY', description: 'version 1' },
      { version: 2, stage: 'Production', status: 'READY', description: 'version 2' },
      { version: 3, stage: 'None', status: 'READY', description: 'version 3' },
    ]);
    const runs = sources.all('SELECT id FROM runs ORDER BY created_at').map((run) => run.id);
    expect(versions().map((version) => version.run_id)).toEqual([runs[0], runs[1], runs[0]]);
    expect(versions()[1]?.storage_location).toBe(`runs:/${runs[1]}/model`);
    expect(versionOfAlias(store, name, 'champion').version).toBe(2);
    expect(versionOfAlias(store, name, 'challenger').version).toBe(3);
    const pairs = 'SELECT key, value FROM';
    expect(sources.all(`${pairs} registered_model_tags`)).toEqual([
      { key: 'team', value: 'blue\nand green' },
    ]);
    expect(sources.all(`${pairs} model_version_tags ORDER BY version`)).toEqual(
      ['0', '1', '2'].map((value) => ({ key: 'try', value })),
    );
    expect(sources.all('SELECT last FROM model_version_counters WHERE last > 0')).toEqual([
      { last: 3 },
    ]);
  });

  it('are read again when they change, and go with their source’s', async () => {
    const { root, sources, store, versions } = await open();
    const before = versions();
    expect(await sources.read()).toEqual([]);
    await sources.read({ force: true });
    expect(versions()).toEqual(before);
    kind.moveAlias(root);
    await sources.read();
    expect(versionOfAlias(store, name, 'champion').version).toBe(3);
    expect(versions()).toEqual(before);
    kind.remove(root);
    await sources.read();
    expect(versions()).toEqual([]);
    expect(sources.all('SELECT name FROM registered_models')).toEqual([{ name: 'empty' }]);
    expect(await sources.read()).toEqual([]);
  });

  it('stay as they are once the user changed them here', async () => {
    const { root, sources, store, versions } = await open();
    setAlias(store, name, 'ours', '1');
    kind.moveAlias(root);
    await sources.read({ force: true });
    expect(versionOfAlias(store, name, 'ours').version).toBe(1);
    expect(versionOfAlias(store, name, 'champion').version).toBe(2);
    kind.remove(root);
    await sources.read();
    expect(versions()).toHaveLength(3);
  });

  it('take no name that is taken, which is said', async () => {
    const root = tempFolder();
    kind.layOut(root);
    const sources = sourcesOf(root, [kind.importer]);
    createRegisteredModel(sources.store, { name, description: 'ours', tags: {} });
    await sources.read();
    expect(requireRegisteredModel(sources.store, name).description).toBe('ours');
    expect(sources.all('SELECT * FROM model_versions')).toEqual([]);
    const problems = 'SELECT problem FROM source_items WHERE problem IS NOT NULL';
    expect(sources.all(problems)).toEqual([
      { problem: expect.stringMatching(/penguins 企鹅 is here already, from elsewhere/) },
    ]);
    expect(requireRegisteredModel(sources.store, 'empty').description).toBe('');
  });
});

describe('models that runs logged', () => {
  const id = `m-${'a'.repeat(32)}`;

  async function open() {
    const root = tempFolder();
    layOutRegistryDatabase(join(root, 'mlflow.db'));
    const run = new Database(join(root, 'mlflow.db'))
      .prepare<[], { run_uuid: string; experiment_id: number }>('SELECT * FROM runs LIMIT 1')
      .get();
    const folder = join(root, 'mlruns', '1', 'models', id, 'artifacts');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'MLmodel'), 'flavors: {}\n');
    const log = (status: number) =>
      change(
        root,
        `INSERT OR REPLACE INTO logged_models (model_id, experiment_id, name, artifact_location,
           creation_timestamp_ms, last_updated_timestamp_ms, status, lifecycle_stage, model_type,
           source_run_id, status_message)
         VALUES ('${id}', ${run?.experiment_id}, 'net', 'file://${folder}', 5, ${status}, ${status},
           'active', 'agent', '${run?.run_uuid}', NULL),
         ('../../etc', ${run?.experiment_id}, 'x', '/', 5, 5, 2, 'active', '', '${run?.run_uuid}', '')`,
      );
    log(1);
    const sources = sourcesOf(root, [mlflowDb]);
    await sources.read();
    return { root, sources, log, runId: run?.run_uuid ?? '' };
  }

  it('are listed with their files below their names', async () => {
    const { root, sources, log, runId } = await open();
    const [model, ...others] = sources.all('SELECT * FROM logged_models');
    expect(others).toEqual([]);
    expect(model).toMatchObject({ id, name: 'net', status: 'PENDING', type: 'agent' });
    const workspace = { root, storeDir: tempFolder() };
    const session = { store: sources.store, workspace } as unknown as Session;
    const { files } = await listRunArtifacts(session, runId, 100);
    expect(files.map(({ path }) => path)).toContain('net/MLmodel');
    const record = readRun(sources.store, runId);
    if (record === undefined) throw new Error('no run');
    const found = await locateRunArtifact(session, record, 'net/MLmodel');
    expect(found?.endsWith(join(id, 'artifacts', 'MLmodel'))).toBe(true);
    await expect(locateRunArtifact(session, record, 'net/../../MLmodel')).rejects.toThrow(
      'Invalid',
    );
    log(2);
    change(root, `UPDATE runs SET end_time = end_time + 1 WHERE run_uuid = '${runId}'`);
    await sources.read();
    expect(sources.all('SELECT status FROM logged_models')).toEqual([{ status: 'READY' }]);
  });
});

describe('models that runs logged into folders', () => {
  const id = `m-${'b'.repeat(32)}`;
  const other = `m-${'c'.repeat(32)}`;

  /** As MLflow 3.17.2 lays them out, beside the runs of their experiment. */
  async function open() {
    const root = tempFolder();
    layOutMlruns(root, '3.12.0');
    const sources = sourcesOf(root, [mlruns]);
    await sources.read();
    const [run] = sources.all(
      "SELECT id, artifact_root FROM runs WHERE status = 'FINISHED' AND artifact_root IS NOT NULL",
    ) as [{ id: string; artifact_root: string }];
    const models = join(root, run.artifact_root, '../../models');
    const log = (model: string, name: string, status: number, runId = run.id) => {
      const folder = join(models, model);
      mkdirSync(join(folder, 'artifacts'), { recursive: true });
      writeFileSync(join(folder, 'artifacts', 'MLmodel'), `name: ${name}\n`);
      writeFileSync(
        join(folder, 'meta.yaml'),
        `artifact_location: file:///elsewhere/mlruns/1/models/${model}/artifacts
creation_timestamp: 1795291082319
experiment_id: '1'
last_updated_timestamp: 1795291082324
model_id: ${model}
model_type: torch
name: ${name}
source_run_id: ${runId}
status: ${status}
status_message: null
`,
      );
    };
    log(id, 'net', 1);
    log(other, 'lost', 2, '0'.repeat(32));
    await sources.read();
    const storeDir = tempFolder();
    const session = { store: sources.store, workspace: { root, storeDir } } as unknown as Session;
    const artifacts = async () => (await listRunArtifacts(session, run.id, 1000)).files;
    return { root, sources, log, runId: run.id, storeDir, artifacts };
  }

  it('are read with their files, wherever they were when they were logged', async () => {
    const { sources, log, artifacts, runId } = await open();
    const stored = () =>
      sources.all('SELECT id, name, type, status, source_run_id FROM logged_models');
    expect(stored()).toEqual([
      { id, name: 'net', type: 'torch', status: 'PENDING', source_run_id: runId },
    ]);
    expect((await artifacts()).map(({ path }) => path)).toContain('net/MLmodel');
    log(id, 'net', 2);
    await sources.read();
    expect(stored()).toMatchObject([{ status: 'READY' }]);
    expect(await sources.read()).toEqual([]);
  });

  it('come along when their run is kept for good', async () => {
    const { root, sources, runId, storeDir, artifacts } = await open();
    const before = (await artifacts()).map(({ path }) => path);
    const context = { store: sources.store, storeDir, root, within: root };
    const wanted = { runs: [runId] };
    const measured = await measureRuns(context, wanted, { includeRunning: false }, {});
    expect(await keepRuns(context, wanted, { includeRunning: false }, {})).toEqual(measured);
    rmSync(join(root, 'mlruns'), { recursive: true });
    await sources.read();
    expect((await artifacts()).map(({ path }) => path)).toEqual(before);
    const copy = join(storeDir, 'artifacts', 'models', id, 'MLmodel');
    expect(readFileSync(copy, 'utf8')).toBe('name: net\n');
  });
});
