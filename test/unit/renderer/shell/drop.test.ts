import { describe, expect, it, vi } from 'vitest';
import { sortDrop } from '../../../../src-renderer/shell/drop/sort-drop.ts';
import { upload } from '../../../../src-renderer/shell/drop/upload.ts';

const file = (name: string) => ({ name, folder: false });
const folder = (name: string) => ({ name, folder: true });

describe('what is dropped on the window', () => {
  it.each([
    ['a folder is opened', [folder('penguins')], { kind: 'folder' }],
    ['also one that is called like a model', [folder('model.pt')], { kind: 'folder' }],
    ['a bundle is verified', [file('run-02.7.crate.ZIP')], { kind: 'bundle' }],
    ['a model is looked into', [file('model.safetensors')], { kind: 'models' }],
    ['two models are compared', [file('a.onnx'), file('b.gguf')], { kind: 'models' }],
    ['also under names that others have', [file('pytorch_model.bin')], { kind: 'models' }],
    ['nothing', [], { kind: 'refused', why: 'nothing' }],
    ['a model and a bundle', [file('a.pt'), file('b.zip')], { kind: 'refused', why: 'several' }],
    ['two folders', [folder('a'), folder('b')], { kind: 'refused', why: 'several' }],
    [
      'three models',
      [file('a.pt'), file('b.pt'), file('c.pt')],
      { kind: 'refused', why: 'several' },
    ],
    ['what is none of these', [file('photo.jpeg')], { kind: 'refused', why: 'unknown' }],
  ])('%s', (_what, items, wish) => {
    expect(sortDrop(items)).toEqual(wish);
  });
});

describe('an upload', () => {
  const size = 9 * 2 ** 20;
  const source = Object.assign(new Blob([new Uint8Array(size).map((_, i) => i)]), { name: 'm.pt' });

  it('goes in pieces, in order, and says how far it is', async () => {
    const got: Uint8Array[] = [];
    const call = vi.fn(async (name: string, input: { offset?: number; bytes?: Uint8Array }) => {
      if (name === 'uploads.begin') return { id: 'i', path: '/cache/m.pt' };
      const before = got.reduce((sum, piece) => sum + piece.length, 0);
      expect(input.offset).toBe(before);
      got.push(input.bytes ?? new Uint8Array());
      return { size: before + (input.bytes?.length ?? 0) };
    });
    const reports: number[] = [];
    const { signal } = new AbortController();
    const path = await upload(call as never, source, signal, (done) => reports.push(done));
    expect(path).toBe('/cache/m.pt');
    expect(Buffer.concat(got).equals(await source.bytes())).toBe(true);
    expect(reports).toEqual([4 * 2 ** 20, 8 * 2 ** 20, size]);
  });

  it('leaves nothing behind when it is stopped', async () => {
    const abort = new AbortController();
    const calls: string[] = [];
    const call = async (name: string) => {
      calls.push(name);
      if (name === 'uploads.append') abort.abort();
      return { id: 'i', path: '/cache/m.pt', size: 4 * 2 ** 20 };
    };
    await expect(upload(call as never, source, abort.signal, () => {})).rejects.toThrow();
    expect(calls).toEqual(['uploads.begin', 'uploads.append', 'uploads.discard']);
  });
});
