/** A file of PyTorch's first format, a tar of pickles and numbers, which nothing writes any more. */
import { p, pickleBytes } from './pickle-bytes.ts';
import { tarBytes } from './tar-bytes.ts';

const int64 = (...values: number[]) => Buffer.from(BigInt64Array.from(values, BigInt).buffer);
const key = p.int(94_001);
const view = p.int(94_002);

/** The storages 1, 2, 3, 4 and its second half; with other bytes for the type or the length. */
export function storagesOf(type = p.global('torch', 'FloatStorage'), count = 4): Buffer {
  return Buffer.concat([
    pickleBytes(p.int(1)),
    pickleBytes(p.tuple(key, p.text('cpu'), type)),
    int64(count),
    Buffer.from(Float32Array.of(1, 2, 3, 4).buffer),
    pickleBytes(p.list(p.tuple(view, key, p.int(2), p.int(2)))),
  ]);
}

/** `w`, a transposed matrix, and `v`, the second half. */
export function firstMembers() {
  return {
    sys_info: pickleBytes(
      p.dict([p.text('protocol_version'), p.int(1000)], [p.text('little_endian'), p.raw('\x88')]),
    ),
    pickle: pickleBytes(
      p.dict([p.text('w'), p.persistent(p.text('1'))], [p.text('v'), p.persistent(p.text('2'))]),
    ),
    tensors: Buffer.concat([
      pickleBytes(p.int(2)),
      pickleBytes(p.tuple(p.int(1), key, p.global('torch', 'FloatTensor'))),
      int64(2, 2, 2, 1, 2, 0),
      pickleBytes(p.tuple(p.int(2), view, p.global('torch', 'FloatTensor'))),
      int64(1, 2, 1, 0),
    ]),
    storages: storagesOf(),
  };
}

export function firstFormat(): Buffer {
  return tarBytes(firstMembers());
}
