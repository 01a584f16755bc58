/** Tensors of PyTorch from the calls that would rebuild them (`torch/_utils.py`). */
import type { DType } from '../dtypes.ts';
import {
  calledPath,
  dictEntries,
  type Gathering,
  listItems,
  PersistentId,
  PickleGlobal,
  PickleObject,
  type PickleValue,
  sizeOf,
  sizesOf,
} from '../pickle/index.ts';
import { spanOf } from '../strided-bytes.ts';
import {
  type ByteRange,
  countElements,
  type InlineContent,
  maxDimensions,
  type StridedContent,
  type TensorContent,
} from '../tensor-file.ts';
import { namedType } from './storages.ts';

/** The bytes that tensors are views of. */
export interface Storage {
  /** Null when its type is not known, and with it how long an element is. */
  readonly dtype: DType | null;
  readonly bytes: ByteRange;
  readonly bigEndian: boolean;
}

export interface TorchContext {
  /** What a persistent id of the pickle stands for; null when it is no storage. */
  storage(id: PersistentId): Storage | null;
  /** Something that is not as PyTorch writes it, in a sentence. */
  suspect(sentence: string): void;
  broken(problem: string): never;
}

/** A view that repeats its storage is left out above both. */
const maxRepeats = 16;
const maxRepeatedBytes = 1 << 30;

/** Takes tensors and storages out of a tree of values; see `GatherOptions.take`. */
export function takeTorch(
  context: TorchContext,
): (
  value: PickleObject | PersistentId,
  name: string,
  depth: number,
  gathering: Gathering,
) => boolean {
  return (value, name, depth, gathering) => {
    if (value instanceof PersistentId) return takeStorage(context, value, name, gathering);
    const called = calledPath(value);
    const taker = called === null ? undefined : takers.get(called);
    if (!taker) return false;
    if (value.entries || value.items.length > 0) {
      context.suspect(
        `${label(name)} is changed after it was made, which PyTorch never writes and which has been used to overwrite memory (CVE-2026-24747).`,
      );
    }
    taker({ context, args: value.args, name, depth, gathering });
    return true;
  };
}

interface Call {
  readonly context: TorchContext;
  readonly args: readonly PickleValue[];
  readonly name: string;
  readonly depth: number;
  readonly gathering: Gathering;
}

type Taker = (call: Call) => void;

/** The dtype comes seventh, as the storage has none. */
const typed: Taker = (call) => {
  const type = call.args[6];
  const dtype = type instanceof PickleGlobal ? namedType(type.path) : null;
  if (dtype) return dense(call, { given: dtype, metadata: call.args[7] });
  call.gathering.note(unknownType(call.name));
};

/** The first argument is what is meant. */
const wrapped: Taker = ({ args, gathering, name, depth }) => {
  if (args[0] !== undefined) gathering.walk(args[0], name, depth);
};

/** `(function, type, arguments, state)`: a class of its own around a plain tensor. */
const subclass: Taker = ({ args, gathering, name, depth, context }) => {
  const [callable, , inner, state] = args;
  const items = listItems(inner);
  if (callable === undefined || !items) return context.broken('a tensor in it has no parts');
  gathering.walk(new PickleObject(callable, items), name, depth);
  if (state instanceof Object) gathering.walk(state, `${name}.state`, depth);
};

/** Sparse by coordinates has two parts, by rows or columns three; what follows is the shape. */
const sparse: Taker = (call) => {
  const tensors = (listItems(call.args[1]) ?? []).filter((part) => part instanceof PickleObject);
  const compressed = tensors.length > 2 && calledPath(tensors[2]!) === calledPath(tensors[0]!);
  const parts = compressed ? ['compressed_indices', 'plain_indices'] : ['indices'];
  inParts([...parts, 'values'], 1)(call);
};

const inParts =
  (parts: readonly string[], argument: number | null): Taker =>
  (call) => {
    const { args, gathering, name, depth } = call;
    const items = argument === null ? args : (listItems(args[argument]) ?? []);
    gathering.note(`${label(name)} is sparse or nested: its parts are compared, not its elements.`);
    for (const [index, part] of parts.entries()) {
      const value = items[index];
      if (value !== undefined) gathering.walk(value, `${name}.${part}`, depth);
    }
  };

/** What the codes stand for comes fifth: `(scheme, scale, zero point)`, or one of each a channel. */
const quantised: Taker = (call) => {
  const { args, gathering, name, depth } = call;
  dense(call);
  const [, scale, zero] = listItems(args[4]) ?? [];
  if (scale !== undefined) gathering.walk(scale, `${name}.scale`, depth);
  if (zero !== undefined) gathering.walk(zero, `${name}.zero_point`, depth);
};

const without: Taker = ({ gathering, name }) =>
  gathering.note(`${label(name)} has no elements in the file and was left out.`);

const takers: ReadonlyMap<string, Taker> = new Map<string, Taker>([
  ['torch._utils._rebuild_tensor', (call) => dense(call)],
  ['torch._utils._rebuild_tensor_v2', (call) => dense(call, { metadata: call.args[6] })],
  ['torch._utils._rebuild_tensor_v3', typed],
  ['torch._utils._rebuild_qtensor', quantised],
  ['torch._utils._rebuild_parameter', wrapped],
  ['torch._utils._rebuild_parameter_with_state', wrapped],
  ['torch.nn.parameter.Parameter', wrapped],
  ['torch.nn.parameter.Buffer', wrapped],
  ['torch._utils._rebuild_device_tensor_from_numpy', wrapped],
  ['torch._utils._rebuild_device_tensor_from_cpu_tensor', wrapped],
  ['torch._utils._rebuild_xla_tensor', wrapped],
  ['torch.jit._pickle.build_intlist', wrapped],
  ['torch.jit._pickle.build_doublelist', wrapped],
  ['torch.jit._pickle.build_boollist', wrapped],
  ['torch.jit._pickle.build_tensorlist', wrapped],
  ['torch.jit._pickle.restore_type_tag', wrapped],
  ['torch._tensor._rebuild_from_type', subclass],
  ['torch._tensor._rebuild_from_type_v2', subclass],
  ['torch.tensor._rebuild_from_type', subclass],
  ['torch._utils._rebuild_sparse_tensor', sparse],
  ['torch._utils._rebuild_sparse_csr_tensor', sparse],
  ['torch._utils._rebuild_nested_tensor', inParts(['values', 'sizes', 'strides', 'offsets'], null)],
  ['torch._utils._rebuild_meta_tensor_no_storage', without],
  ['torch._utils._rebuild_wrapper_subclass', without],
]);

function unknownType(name: string): string {
  return `${label(name)} has elements of an unknown type and was left out.`;
}

function label(name: string): string {
  return name === '' ? 'A tensor' : name;
}

function takeStorage(
  { storage: find }: TorchContext,
  id: PersistentId,
  name: string,
  gathering: Gathering,
): boolean {
  const storage = find(id);
  if (!storage?.dtype) return false;
  gathering.add(name, {
    dtype: storage.dtype,
    shape: [storage.bytes.length / (storage.dtype.bits / 8)],
    bytes: storage.bytes,
    bigEndian: storage.bigEndian,
    fortranOrder: false,
  });
  return true;
}

interface DenseOptions {
  /** The type, where the storage has none. */
  readonly given?: DType;
  /** Says of a tensor that it is a lazy conjugate or negative of what is stored. */
  readonly metadata?: PickleValue | undefined;
}

/** `(storage, offset, size, stride, …)`. */
function dense(call: Call, { given, metadata }: DenseOptions = {}): void {
  const { args, name, gathering } = call;
  const context: TorchContext = call.context;
  const [id, offset, size, stride] = args;
  const storage = id instanceof PersistentId ? context.storage(id) : null;
  const [start, shape, strides] = [sizeOf(offset), sizesOf(size), sizesOf(stride)];
  if (!storage || start === null || !shape || !strides) {
    context.broken(`the parts of the tensor ${JSON.stringify(name)} cannot be read`);
  }
  const dtype = given ?? storage.dtype;
  const signs = new Map(dictEntries(metadata ?? null) ?? []);
  const [conjugate, negative] = [signs.get('conj') === true, signs.get('neg') === true];
  if (!dtype) gathering.note(unknownType(name));
  else if (negative && !/^(f(16|32|64)|bf16|c\d+)$/.test(dtype.name)) {
    gathering.note(`${label(name)} is the negative of whole numbers and was left out.`);
  } else {
    const view = { start, shape, strides, conjugate, negative };
    addView({ ...storage, dtype }, view, { context, name, gathering });
  }
}

export interface View {
  /** In elements, as the strides. */
  readonly start: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Whether it is the conjugate, or the negative, of what is stored. */
  readonly conjugate?: boolean;
  readonly negative?: boolean;
}

/** Adds a tensor that is a view of a storage. */
export function addView(
  storage: Storage & { readonly dtype: DType },
  view: View,
  { context, name, gathering }: Pick<Call, 'context' | 'name' | 'gathering'>,
): void {
  const { dtype, bigEndian } = storage;
  const bytes = locate(storage.bytes, dtype, view, JSON.stringify(name), context);
  if (bytes === null) {
    gathering.note(`${label(name)} repeats a small storage many times and was left out.`);
  } else {
    const { shape } = view;
    const content = withSigns(bytes, storage, view);
    gathering.add(name, { dtype, shape, bytes: content, bigEndian, fortranOrder: false });
  }
}

/** The signs that a view says its numbers have; the second half of a complex one is the imaginary. */
function withSigns(
  base: ViewContent,
  { dtype, bigEndian }: Storage & { readonly dtype: DType },
  { conjugate = false, negative = false }: View,
): TensorContent {
  const complex = /^c\d/.test(dtype.name);
  const every = dtype.bits / 8;
  const word = complex ? every / 2 : every;
  const sign = bigEndian ? 0 : word - 1;
  const signs = [
    ...(negative ? [sign] : []),
    ...(complex && conjugate !== negative ? [word + sign] : []),
  ];
  return signs.length === 0 ? base : { kind: 'negated', base, length: base.length, every, signs };
}

type ViewContent = ByteRange | StridedContent | InlineContent;

/** Where the elements of a view are; null when it repeats its storage beyond reason. */
function locate(
  base: ByteRange,
  dtype: DType,
  { start, shape, strides }: View,
  title: string,
  { broken }: Pick<TorchContext, 'broken'>,
): ViewContent | null {
  const itemBytes = dtype.bits / 8;
  const elements = countElements(shape);
  if (elements === null || shape.length > maxDimensions) {
    return broken(`the shape of the tensor ${title} is larger than any file`);
  }
  if (strides.length !== shape.length)
    return broken(`the tensor ${title} has not one stride for each dimension`);
  const length = elements * itemBytes;
  const at = start * itemBytes;
  const view = { itemBytes, shape, strides: strides.map((stride) => stride * itemBytes) };
  if (length > 0 && at + spanOf(view) > base.length)
    return broken(`the tensor ${title} reaches beyond its storage`);
  if (length === 0 || isContiguous(shape, strides)) return part(base, at, length, view);
  if (length > maxRepeatedBytes && length > base.length * maxRepeats) return null;
  return { kind: 'strided', base, length, ...view, start: at };
}

function part(
  base: ByteRange,
  at: number,
  length: number,
  view: Pick<StridedContent, 'itemBytes' | 'shape' | 'strides'>,
): ViewContent {
  if (at === 0 && length === base.length) return base;
  if (length === 0) return { kind: 'inline', length, bytes: new Uint8Array(0) };
  if (base.compression === 'none')
    return { ...base, offset: base.offset + at, stored: length, length };
  return { kind: 'strided', base, length, ...view, start: at };
}

function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let expected = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== expected) return false;
    expected *= shape[axis]!;
  }
  return true;
}
