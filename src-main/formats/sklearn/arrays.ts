/** Arrays of a pickle as numbers, a field at a time, and the other attributes of its objects. */
import {
  type InlineBudget,
  PickleBytes,
  PickleDict,
  PickleList,
  PickleObject,
  type PickleValue,
  readArray,
  readScalar,
} from '../pickle/index.ts';
import { countElements } from '../tensor-file.ts';
import { swapBytes, widen } from '../tensor-values.ts';

/** What of the trees cannot be read, in a few words. */
export class UnreadTrees extends Error {}

export class ArrayReader {
  readonly #path: string;
  readonly #budget: InlineBudget;

  constructor(path: string, budget: InlineBudget) {
    this.#path = path;
    this.#budget = budget;
  }

  /** The array that a value is; null when it is none. @throws UnreadTrees */
  array(value: PickleValue | undefined) {
    if (!(value instanceof PickleObject)) return null;
    return readArray(value, this.#path, this.#budget, unread);
  }

  /**
   * Numbers of one field, row by row.
   * @param name empty for an array of plain numbers
   * @returns null when there is no such field
   * @throws UnreadTrees for what are no numbers
   */
  numbers(value: PickleValue | undefined, name = ''): Float64Array | null {
    const array = this.array(value);
    if (array === null || !(array.data instanceof PickleBytes)) return null;
    const { type, elements } = array;
    const field = type.fields.find((one) => one.name === name);
    if (!field) return null;
    const { decode } = field.dtype;
    const inRows = array.axes === null && (!array.fortranOrder || array.shape.length < 2);
    if (decode === null || !inRows) return unread('an array of theirs is of an unknown kind');
    const width = (field.dtype.bits / 8) * (countElements(field.shape) ?? 0);
    const bytes = pick(array.data.read(), elements, type.itemBytes, field.offset, width);
    if (field.bigEndian) swapBytes(bytes, field.dtype);
    const count = bytes.length / (field.dtype.bits / 8);
    const found = new Float64Array(count);
    widen(decode, bytes, count, found);
    return found;
  }

  /** The items of a list or an array of objects, one after the other; null for anything else. */
  objects(value: PickleValue | undefined): readonly PickleValue[] | null {
    if (value instanceof PickleList) return value.items;
    const array = this.array(value);
    return array === null || array.data instanceof PickleBytes ? null : array.data;
  }

  /** A plain number, or one of NumPy. */
  number(value: PickleValue | undefined): number | null {
    if (typeof value === 'number') return value;
    const text = value instanceof PickleObject ? readScalar(value, unread) : null;
    return text === null || Number.isNaN(Number(text)) ? null : Number(text);
  }
}

/** Some bytes of each item, together. */
function pick(from: Buffer, items: number, itemBytes: number, offset: number, width: number) {
  const bytes = new Uint8Array(items * width);
  if (width === itemBytes) bytes.set(from);
  else {
    let to = 0;
    for (let item = 0; item < items; item++) {
      const start = item * itemBytes + offset;
      for (let byte = 0; byte < width; byte++) bytes[to++] = from[start + byte]!;
    }
  }
  return bytes;
}

/** @throws UnreadTrees always */
export function unread(problem: string): never {
  throw new UnreadTrees(problem);
}

/** The attributes of an object; null for anything else. */
export function attributesOf(value: PickleValue | undefined): PickleDict | null {
  const state = value instanceof PickleObject ? value.state : null;
  if (state instanceof PickleDict) return state;
  // Those with slots come second in a pair.
  const [attributes] = state instanceof PickleList ? state.items : [];
  return attributes instanceof PickleDict ? attributes : null;
}
