/**
 * The pickle machine: protocols 0 to 5 after CPython's `pickletools`. It builds records of what a
 * pickle describes (`values.ts`), looks up nothing and calls nothing, and gives up on a pickle that
 * wants more of anything than a model could need.
 */
import { PickleInput } from './input.ts';
import { type Opcode, opcodes } from './opcodes.ts';
import {
  PersistentId,
  PickleBytes,
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  type PickleSource,
  type PickleValue,
} from './values.ts';

const maxOpcodes = 16_000_000;
/** Lists, dicts, objects and names, each of which takes some hundred bytes. */
const maxContainers = 1_000_000;
const maxMemo = 4_000_000;
const maxMarks = 10_000;
const maxStack = 4_000_000;
/** Text, and numbers of many digits. */
const maxHeldBytes = 256 * 1024 * 1024;

export interface PickleRun {
  readonly value: PickleValue;
  /** Where the pickle ends in its source. */
  readonly end: number;
}

export interface PickleOptions {
  /** Says what is wrong with the file, naming it. */
  broken(problem: string): never;
  /** Every class and function that the pickle names, called or not. */
  onGlobal(global: PickleGlobal): void;
  /** Every reference to something outside, in the order of the pickle. */
  onPersistent?(id: PersistentId): void;
  /**
   * Called when an object has got its state. Formats that put bytes between the opcodes take them
   * here, with `input`, and give what the object stands for.
   */
  onBuilt?(object: PickleObject, input: PickleInput): PickleValue;
}

/**
 * Follows one pickle to its STOP.
 * @throws what `options.broken` throws
 */
export function runPickle(source: PickleSource, at: number, options: PickleOptions): PickleRun {
  const machine = new PickleMachine(new PickleInput(source, at, options.broken), options);
  return { value: machine.run(), end: machine.input.at };
}

/** The state that opcodes work on. */
export class PickleMachine {
  readonly input: PickleInput;
  readonly options: PickleOptions;
  readonly memo = new Map<number, PickleValue>();
  readonly #stack: PickleValue[] = [];
  /** Heights of the stack at each mark. */
  readonly #marks: number[] = [];
  #containers = 0;
  #heldBytes = 0;
  #stopped = false;

  constructor(input: PickleInput, options: PickleOptions) {
    this.input = input;
    this.options = options;
  }

  run(): PickleValue {
    for (let count = 0; !this.#stopped; count++) {
      if (count === maxOpcodes) return this.broken('it has over 16 million instructions');
      const opcode: Opcode | undefined = opcodes[this.input.u8()];
      if (!opcode)
        return this.broken(`it holds an unknown instruction (byte ${this.input.at - 1})`);
      opcode(this);
    }
    const value = this.pop();
    if (this.#stack.length > 0 || this.#marks.length > 0) {
      return this.broken('it ends with values left over');
    }
    return value;
  }

  broken(problem: string): never {
    return this.options.broken(problem);
  }

  stop(): void {
    this.#stopped = true;
  }

  push(value: PickleValue): void {
    if (this.#stack.length === maxStack) this.broken('it needs too much memory');
    this.#stack.push(value);
  }

  /** A new container. Every one is counted, as small files could otherwise fill the memory. */
  pushContainer(value: PickleList | PickleDict | PickleObject): void {
    this.#countContainer();
    this.push(value);
  }

  pushGlobal(module: string, name: string): PickleGlobal {
    this.#countContainer();
    const value = new PickleGlobal(module, name);
    this.options.onGlobal(value);
    this.push(value);
    return value;
  }

  pushPersistent(id: PickleValue): void {
    this.#countContainer();
    const value = new PersistentId(id);
    this.options.onPersistent?.(value);
    this.push(value);
  }

  pushBytes(length: number): void {
    const { source, at } = this.input;
    if (length > source.size - at) this.broken('it ends inside a value');
    this.input.skip(length);
    this.#countContainer();
    this.push(new PickleBytes(source, at, length));
  }

  /** The next bytes, which are about to be held in memory as text or a number. */
  held(length: number): Buffer {
    const left = this.input.source.size - this.input.at;
    if (length > left) this.broken('it ends inside a value');
    this.#hold(length);
    return this.input.bytes(length);
  }

  line(limit: number): string {
    const text = this.input.line(limit);
    this.#hold(text.length);
    return text;
  }

  #hold(bytes: number): void {
    this.#heldBytes += bytes;
    if (this.#heldBytes > maxHeldBytes) this.broken('it needs too much memory');
  }

  pop(): PickleValue {
    const floor = this.#marks.at(-1) ?? 0;
    if (this.#stack.length <= floor) return this.broken('it takes a value that is not there');
    return this.#stack.pop() as PickleValue;
  }

  top(): PickleValue {
    const value = this.pop();
    this.#stack.push(value);
    return value;
  }

  mark(): void {
    if (this.#marks.length === maxMarks) this.broken('it is nested too deeply');
    this.#marks.push(this.#stack.length);
  }

  /** Everything above the last mark, which goes. */
  popMark(): PickleValue[] {
    const mark = this.#marks.pop();
    if (mark === undefined) return this.broken('it takes a value that is not there');
    return this.#stack.splice(mark);
  }

  /** POP also takes away a mark. */
  discard(): void {
    if (this.#marks.at(-1) === this.#stack.length) this.#marks.pop();
    else this.pop();
  }

  remember(place: number): void {
    if (this.memo.size === maxMemo) this.broken('it needs too much memory');
    this.memo.set(place, this.top());
  }

  recall(place: number): void {
    const value = this.memo.get(place);
    if (value === undefined) this.broken('it refers to a value that is not there');
    else this.push(value);
  }

  /** An object made by calling `callable`; extra arguments by name follow as one dict. */
  make(callable: PickleValue, args: PickleValue): void {
    if (!(args instanceof PickleList)) this.broken('a call in it has no list of arguments');
    this.pushContainer(new PickleObject(callable, args.items));
  }

  append(target: PickleValue, items: readonly PickleValue[]): void {
    if (target instanceof PickleList && target.type !== 'tuple') addAll(target.items, items);
    else if (target instanceof PickleObject) addAll(target.items, items);
    else this.broken('it appends to what is no list');
  }

  setItems(target: PickleValue, pairs: readonly PickleValue[]): void {
    if (pairs.length % 2 !== 0) this.broken('a key in it has no value');
    if (target instanceof PickleObject) target.entries ??= new PickleDict();
    const dict = target instanceof PickleObject ? target.entries : target;
    if (!(dict instanceof PickleDict)) this.broken('it sets keys in what is no dict');
    for (let at = 0; at < pairs.length; at += 2) dict.set(pairs[at]!, pairs[at + 1]!);
  }

  build(): void {
    const state = this.pop();
    const target = this.pop();
    if (!(target instanceof PickleObject)) {
      this.broken('it gives a state to what is no object');
    }
    target.state = state;
    this.push(this.options.onBuilt?.(target, this.input) ?? target);
  }

  #countContainer(): void {
    if (++this.#containers > maxContainers) this.broken('it needs too much memory');
  }
}

/** `push(...items)` would overflow the stack with many. */
function addAll(into: PickleValue[], items: readonly PickleValue[]): void {
  for (const item of items) into.push(item);
}
