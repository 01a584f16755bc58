/** Files compared by what is in them: found out by content, hostile ones refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';
import { beforeEach, describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { contentHandlers } from '../../../src-main/api/diff/content/index.ts';
import type { ContentSource } from '../../../src-main/contract/diff-content.ts';
import { type Input, type Output, operations } from '../../../src-main/contract/index.ts';
import { tempFolder } from '../../support/temp.ts';

let folder: string;
beforeEach(() => {
  folder = tempFolder();
});

function file(name: string, content: string | Uint8Array): ContentSource {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, content);
  return { kind: 'file', path };
}

const handlers = contentHandlers({
  session: () => {
    throw new Error('No folder is open.');
  },
  current: () => null,
});
const call = { signal: new AbortController().signal, emit: async () => {} };

async function diff(
  left: ContentSource,
  right: ContentSource,
  as: Input<'diff.content'>['as'] = null,
): Promise<Output<'diff.content'>> {
  const answer = await handlers['diff.content']({ left, right, as: as ?? null }, call);
  return operations['diff.content'].output.parse(answer);
}

const cell = (source: string, outputs: unknown[] = []) => ({
  ...{
    cell_type: 'code',
    id: source.replace(/\W/g, '').slice(0, 8),
    metadata: {},
    source,
    outputs,
  },
});
const notebook = (...cells: unknown[]) =>
  JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells });

/** A PNG of one colour, as small as one can be. */
function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(data.length);
    return Buffer.concat([head, Buffer.from(type), data, Buffer.alloc(4)]);
  };
  const size = Buffer.alloc(13);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size.set([8, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', size),
    chunk('IDAT', deflateSync(Buffer.alloc(8))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

describe('what two files are', () => {
  it('is a notebook, settings, an image, a text, by what they hold', async () => {
    const a = await diff(
      file('a.ipynb', notebook(cell('x'))),
      file('b.ipynb', notebook(cell('y'))),
    );
    expect([a.body.kind, a.kinds]).toEqual(['notebook', ['notebook', 'text', 'other']]);
    const b = await diff(file('a.yaml', 'x: 1'), file('b.yaml', 'x: 2'));
    expect(b.body).toMatchObject({ kind: 'settings', total: 1 });
    const c = await diff(file('a.png', png(2, 3)), file('b.bin', png(4, 3)));
    expect(c.body).toMatchObject({ kind: 'image', left: { width: 2 }, right: { width: 4 } });
    const d = await diff(file('a.py', 'x'), file('b.py', 'y'));
    expect(d.body).toEqual({ kind: 'text', left: 'x', right: 'y' });
  });

  it('is asked for when something else is wanted', async () => {
    const pair = [file('a.json', '{"a": 1}'), file('b.json', '{"a": 2}')] as const;
    expect((await diff(...pair, 'text')).body).toMatchObject({ kind: 'text', left: '{"a": 1}' });
    expect((await diff(...pair, 'image')).body.kind).toBe('settings');
  });

  it('is said when they have nothing in common', async () => {
    const { body, notes } = await diff(file('a.png', png(1, 1)), file('b.txt', 'text'));
    expect(body).toEqual({ kind: 'other' });
    expect(notes.join()).toContain('an image');
  });

  it('is the same, byte by byte, in whatever folder', async () => {
    const { identical } = await diff(file('1/a.bin', 'a\0b'), file('2/b.bin', 'a\0b'));
    expect(identical).toBe(true);
    expect((await diff(file('1/a.bin', 'a\0b'), file('2/b.bin', 'a\0c'))).identical).toBe(false);
  });
});

describe('a file that is not what its name says', () => {
  it.each([
    ['half a notebook', 'a.ipynb', '{"cells": [', 'not whole JSON'],
    ['settings with a mistake', 'a.yaml', 'a: [1', ''],
    ['TOML that is none', 'a.toml', 'a = = 1', 'no valid TOML'],
  ])('%s is compared as a text, and says why', async (_, name, content, reason) => {
    const { body, notes } = await diff(
      file(`1/${name}`, content),
      file(`2/${name}`, content + content),
    );
    expect(body.kind).toBe('text');
    expect(notes.join()).toContain(reason);
    expect(notes).not.toEqual([]);
  });

  it('an image that is a text is a text; a table of NULs is neither', async () => {
    expect((await diff(file('a.png', 'hello'), file('b.png', 'world'))).body.kind).toBe('text');
    expect((await diff(file('a.csv', 'a\0'), file('b.csv', 'b\0'))).body.kind).toBe('other');
  });

  it('an image of a billion pixels is not shown', async () => {
    const { body, notes } = await diff(
      file('a.png', png(60_000, 60_000)),
      file('b.png', png(1, 1)),
    );
    expect(body).toEqual({ kind: 'other' });
    expect(notes[0]).toContain('too large');
  });

  it('in another encoding is read, and says so', async () => {
    const old = file('a.txt', Buffer.from('gr\xfc\xdfe', 'latin1'));
    const { body, notes } = await diff(old, file('b.txt', 'grüße'));
    expect(body).toEqual({ kind: 'text', left: 'grüße', right: 'grüße' });
    expect(notes[0]).toContain('windows-1252');
  });

  it('that is not there is said to be missing', async () => {
    const gone = { kind: 'file', path: join(folder, 'gone') } as const;
    await expect(diff(gone, file('a', ''))).rejects.toMatchObject({ code: 'not-found' });
    const itself = { kind: 'file', path: folder } as const;
    await expect(diff(itself, file('a', ''))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('images', () => {
  const bytesOf = (source: ContentSource, output: { cell: number; at: number } | null = null) =>
    handlers['diff.bytes']({ source, output }, { signal: call.signal, emit: async () => {} });

  it('are sent as they are, and nothing else is', async () => {
    const image = png(2, 2);
    expect(await bytesOf(file('a.png', image))).toEqual({
      mime: 'image/png',
      bytes: new Uint8Array(image),
    });
    await expect(bytesOf(file('secret.txt', 'secret'))).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it('of a notebook are sent one by one', async () => {
    const shown = {
      output_type: 'display_data',
      data: { 'image/png': png(2, 2).toString('base64') },
    };
    const source = file(
      'a.ipynb',
      notebook(cell('x', [{ output_type: 'stream', text: 'a' }, shown])),
    );
    expect((await bytesOf(source, { cell: 0, at: 1 })).mime).toBe('image/png');
    await expect(bytesOf(source, { cell: 0, at: 0 })).rejects.toMatchObject({ code: 'not-found' });
    await expect(bytesOf(source, { cell: 9, at: 1 })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('a bundle', () => {
  async function bundle(entries: Record<string, string>): Promise<string> {
    const zip = new yazl.ZipFile();
    for (const [name, text] of Object.entries(entries)) zip.addBuffer(Buffer.from(text), name);
    zip.end();
    const chunks: Buffer[] = [];
    for await (const chunk of zip.outputStream) chunks.push(chunk as Buffer);
    const path = join(folder, 'run.zip');
    writeFileSync(path, Buffer.concat(chunks));
    return path;
  }

  it('is a side like another: its files are listed and compared', async () => {
    const path = await bundle({ 'code/params.yaml': 'lr: 1', 'data/a.csv': 'a\n' });
    const side = { kind: 'bundle', bundle: path } as const;
    const { files } = await handlers['diff.files'](
      { side, limit: 9 },
      { ...call, emit: async () => {} },
    );
    expect(files.map((one) => one.path)).toEqual(['code/params.yaml', 'data/a.csv']);
    const { body } = await diff({ ...side, path: 'code/params.yaml' }, file('b.yaml', 'lr: 2'));
    expect(body).toMatchObject({ changes: [{ path: 'lr', left: '1', right: '2' }] });
  });

  it('that is no zip is refused', async () => {
    const { path } = file('a.zip', 'no zip') as { path: string };
    const source = { kind: 'bundle', bundle: path, path: 'a' } as const;
    await expect(diff(source, file('b', ''))).rejects.toMatchObject({ code: 'corrupt' });
  });
});
