/** Files of runs: what they are, within bounds, and nothing beyond the run's own folders. */
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { DiffSession } from '../../../src-main/api/diff/context.ts';
import { fileHandlers } from '../../../src-main/api/files/index.ts';
import { CairnError } from '../../../src-main/base/errors.ts';
import { HashCache, hashPath, ObjectStore } from '../../../src-main/cas/index.ts';
import type { FileSource } from '../../../src-main/contract/files.ts';
import {
  type Input,
  type Item,
  type Output,
  operations,
} from '../../../src-main/contract/index.ts';
import { Lineage } from '../../../src-main/lineage/index.ts';
import { Store } from '../../../src-main/store/index.ts';
import { Experiments, Tracking } from '../../../src-main/tracking/index.ts';
import { tempFolder } from '../../support/temp.ts';

class Project {
  readonly root = tempFolder();
  readonly home = tempFolder();
  readonly objects = new ObjectStore(join(this.home, 'objects'));
  readonly kept = new ObjectStore(join(this.home, 'kept'));
  readonly cache = HashCache.open(join(this.home, 'hashes.db'));
  readonly store = Store.open(join(this.home, 'cairn.db'));
  readonly tracking = new Tracking(this.store, new Experiments(this.store), this.home);
  readonly lineage = new Lineage(this.store);
  readonly run: string;
  readonly items: unknown[] = [];

  constructor() {
    onTestFinished(() => {
      this.store.close();
      this.cache.close();
    });
    const command = { command: 'train', cwd: '.', kind: 'command', experiment: null } as const;
    const spec = { kind: 'command' as const, argv: ['train'], cwd: '.', metricsFiles: [] };
    this.run = this.tracking.createRun({ spec, ...command, name: null, note: '' }).id;
  }

  /** A file that the run logged. */
  log(path: string, content: string | Uint8Array): FileSource {
    this.write(join(this.home, 'artifacts', this.run, path), content);
    return { kind: 'artifact', run: this.run, path };
  }

  write(file: string, content: string | Uint8Array): void {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** Records what lies at a path of the workspace as an output; `keep` stores its content. */
  async output(path: string, keep: boolean): Promise<void> {
    const absolute = join(this.root, path);
    const hashed = await hashPath(absolute, { cache: this.cache });
    if (!hashed) throw new Error(`no ${path}`);
    if (keep) await this.kept.add(absolute, hashed, { cache: this.cache });
    const execution = this.lineage.startExecution({
      ...{ runId: this.run, stage: path, position: 0, state: 'done', command: '', reason: '' },
    });
    this.lineage.recordEvent(execution, { path, ...hashed, type: 'OUTPUT', role: 'out' });
  }

  get session(): DiffSession {
    const { root, home } = this;
    const places = { storeDir: home, storePath: join(home, 'cairn.db'), cacheDir: home };
    const { store, tracking, objects, kept, cache } = this;
    return {
      workspace: {
        ...{ root, ...places, name: 'project', trusted: false, readOnly: false },
        ...{ statCacheFile: join(home, 'stats'), hashCacheFile: join(home, 'hashes.db') },
      },
      ...{ store, tracking, objects, kept, cache, remotes: () => [] },
      ...{ repository: null, gitProblem: null, code: null },
    };
  }

  async ask<N extends Parameters<typeof keep>[0]>(name: N, input: Input<N>): Promise<Output<N>> {
    const handlers = fileHandlers({ session: () => this.session, current: () => this.session });
    const { input: shape, output } = operations[name];
    const handler = handlers[name] as unknown as (input: unknown, call: object) => Promise<unknown>;
    const answer = await handler(shape.parse(input), {
      signal: new AbortController().signal,
      emit: async (item: Item<'files.table'>) => void this.items.push(item),
    });
    return output.parse(answer) as Output<N>;
  }
}

/** Only for its type: the operations that are asked for here. */
const keep = (name: Extract<keyof typeof operations, `files.${string}`>) => name;

let project: Project;
beforeEach(() => {
  project = new Project();
});

describe('what a file is', () => {
  const png = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(30)]);
  it.each([
    ['a.txt', png, 'image'],
    ['b.png', '<svg onload="alert(1)">', 'text'],
    ['c.svg', '<svg/>', 'image'],
    ['d.html', '<script>1</script>', 'html'],
    ['e.md', '# hi', 'markdown'],
    ['f.bin', '%PDF-1.7\n', 'pdf'],
    ['g.wav', Buffer.from('RIFF\0\0\0\0WAVEfmt ', 'latin1'), 'audio'],
    ['h.mp4', Buffer.from('\0\0\0\x18ftypisom\0\0', 'latin1'), 'video'],
    ['h.avi', Buffer.from('RIFF\0\0\0\0AVI LIST', 'latin1'), 'video'],
    ['h.aiff', Buffer.from('FORM\0\0\0\0AIFFCOMM', 'latin1'), 'audio'],
    ['h.aac', Buffer.from([0xff, 0xf1, 0x50, 0x80, 0, 0x1f, 0xfc]), 'audio'],
    ['h.utf16.txt', Buffer.from('\ufeffa,b', 'utf16le'), 'text'],
    ['i.csv', 'a,b\n1,2\n', 'table'],
    ['j.json', '{"data":[{"type":"bar","y":[1]}],"layout":{}}', 'figure'],
    ['k.json', '{"data":[1,2]}', 'settings'],
    ['l.ipynb', '{}', 'notebook'],
    ['m.safetensors', Buffer.from([8, 0, 0, 0, 0, 0, 0, 0, 0]), 'model'],
    ['n.dat', Buffer.from([0, 1, 2, 0]), 'other'],
    ['o.txt', '', 'text'],
  ])('%s', async (name, content, kind) => {
    const source = project.log(name, content);
    const { kinds, size } = await project.ask('files.describe', { source });
    expect([kinds[0], size]).toEqual([kind, Buffer.from(content as string).length]);
  });
});

describe('bytes', () => {
  it('come in ranges, and never beyond the end', async () => {
    const source = project.log('a/b.txt', '0123456789');
    const read = async (offset: number, length: number) =>
      Buffer.from((await project.ask('files.bytes', { source, offset, length })).bytes).toString();
    expect([await read(2, 3), await read(8, 99), await read(99, 5), await read(0, 0)]).toEqual([
      '234',
      '89',
      '',
      '',
    ]);
  });

  it('are of the run: neither a path nor a link leads out', async () => {
    project.log('a.txt', 'a');
    project.write(join(project.home, 'secret.txt'), 'secret');
    symlinkSync(
      join(project.home, 'secret.txt'),
      join(project.home, 'artifacts', project.run, 'link.txt'),
    );
    for (const path of ['../secret.txt', '/etc/passwd', 'link.txt']) {
      const source = { kind: 'artifact' as const, run: project.run, path };
      await expect(project.ask('files.bytes', { source })).rejects.toMatchObject({
        code: 'invalid',
      });
    }
    // Here these are names like any other, and on Windows they are none.
    for (const path of ['%2e%2e/secret.txt', '..\\secret.txt']) {
      const source = { kind: 'artifact' as const, run: project.run, path };
      await expect(project.ask('files.bytes', { source })).rejects.toThrow(CairnError);
    }
    const source = { kind: 'tracked' as const, reference: 'workspace', path: '../x' };
    await expect(project.ask('files.bytes', { source })).rejects.toMatchObject({ code: 'invalid' });
  });

  it('of an output are those that the run wrote, or none', async () => {
    const source: FileSource = { kind: 'tracked', reference: project.run, path: 'out.txt' };
    const file = join(project.root, 'out.txt');
    project.write(file, 'as the run wrote it');
    await project.output('out.txt', true);
    project.write(file, 'changed since');
    const { bytes } = await project.ask('files.bytes', { source });
    expect(Buffer.from(bytes).toString()).toBe('as the run wrote it');

    project.write(join(project.root, 'lost.txt'), 'as the run wrote it, not kept');
    await project.output('lost.txt', false);
    const lost: FileSource = { ...source, path: 'lost.txt' };
    expect((await project.ask('files.bytes', { source: lost })).size).toBe(29);
    project.write(join(project.root, 'lost.txt'), 'changed since');
    await expect(project.ask('files.bytes', { source: lost })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('tables', () => {
  const rows = () => (project.items as Item<'files.table'>[]).flatMap((item) => item.rows);

  it('of text keep what is written, and say when they are cut', async () => {
    const lines = Array.from({ length: 2500 }, (_, row) => `${row},1.0,"a,""b"""`);
    const source = project.log('t.csv', `id,x,note\n${lines.join('\n')}\n`);
    const answer = await project.ask('files.table', { source, limit: 2100 });
    expect(answer).toMatchObject({ cut: true, moreColumns: 0 });
    expect(rows()).toHaveLength(2100);
    expect(rows()[7]).toEqual(['7', '1.0', 'a,"b"']);
  });

  it('of Parquet read no more than is asked for', async () => {
    const data = Array.from({ length: 50 }, (_, row) => row);
    const columnData = [{ name: 'id', data }];
    const source = project.log('t.parquet', new Uint8Array(parquetWriteBuffer({ columnData })));
    expect(await project.ask('files.table', { source, limit: 10 })).toMatchObject({ cut: true });
    expect(rows().map(([id]) => id)).toEqual(data.slice(0, 10).map(String));
    expect(await project.ask('files.table', { source, limit: 50 })).toMatchObject({ cut: false });
  });

  it('that are broken are refused', async () => {
    const source = project.log('t.parquet', 'PAR1 and nothing of the kind');
    await expect(project.ask('files.table', { source })).rejects.toMatchObject({ code: 'corrupt' });
  });
});

it('settings come as JSON, whatever they were written in', async () => {
  const source = project.log(
    'a.yaml',
    'lr: 1e-3\nbig: 12345678901234567890\n__proto__: [1, .nan]\n',
  );
  const { json } = await project.ask('files.settings', { source });
  expect(json).toBe('{"lr":0.001,"big":"12345678901234567890","__proto__":[1,"NaN"]}');
});

it('models are read by their headers', async () => {
  const header = JSON.stringify({ w: { dtype: 'F32', shape: [2, 1], data_offsets: [0, 8] } });
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const bytes = Buffer.concat([length, Buffer.from(header), Buffer.alloc(8)]);
  const source = project.log('m.safetensors', bytes);
  expect(await project.ask('files.tensors', { source })).toMatchObject({
    format: 'safetensors',
    badge: 'data',
    tensors: [{ name: 'w', dtype: 'f32', shape: [2, 1], elements: 2, bytes: 8 }],
  });
});

it('directories are listed as the run had them', async () => {
  for (const name of ['a.txt', 'b/c.txt']) project.write(join(project.root, 'data', name), name);
  await project.output('data', true);
  const listed = await project.ask('files.folder', { run: project.run, path: 'data' });
  expect(listed.files?.map((file) => file.path)).toEqual(['a.txt', 'b/c.txt']);
  const source: FileSource = { kind: 'tracked', reference: project.run, path: 'data/b/c.txt' };
  expect(Buffer.from((await project.ask('files.bytes', { source })).bytes).toString()).toBe(
    'b/c.txt',
  );
});
