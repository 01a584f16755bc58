/** From the values of a pickle to named tensors and a few words about the rest. */
import { countElements, type TensorContent, type TensorInfo } from '../tensor-file.ts';
import { describe, scalarText } from './describe.ts';
import {
  type ArrayField,
  bytesOf,
  type NumpyArray,
  readArray,
  readMasked,
  readScalar,
} from './numpy.ts';
import type { InlineBudget } from './source.ts';
import {
  classOf,
  dictEntries,
  PersistentId,
  PickleBytes,
  PickleDict,
  PickleList,
  PickleObject,
  type PickleValue,
  type StoredContent,
} from './values.ts';

const maxTensors = 200_000;
const maxVisits = 4_000_000;
const maxDepth = 200;
const maxMetadata = 2000;
const maxNotes = 200;
const maxName = 4096;
/** Of all names together. */
const maxNameChars = 64 * 1024 * 1024;

export interface GatherOptions {
  readonly path: string;
  readonly budget: InlineBudget;
  /** The name of a tensor that is the whole file. */
  readonly rootName: string;
  broken(problem: string): never;
  /** Takes what the format knows; false for what is to be walked through. */
  take?(
    value: PickleObject | PersistentId,
    name: string,
    depth: number,
    gathering: Gathering,
  ): boolean;
}

export type GatheredTensor = Omit<TensorInfo, 'name' | 'elements'>;

/** Tensors by where they are in a tree of values, as they are found. */
export class Gathering {
  readonly tensors: TensorInfo[] = [];
  readonly metadata = new Map<string, string>();
  readonly notes: string[] = [];
  readonly #options: GatherOptions;
  /** How many tensors have each name so far. */
  readonly #names = new Map<string, number>();
  #nameChars = 0;
  /** What is being walked through: a value inside itself is not followed. */
  readonly #open = new Set<PickleValue>();
  #visits = 0;
  #unsaid = 0;

  constructor(options: GatherOptions) {
    this.#options = options;
  }

  add(name: string, tensor: GatheredTensor): void {
    if (this.tensors.length === maxTensors) {
      this.#options.broken('it holds over 200 000 tensors');
    }
    const plain = name === '' ? this.#options.rootName : name;
    this.#nameChars += plain.length;
    if (plain.length > maxName || this.#nameChars > maxNameChars) {
      this.#options.broken('the names of its tensors are too long');
    }
    let unique = plain;
    let count = this.#names.get(plain) ?? 1;
    for (; this.#names.has(unique); count++) unique = `${plain} (${count + 1})`;
    this.#names.set(plain, count);
    if (unique !== plain) this.#names.set(unique, 1);
    this.tensors.push({
      ...tensor,
      name: unique,
      elements: countElements(tensor.shape) ?? 0,
    });
  }

  note(sentence: string): void {
    if (this.notes.length < maxNotes) this.notes.push(sentence);
    else this.#unsaid++;
  }

  say(name: string, text: string): void {
    if (this.metadata.size < maxMetadata && name.length <= maxName) this.metadata.set(name, text);
    else this.#unsaid++;
  }

  /** Finds the tensors in `value`, which is called `name`. */
  walk(value: PickleValue, name: string, depth = 0): void {
    // A long list costs as much as it takes to look through, however often it is met.
    this.#visits += 1 + (value instanceof PickleList ? value.items.length >> 4 : 0);
    if (this.#visits > maxVisits) this.#options.broken('it refers to itself too often');
    const text = describe(value);
    if (text !== null) {
      if (name !== '') this.say(name, text);
      return;
    }
    if (this.#open.has(value)) return;
    if (depth > maxDepth) this.#options.broken('it is nested too deeply');
    this.#open.add(value);
    this.#walkInto(value, name, depth + 1);
    this.#open.delete(value);
  }

  finish(): void {
    if (this.#unsaid > 0) this.notes.push(`${this.#unsaid} smaller things are not shown.`);
  }

  #walkInto(value: PickleValue, name: string, depth: number): void {
    const { take } = this.#options;
    if (value instanceof PersistentId) {
      if (!take?.(value, name, depth, this)) this.note(`${label(name)} lies outside the file.`);
    } else if (value instanceof PickleList) {
      for (const [index, item] of value.items.entries()) {
        this.walk(item, join(name, index), depth);
      }
    } else if (value instanceof PickleDict) this.#walkEntries(value.entries(), name, depth);
    else if (value instanceof PickleObject) this.#walkObject(value, name, depth);
    else if (value instanceof PickleBytes) this.#addBytes(value, name);
  }

  #walkEntries(
    entries: Iterable<readonly [PickleValue, PickleValue]>,
    name: string,
    depth: number,
  ): void {
    for (const [key, value] of entries) this.walk(value, join(name, this.#keyText(key)), depth);
  }

  #keyText(key: PickleValue): string {
    const scalar = key instanceof PickleObject ? readScalar(key, this.#options.broken) : null;
    return scalar ?? scalarText(key);
  }

  #walkObject(value: PickleObject, name: string, depth: number): void {
    const { take, path, budget, broken } = this.#options;
    if (take?.(value, name, depth, this)) return;
    const masked = readMasked(value, path, budget, broken);
    if (masked) {
      this.#addArray(masked.data, name, depth);
      if (masked.mask) this.#addArray(masked.mask, join(name, 'mask'), depth);
      return;
    }
    const array = readArray(value, path, budget, broken);
    const scalar = array ? null : readScalar(value, broken);
    const bytes = array || scalar !== null ? null : bytesOf(value, path, budget);
    // What hangs on a dict besides its keys are its versions, which nobody asked for.
    const entries = array || scalar !== null ? null : dictEntries(value);
    if (array) this.#addArray(array, name, depth);
    else if (scalar !== null) this.say(name === '' ? this.#options.rootName : name, scalar);
    else if (bytes) this.#addBytes(bytes, name);
    else if (entries) this.#walkEntries(entries, name, depth);
    else this.#walkParts(value, name, depth);
  }

  #walkParts(value: PickleObject, name: string, depth: number): void {
    const type = classOf(value)?.path;
    if (type !== undefined) this.say(name === '' ? 'class' : name, type);
    for (const [index, part] of value.args.entries()) {
      if (hasContent(part)) this.walk(part, join(name, `args.${index}`), depth);
    }
    this.#walkState(value.state, name, depth);
    for (const [index, item] of value.items.entries()) this.walk(item, join(name, index), depth);
    if (value.entries) this.#walkEntries(value.entries.entries(), name, depth);
  }

  /** Attributes; those with slots come second in a pair. */
  #walkState(state: PickleValue | undefined, name: string, depth: number): void {
    if (state === undefined || state === null) return;
    const [attributes, slots] = state instanceof PickleList ? state.items : [];
    const pair = state instanceof PickleList && state.items.length === 2;
    if (pair && (attributes === null || attributes instanceof PickleDict)) {
      this.#walkState(attributes, name, depth);
      if (slots instanceof PickleDict) this.#walkState(slots, name, depth);
    } else if (state instanceof PickleDict && state.get('_modules') !== undefined) {
      this.#walkModule(state, name, depth);
    } else if (state instanceof PickleDict) this.#walkEntries(state.entries(), name, depth);
    else this.walk(state, join(name, 'state'), depth);
  }

  /** A module of PyTorch: what it holds goes by the names of its `state_dict()`. */
  #walkModule(state: PickleDict, name: string, depth: number): void {
    for (const [key, value] of state.entries()) {
      if (typeof key !== 'string' || !moduleParts.has(key)) continue;
      const held = dictEntries(value);
      if (held) this.#walkEntries(held, name, depth);
    }
    for (const [key, value] of state.entries()) {
      const text = typeof key === 'string' && !key.startsWith('_') ? describe(value) : null;
      if (text !== null) this.say(join(name, String(key)), text);
    }
  }

  #addArray(array: NumpyArray, name: string, depth: number): void {
    const { data, type } = array;
    if (!(data instanceof PickleBytes)) {
      for (const [index, item] of data.entries()) this.walk(item, join(name, index), depth);
      return;
    }
    const content = data.content();
    if (type.objects) this.note(`${label(name)} mixes numbers with objects and was left out.`);
    else if (content) for (const field of type.fields) this.#addField(array, field, content, name);
    else this.note(`${label(name)} is too large to be read from a packed file.`);
  }

  #addField(array: NumpyArray, field: ArrayField, content: StoredContent, name: string): void {
    const { dtype, bigEndian, shape } = field;
    const shared = { dtype, bigEndian, shape: [...permuted(array.shape, array.axes), ...shape] };
    const plain = field.name === '' && shape.length === 0 && array.axes === null;
    if (plain) {
      const fortranOrder = array.fortranOrder && isMatrix(array.shape);
      this.add(name, { ...shared, bytes: content, fortranOrder });
    } else {
      const bytes = fieldContent(content, array, field);
      const full = field.name === '' ? name : join(name, field.name);
      this.add(full, { ...shared, bytes, fortranOrder: false });
    }
  }

  /** Bytes that are no array: text of a tokenizer, a booster in its own format. */
  #addBytes(value: PickleBytes, name: string): void {
    this.say(name === '' ? this.#options.rootName : name, `${value.length} bytes`);
  }
}

const moduleParts: ReadonlySet<string> = new Set(['_parameters', '_buffers', '_modules']);

/** With fewer than two dimensions over 1, rows and columns are the same. */
function isMatrix(shape: readonly number[]): boolean {
  return shape.filter((size) => size !== 1).length > 1;
}

function hasContent(value: PickleValue): boolean {
  return (
    value instanceof PickleObject || value instanceof PickleDict || value instanceof PickleList
  );
}

function join(name: string, key: string | number): string {
  return name === '' ? String(key) : `${name}.${key}`;
}

function label(name: string): string {
  return name === '' ? 'A value' : name;
}

/** One field of all items: every so many bytes. */
function fieldContent(
  content: StoredContent,
  { type, shape, elements, fortranOrder, axes }: NumpyArray,
  field: ArrayField,
): TensorContent {
  const itemBytes = field.dtype.bits / 8;
  const inner = rowStrides(field.shape, itemBytes);
  const outer = fortranOrder
    ? rowStrides(shape.toReversed(), type.itemBytes).reverse()
    : rowStrides(shape, type.itemBytes);
  const count = elements * (countElements(field.shape) ?? 0);
  return {
    kind: 'strided',
    base: content,
    length: count * itemBytes,
    itemBytes,
    shape: [...permuted(shape, axes), ...field.shape],
    strides: [...permuted(outer, axes), ...inner],
    start: field.offset,
  };
}

function permuted(sizes: readonly number[], axes: readonly number[] | null): readonly number[] {
  return axes?.map((axis) => sizes[axis]!) ?? sizes;
}

function rowStrides(shape: readonly number[], itemBytes: number): number[] {
  const strides: number[] = [];
  let stride = itemBytes;
  for (const size of shape.toReversed()) {
    strides.unshift(stride);
    stride *= size;
  }
  return strides;
}

/** Gathers everything in `value`. */
export function gather(value: PickleValue, options: GatherOptions): Gathering {
  const gathering = new Gathering(options);
  gathering.walk(value, '');
  gathering.finish();
  return gathering;
}
