import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { TestEndpoint } from '../../support/mlflow.ts';

interface Failure {
  error_code: string;
  message: string;
}

interface Version {
  name: string;
  version: string;
  current_stage: string;
  source: string;
  run_id?: string;
  model_id?: string;
  aliases?: string[];
  tags?: { key: string; value: string }[];
}

class Registry {
  readonly api: TestEndpoint;

  private constructor(api: TestEndpoint) {
    this.api = api;
  }

  static async open() {
    return new Registry(await TestEndpoint.open());
  }

  async register(name: string, fields: object = {}) {
    await this.api.ok('POST', 'registered-models/create', { name, ...fields });
  }

  async version(name: string, fields: object): Promise<Version> {
    const made = await this.api.ok<{ model_version: Version }>('POST', 'model-versions/create', {
      name,
      ...fields,
    });
    return made.model_version;
  }

  async get(name: string, version: string): Promise<Version> {
    const fields = { name, version };
    return (await this.api.ok<{ model_version: Version }>('GET', 'model-versions/get', fields))
      .model_version;
  }

  /** A run, and a file that it logged. */
  async run() {
    const { info } = await this.api.createRun();
    const folder = join(this.api.storeDir, 'artifacts', info.run_id);
    mkdirSync(join(folder, 'model'), { recursive: true });
    writeFileSync(join(folder, 'model', 'MLmodel'), 'flavors: {}');
    return { id: info.run_id, folder };
  }

  async model(fields: object = {}): Promise<string> {
    const { model } = await this.api.ok<{ model: { info: { model_id: string } } }>(
      'POST',
      'logged-models',
      { experiment_id: '0', name: 'net', ...fields },
    );
    return model.info.model_id;
  }

  async refused(method: string, path: string, fields: object): Promise<Failure> {
    const { status, body } = await this.api.call<Failure>(method, path, fields);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    return body;
  }
}

describe('registered models', () => {
  it.each([
    ['', 'Missing value'],
    ['  ', 'Missing value'],
    ['a/b', "cannot contain '/'"],
    ['a:b', "cannot contain '/'"],
    ['..', 'must not resolve'],
    ['.', 'must not resolve'],
    ['a\u0000b', 'must not resolve'],
    ['a\nb', 'must not resolve'],
    ['x'.repeat(257), 'maximum length'],
  ])('are not called %j', async (name, reason) => {
    const registry = await Registry.open();
    const { error_code, message } = await registry.refused('POST', 'registered-models/create', {
      name,
    });
    expect(error_code).toBe('INVALID_PARAMETER_VALUE');
    expect(message).toContain(reason);
  });

  it.each(['größe', 'a b', '__proto__', 'constructor', '模型', "a'b", '%2e%2e', '😀'.repeat(256)])(
    'may be called %s',
    async (name) => {
      const registry = await Registry.open();
      await registry.register(name, { tags: [{ key: '__proto__', value: 'x' }] });
      const { registered_model } = await registry.api.ok<{
        registered_model: { name: string; tags: unknown };
      }>('GET', 'registered-models/get', { name });
      expect(registered_model).toMatchObject({ name, tags: [{ key: '__proto__', value: 'x' }] });
    },
  );

  it('take versions, tags and aliases along when they are renamed', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    await registry.register('old');
    await registry.version('old', {
      source: `runs:/${run.id}/model`,
      tags: [{ key: 'a', value: 'b' }],
    });
    await registry.api.ok('POST', 'registered-models/alias', {
      name: 'old',
      alias: 'best',
      version: '1',
    });
    await registry.api.ok('POST', 'registered-models/rename', { name: 'old', new_name: 'new' });
    expect(await registry.get('new', '1')).toMatchObject({
      run_id: run.id,
      aliases: ['best'],
      tags: [{ key: 'a', value: 'b' }],
    });
    await registry.register('old');
    const gone = await registry.refused('GET', 'model-versions/get', { name: 'old', version: '1' });
    expect(gone).toEqual({
      error_code: 'RESOURCE_DOES_NOT_EXIST',
      message: 'Model Version (name=old, version=1) not found',
    });
    const taken = await registry.refused('POST', 'registered-models/rename', {
      name: 'new',
      new_name: 'old',
    });
    expect(taken.error_code).toBe('RESOURCE_ALREADY_EXISTS');
  });

  it('share no name with a prompt, and searches leave prompts out unless asked', async () => {
    const registry = await Registry.open();
    const isPrompt = { key: 'mlflow.prompt.is_prompt', value: 'true' };
    await registry.register('greeting', { tags: [isPrompt] });
    await registry.register('net');
    const clash = await registry.refused('POST', 'registered-models/create', { name: 'greeting' });
    expect(clash.message).toContain('already taken by a prompt');
    const made = await registry.version('greeting', { source: 'dummy-source', tags: [isPrompt] });
    expect(made.version).toBe('1');
    const odd = { name: 'greeting', source: '/etc', tags: [isPrompt] };
    expect((await registry.refused('POST', 'model-versions/create', odd)).message).toContain(
      'placeholder',
    );
    const search = async (path: string, filter: string) => {
      const found = await registry.api.ok<Record<string, { name: string }[]>>('GET', path, {
        filter,
      });
      return Object.values(found)
        .flat()
        .map((one) => one.name);
    };
    const asked = "tags.`mlflow.prompt.is_prompt` = 'true'";
    expect(await search('registered-models/search', '')).toEqual(['net']);
    expect(await search('registered-models/search', asked)).toEqual(['greeting']);
    expect(
      await search('registered-models/search', "tags.`mlflow.prompt.is_prompt` != 'true'"),
    ).toEqual(['net']);
    expect(await search('model-versions/search', '')).toEqual([]);
    expect(await search('model-versions/search', asked)).toEqual(['greeting']);
  });

  it('are found page by page, none twice and none missing', async () => {
    const registry = await Registry.open();
    const names = Array.from({ length: 7 }, (_, index) => `m${index}`);
    for (const name of names) await registry.register(name);
    const found: string[] = [];
    for (let token: string | undefined = ''; token !== undefined; ) {
      const page: { registered_models: { name: string }[]; next_page_token?: string } =
        await registry.api.ok('GET', 'registered-models/search', {
          max_results: 3,
          page_token: token,
        });
      found.push(...page.registered_models.map((model) => model.name));
      token = page.next_page_token;
    }
    expect(found).toEqual(names);
    for (const fields of [{ max_results: 1001 }, { max_results: 0 }, { page_token: 'x' }]) {
      await registry.refused('GET', 'registered-models/search', fields);
    }
  });
});

describe('aliases', () => {
  it.each(['', 'latest', 'LATEST', 'v1', 'V20', 'a b', 'a/b', 'a@b', '../x', 'x'.repeat(256)])(
    'are not %j',
    async (alias) => {
      const registry = await Registry.open();
      const run = await registry.run();
      await registry.register('net');
      await registry.version('net', { source: `runs:/${run.id}/model` });
      const { error_code } = await registry.refused('POST', 'registered-models/alias', {
        name: 'net',
        alias,
        version: '1',
      });
      expect(error_code).toBe('INVALID_PARAMETER_VALUE');
    },
  );

  it('go with their version', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    await registry.register('net');
    await registry.version('net', { source: `runs:/${run.id}/model` });
    const alias = { name: 'net', alias: 'best' };
    await registry.api.ok('POST', 'registered-models/alias', { ...alias, version: 1 });
    await registry.api.ok('DELETE', 'model-versions/delete', { name: 'net', version: '1' });
    expect(await registry.refused('GET', 'registered-models/alias', alias)).toEqual({
      error_code: 'INVALID_PARAMETER_VALUE',
      message: 'Registered model alias best not found.',
    });
    const latest = await registry.refused('GET', 'registered-models/alias', {
      name: 'net',
      alias: 'latest',
    });
    expect(latest.error_code).toBe('RESOURCE_DOES_NOT_EXIST');
  });
});

describe('versions', () => {
  it('have numbers that are never given twice', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    await registry.register('net');
    const source = `runs:/${run.id}/model`;
    expect((await registry.version('net', { source })).version).toBe('1');
    expect((await registry.version('net', { source })).version).toBe('2');
    await registry.api.ok('DELETE', 'model-versions/delete', { name: 'net', version: '2' });
    expect((await registry.version('net', { source })).version).toBe('3');
  });

  it.each(['1.5', '-', 'x', '1e3', '99999999999999999999'])(
    'are not numbered %s',
    async (version) => {
      const registry = await Registry.open();
      await registry.register('net');
      const { error_code } = await registry.refused('GET', 'model-versions/get', {
        name: 'net',
        version,
      });
      expect(error_code).toBe('INVALID_PARAMETER_VALUE');
    },
  );

  it('move to a stage, and others out of it when that is asked for', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    await registry.register('net');
    for (let count = 0; count < 3; count++) {
      await registry.version('net', { source: `runs:/${run.id}/model` });
    }
    const move = (version: string, stage: string, archive: boolean) =>
      registry.api.call<Failure>('POST', 'model-versions/transition-stage', {
        name: 'net',
        version,
        stage,
        archive_existing_versions: archive,
      });
    await move('1', 'production', false);
    await move('2', 'Production', false);
    expect((await registry.get('net', '1')).current_stage).toBe('Production');
    await move('3', 'PRODUCTION', true);
    const stages = await Promise.all(
      ['1', '2', '3'].map((version) => registry.get('net', version)),
    );
    expect(stages.map((version) => version.current_stage)).toEqual([
      'Archived',
      'Archived',
      'Production',
    ]);
    expect((await move('1', 'None', true)).body.message).toContain('not an Active stage');
    expect((await move('1', 'Somewhere', false)).status).toBe(400);
    expect((await move('9', 'Staging', true)).status).toBe(404);
    for (const method of ['GET', 'POST']) {
      const { model_versions } = await registry.api.ok<{ model_versions: Version[] }>(
        method,
        'registered-models/get-latest-versions',
        { name: 'net' },
      );
      expect(model_versions.map((one) => [one.version, one.current_stage])).toEqual([
        ['2', 'Archived'],
        ['3', 'Production'],
      ]);
    }
  });

  it('have tags of up to 100 000 characters', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    await registry.register('net');
    await registry.version('net', { source: `runs:/${run.id}/model` });
    const tag = { name: 'net', version: '1', key: 'long' };
    await registry.api.ok('POST', 'model-versions/set-tag', { ...tag, value: 'x'.repeat(100_000) });
    await registry.refused('POST', 'model-versions/set-tag', {
      ...tag,
      value: 'x'.repeat(100_001),
    });
    await registry.refused('POST', 'registered-models/set-tag', {
      ...tag,
      value: 'x'.repeat(100_001),
    });
  });
});

/** CVE-2023-6909, -2356, CVE-2024-1560, -1593, -1483, CVE-2025-11201, CVE-2026-2033. */
describe('sources of versions', () => {
  it('are the own files of the run or the model', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    const model = await registry.model({ source_run_id: run.id });
    await registry.register('net');
    const kept = async (fields: object) => {
      const { run_id, model_id, version } = await registry.version('net', fields);
      const { artifact_uri } = await registry.api.ok<{ artifact_uri: string }>(
        'GET',
        'model-versions/get-download-uri',
        { name: 'net', version },
      );
      return [run_id, model_id, artifact_uri];
    };
    const ofRun = `mlflow-artifacts:/${run.id}/model`;
    const ofModel = `mlflow-artifacts:/models/${model}`;
    expect(await kept({ source: ofRun, run_id: run.id })).toEqual([run.id, undefined, ofRun]);
    expect(await kept({ source: ofRun })).toEqual([run.id, undefined, ofRun]);
    expect(await kept({ source: `runs:/${run.id}/model`, run_id: run.id })).toEqual([
      run.id,
      undefined,
      `runs:/${run.id}/model`,
    ]);
    expect(await kept({ source: `models:/${model}`, model_id: model })).toEqual([
      run.id,
      model,
      ofModel,
    ]);
    expect(await kept({ source: ofModel, model_id: model })).toEqual([run.id, model, ofModel]);
    const local = join(run.folder, 'model');
    expect(await kept({ source: local, run_id: run.id })).toEqual([run.id, undefined, local]);
    const bucket = 's3://bucket/models/net';
    expect(await kept({ source: bucket })).toEqual([undefined, undefined, bucket]);
    // Of another version: what that one has.
    expect(await kept({ source: 'models:/net/4' })).toEqual([run.id, model, ofModel]);
  });

  it.each([
    '/etc/passwd',
    '/',
    'etc',
    '../x',
    'file:///etc/passwd',
    'file://localhost/etc',
    'file://host/share',
    'FILE:/etc',
    'file:etc',
    'file:///RUN/../../../../../../../../etc',
    'file:///RUN%2f..%2f..',
    'RUN/../..',
    'RUN/away',
    'RUN/missing',
    'OTHER/model',
    'C:\\windows',
    '\\\\host\\share',
    'mlflow-artifacts:/RUNID/../x',
    'mlflow-artifacts:/RUNID/%2e%2e/x',
    'mlflow-artifacts:/RUNID/%252e%252e/x',
    'mlflow-artifacts:/RUNID/%zz%2e%2e/%2e%2e/x',
    'mlflow-artifacts:/RUNID/..;/x',
    'mlflow-artifacts:/RUNID/..%5c..%5cx',
    'mlflow-artifacts:/RUNID/x#/../../y',
    'mlflow-artifacts:/RUNID/x?/../../y',
    'mlflow-artifacts:/RUNID/x%00',
    'mlflow-artifacts://host:5000/RUNID/x',
    'mlflow-artifacts://RUNID/x',
    'mlflow-artifacts:///etc',
    'mlflow-artifacts:/',
    'mlflow-artifacts:/models/m-nothing',
    'mlflow-artifacts:/OTHERID/model',
    'mlflow-artifacts:/experiments/0',
    'runs:/OTHERID/model',
    'runs:/nothing/model',
    'runs://host/RUNID/model',
    'runs:/RUNID/../model',
    'runs:/RUNID//etc',
    'models:/m-nothing',
    'models:/net/1/more',
    'models://host/net/1',
    'models:/',
    'http://host/api/2.0/mlflow-artifacts/artifacts/../../etc',
    'http://127.0.0.1:5000/api/2.0/mlflow-artifacts/artifacts/OTHERID/model',
    'http://127.0.0.1:5000/api/2.0/%6dlflow-artifacts/artifacts/OTHERID/model',
    'https://host/a/%2e%2e/b',
    's3://bucket/../x',
    's3://bucket/a\\..\\b',
    's3:bucket',
    `s3://${'x'.repeat(3000)}`,
    '',
  ])('are not %s', async (written) => {
    const registry = await Registry.open();
    const [run, other] = [await registry.run(), await registry.run()];
    await registry.register('net');
    symlinkSync('/etc', join(run.folder, 'away'));
    const source = written
      .replaceAll('RUNID', run.id)
      .replaceAll('OTHERID', other.id)
      .replaceAll('RUN', run.folder)
      .replaceAll('OTHER', other.folder);
    const answer = await registry.refused('POST', 'model-versions/create', {
      name: 'net',
      source,
      run_id: run.id,
    });
    expect(answer.error_code).toMatch(/^(INVALID_PARAMETER_VALUE|RESOURCE_DOES_NOT_EXIST)$/);
    expect(registry.api.store.prepare('SELECT 1 FROM model_versions').all()).toEqual([]);
  });

  it('are not a local folder when no run or model is named, nor that of a deleted model', async () => {
    const registry = await Registry.open();
    const run = await registry.run();
    const model = await registry.model();
    await registry.register('net');
    const folder = join(registry.api.storeDir, 'artifacts', 'models', model);
    mkdirSync(folder, { recursive: true });
    await registry.refused('POST', 'model-versions/create', { name: 'net', source: run.folder });
    const own = { name: 'net', source: folder, model_id: model };
    await registry.version('net', own);
    await registry.api.ok('DELETE', `logged-models/${model}`);
    await registry.refused('POST', 'model-versions/create', own);
    await registry.refused('POST', 'model-versions/create', {
      name: 'net',
      source: `models:/${model}`,
    });
  });

  it('of another version say no other run than that has', async () => {
    const registry = await Registry.open();
    const [run, other] = [await registry.run(), await registry.run()];
    await registry.register('net');
    await registry.version('net', { source: `runs:/${run.id}/model` });
    await registry.refused('POST', 'model-versions/create', {
      name: 'net',
      source: 'models:/net/1',
      run_id: other.id,
    });
    for (const source of ['models:/net/7', 'models:/net@nobody', 'models:/nothing/1']) {
      await registry.refused('POST', 'model-versions/create', { name: 'net', source });
    }
    const copy = await registry.version('net', { source: 'models:/net@latest' });
    expect(copy).toMatchObject({ source: 'models:/net/1', run_id: run.id });
  });
});
