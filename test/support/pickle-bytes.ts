/** Pickles put together by hand, for what no pickler would write. */

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Values as opcodes: each function gives the code that pushes one. */
export const p = {
  raw: (text: string) => Buffer.from(text, 'latin1'),
  text: (text: string) =>
    Buffer.concat([Buffer.from('X'), u32(Buffer.byteLength(text)), Buffer.from(text)]),
  bytes: (bytes: Buffer) => Buffer.concat([Buffer.from('B'), u32(bytes.length), bytes]),
  int: (value: number) => {
    const bytes = Buffer.alloc(5);
    bytes.write('J');
    bytes.writeInt32LE(value, 1);
    return bytes;
  },
  none: Buffer.from('N'),
  false: Buffer.from([0x89]),
  global: (module: string, name: string) => Buffer.from(`c${module}\n${name}\n`),
  tuple: (...items: Buffer[]) => Buffer.concat([Buffer.from('('), ...items, Buffer.from('t')]),
  list: (...items: Buffer[]) => Buffer.concat([Buffer.from('('), ...items, Buffer.from('l')]),
  dict: (...pairs: Array<[Buffer, Buffer]>) =>
    Buffer.concat([Buffer.from('('), ...pairs.flat(), Buffer.from('d')]),
  call: (callable: Buffer, ...args: Buffer[]) =>
    Buffer.concat([callable, p.tuple(...args), Buffer.from('R')]),
  persistent: (id: Buffer) => Buffer.concat([id, Buffer.from('Q')]),
  sequence: (...parts: Buffer[]) => Buffer.concat(parts),
};

/** A whole pickle of protocol 2. */
export function pickleBytes(...parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([0x80, 2]), ...parts, Buffer.from('.')]);
}

/** `('storage', torch.<type>Storage, key, 'cpu', count)`, as torch refers to a storage. */
export function storageId(type: string, key: string, count: number, ...more: Buffer[]): Buffer {
  const storage = p.global('torch', `${type}Storage`);
  return p.persistent(
    p.tuple(p.text('storage'), storage, p.text(key), p.text('cpu'), p.int(count), ...more),
  );
}

/** A call that rebuilds a tensor as a view of a storage. */
export function tensorCall(
  storage: Buffer,
  view: { offset?: number; shape: number[]; strides: number[]; metadata?: Buffer },
): Buffer {
  return p.call(
    p.global('torch._utils', '_rebuild_tensor_v2'),
    storage,
    p.int(view.offset ?? 0),
    p.tuple(...view.shape.map(p.int)),
    p.tuple(...view.strides.map(p.int)),
    p.false,
    p.call(p.global('collections', 'OrderedDict')),
    ...(view.metadata ? [view.metadata] : []),
  );
}
