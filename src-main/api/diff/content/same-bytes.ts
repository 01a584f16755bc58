/** Whether two files are the same, byte by byte, without holding either. */
import { open } from 'node:fs/promises';
import type { Work } from '../../../base/progress.ts';
import type { Content } from './locate.ts';

const pieceBytes = 4 * 2 ** 20;

export async function sameBytes(left: Content, right: Content, work: Work): Promise<boolean> {
  if (left.file === null || right.file === null) return left.file === right.file;
  if (left.size !== right.size) return false;
  if (left.file === right.file) return true;
  await using files = new AsyncDisposableStack();
  const a = files.adopt(await open(left.file, 'r'), (file) => file.close());
  const b = files.adopt(await open(right.file, 'r'), (file) => file.close());
  const [one, two] = [Buffer.alloc(pieceBytes), Buffer.alloc(pieceBytes)];
  for (let at = 0; ; ) {
    work.signal?.throwIfAborted();
    const [x, y] = await Promise.all([
      a.read(one, 0, pieceBytes, at),
      b.read(two, 0, pieceBytes, at),
    ]);
    if (x.bytesRead !== y.bytesRead) return false;
    if (x.bytesRead === 0) return true;
    if (Buffer.compare(one.subarray(0, x.bytesRead), two.subarray(0, y.bytesRead)) !== 0) {
      return false;
    }
    at += x.bytesRead;
    work.onProgress?.({ phase: 'content', done: at, total: left.size ?? 0, unit: 'bytes' });
  }
}
