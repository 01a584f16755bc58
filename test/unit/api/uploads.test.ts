import { existsSync, readdirSync, readFileSync, utimesSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { safeName, uploadHandlers } from '../../../src-main/api/uploads.ts';
import { tempFolder } from '../../support/temp.ts';

const call = { signal: new AbortController().signal, emit: async () => {} };
const bytes = (text: string) => new TextEncoder().encode(text);

function handlers(now?: () => number) {
  const cache = tempFolder();
  return { cache, ...uploadHandlers(cache, now) };
}

describe('uploads', () => {
  it('put pieces together in a folder of their own', async () => {
    const api = handlers();
    const { id, path } = await api['uploads.begin']({ name: '模型.safetensors', size: 9 }, call);
    expect(basename(path)).toBe('模型.safetensors');
    expect(await api['uploads.append']({ id, offset: 0, bytes: bytes('wei') }, call)).toEqual({
      size: 3,
    });
    await api['uploads.append']({ id, offset: 3, bytes: bytes('ghts') }, call);
    expect(readFileSync(path, 'utf8')).toBe('weights');
    const other = await api['uploads.begin']({ name: '模型.safetensors', size: 9 }, call);
    expect(other.path).not.toBe(path);
  });

  it('refuse a piece that does not follow, and one of an upload that is gone', async () => {
    const api = handlers();
    const { id, path } = await api['uploads.begin']({ name: 'a.zip', size: 9 }, call);
    await expect(
      api['uploads.append']({ id, offset: 5, bytes: bytes('x') }, call),
    ).rejects.toMatchObject({ code: 'invalid' });
    await api['uploads.discard']({ id }, call);
    expect(existsSync(dirname(path))).toBe(false);
    await expect(
      api['uploads.append']({ id, offset: 0, bytes: bytes('x') }, call),
    ).rejects.toMatchObject({ code: 'not-found' });
    await api['uploads.discard']({ id }, call);
  });

  it('go after a day', async () => {
    const api = handlers();
    const { path } = await api['uploads.begin']({ name: 'a.zip', size: 9 }, call);
    const longAgo = Date.now() / 1000 - 25 * 3600;
    utimesSync(dirname(path), longAgo, longAgo);
    await api['uploads.begin']({ name: 'b.zip', size: 9 }, call);
    expect(readdirSync(join(api.cache, 'uploads'))).toHaveLength(1);
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ['model.pt', 'model.pt'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\me\\model.pt', 'model.pt'],
    ['a\0b?.onnx', 'a_b_.onnx'],
    ['..', 'file-'],
    ['', 'file-'],
    ['.bashrc', 'file-.bashrc'],
    ['NUL.pt', 'file-NUL.pt'],
    [`${'x'.repeat(400)}.gguf`, `${'x'.repeat(195)}.gguf`],
    [`${'模'.repeat(200)}.pt`, `${'模'.repeat(65)}.pt`],
  ])('call %j a file that every system takes', (name, safe) => {
    expect(safeName(name)).toBe(safe);
  });
});
