/**
 * What a pickle describes, as data. No class is looked up and nothing is called: what Python would
 * make an object of stays a record of the call.
 */
import type { ByteRange, InlineContent } from '../tensor-file.ts';

export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | PickleBytes
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleObject
  | PersistentId;

/** A pickle's bytes are in the file or in memory. */
export type StoredContent = ByteRange | InlineContent;

/** Bytes that stay where they are until they are asked for. */
export class PickleBytes {
  readonly kind = 'bytes';
  readonly source: PickleSource;
  readonly offset: number;
  readonly length: number;

  constructor(source: PickleSource, offset: number, length: number) {
    this.source = source;
    this.offset = offset;
    this.length = length;
  }

  read(): Buffer {
    return this.source.read(this.offset, this.length);
  }

  /** Where a tensor finds these bytes; null when they are in memory and too many to hand on. */
  content(): StoredContent | null {
    return this.source.content(this.offset, this.length);
  }
}

/** Where a pickle lies: in a file, or in memory after unpacking. */
export interface PickleSource {
  readonly size: number;
  /** Bytes that must not be changed. @throws CairnError `corrupt` beyond the end */
  read(offset: number, length: number): Buffer;
  content(offset: number, length: number): StoredContent | null;
}

export class PickleList {
  readonly kind = 'list';
  readonly type: 'list' | 'tuple' | 'set';
  readonly items: PickleValue[];

  constructor(type: PickleList['type'], items: PickleValue[]) {
    this.type = type;
    this.items = items;
  }
}

/** Fewer keys than this are looked through one by one. */
const smallDict = 16;

/** Later keys replace equal earlier ones, as in Python, where they are text or numbers. */
export class PickleDict {
  readonly kind = 'dict';
  readonly keys: PickleValue[] = [];
  readonly values: PickleValue[] = [];
  /** Where keys are, once there are too many to look through. */
  #places: Map<PickleValue, number> | null = null;

  set(key: PickleValue, value: PickleValue): void {
    const place = this.#find(key);
    if (place !== -1) {
      this.values[place] = value;
      return;
    }
    this.#places?.set(key, this.keys.length);
    this.keys.push(key);
    this.values.push(value);
    if (this.keys.length === smallDict) {
      this.#places = new Map(this.keys.map((known, index) => [known, index]));
    }
  }

  get(key: string): PickleValue | undefined {
    const place = this.#find(key);
    return place === -1 ? undefined : this.values[place];
  }

  #find(key: PickleValue): number {
    return this.#places ? (this.#places.get(key) ?? -1) : this.keys.indexOf(key);
  }

  *entries(): Generator<readonly [PickleValue, PickleValue], void> {
    for (const [place, key] of this.keys.entries()) yield [key, this.values[place]!];
  }
}

/** A class or function by its name. */
export class PickleGlobal {
  readonly kind = 'global';
  readonly module: string;
  readonly name: string;

  constructor(module: string, name: string) {
    this.module = module;
    this.name = name;
  }

  /** `module.name` */
  get path(): string {
    return `${this.module}.${this.name}`;
  }
}

/** A call that Python would make, and what it would do to the result. */
export class PickleObject {
  readonly kind = 'object';
  readonly callable: PickleValue;
  readonly args: readonly PickleValue[];
  /** What BUILD gives to the object. */
  state: PickleValue | undefined = undefined;
  /** What is appended to it. */
  readonly items: PickleValue[] = [];
  /** What is set in it by key. */
  entries: PickleDict | null = null;

  constructor(callable: PickleValue, args: readonly PickleValue[]) {
    this.callable = callable;
    this.args = args;
  }
}

/** A reference to something outside the pickle. */
export class PersistentId {
  readonly kind = 'persistent';
  readonly id: PickleValue;

  constructor(id: PickleValue) {
    this.id = id;
  }
}

/** The path of what is called (`collections.OrderedDict`); null when that is no global. */
export function calledPath(value: PickleObject): string | null {
  return value.callable instanceof PickleGlobal ? value.callable.path : null;
}

/** The class of an object as far as the pickle tells, also behind `copyreg`'s helpers. */
export function classOf(value: PickleObject): PickleGlobal | null {
  const path = calledPath(value);
  const [first] = value.args;
  if (path !== null && constructors.has(path) && first instanceof PickleGlobal) return first;
  if (value.callable instanceof PersistentId) {
    // PyTorch's older files keep the source of a class beside its name.
    const [kind, type] = listItems(value.callable.id) ?? [];
    return kind === 'module' && type instanceof PickleGlobal ? type : null;
  }
  return value.callable instanceof PickleGlobal ? value.callable : null;
}

const constructors: ReadonlySet<string> = new Set([
  'copyreg._reconstructor',
  'copy_reg._reconstructor',
  'copyreg.__newobj__',
  'copy_reg.__newobj__',
  'copyreg.__newobj_ex__',
]);

const dictClasses: ReadonlySet<string> = new Set([
  'collections.OrderedDict',
  'collections.defaultdict',
  'collections.Counter',
]);

/** Keys and values of a dict or of a class derived from it in the standard library. */
export function dictEntries(
  value: PickleValue,
): Iterable<readonly [PickleValue, PickleValue]> | null {
  if (value instanceof PickleDict) return value.entries();
  if (!(value instanceof PickleObject)) return null;
  const called = classOf(value)?.path;
  if (called === undefined || !dictClasses.has(called)) return null;
  // Python 2 handed the items to the constructor.
  const whole = new PickleDict();
  for (const argument of value.args) {
    if (argument instanceof PickleDict) {
      for (const [key, one] of argument.entries()) whole.set(key, one);
    } else if (argument instanceof PickleList) {
      for (const pair of argument.items) {
        if (pair instanceof PickleList && pair.items.length === 2) {
          whole.set(pair.items[0]!, pair.items[1]!);
        }
      }
    }
  }
  for (const [key, one] of value.entries?.entries() ?? []) whole.set(key, one);
  return whole.entries();
}

/** The items of a list, tuple or set; null for anything else. */
export function listItems(value: PickleValue | undefined): readonly PickleValue[] | null {
  return value instanceof PickleList ? value.items : null;
}

/** A whole number from 0 to 2⁵³ − 1; null for anything else. */
export function sizeOf(value: PickleValue | undefined): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A list or tuple of sizes, `torch.Size` too; null for anything else. */
export function sizesOf(value: PickleValue | undefined): number[] | null {
  const isSize = value instanceof PickleObject && calledPath(value) === 'torch.Size';
  const items = listItems(isSize ? value.args[0] : value);
  const sizes = items?.map(sizeOf);
  return sizes && !sizes.includes(null) ? (sizes as number[]) : null;
}
