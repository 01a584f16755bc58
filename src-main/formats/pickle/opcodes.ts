/** What each opcode does to the machine; names as in CPython's `pickle.py`. */
import type { PickleMachine } from './machine.ts';
import {
  decodeLong,
  parseFloatText,
  parseInteger,
  parseQuoted,
  parseRawUnicode,
} from './text-numbers.ts';
import { PickleDict, PickleGlobal, PickleList, PickleObject, type PickleValue } from './values.ts';

export type Opcode = (machine: PickleMachine) => void;

/** No number in a model has more bytes or digits. */
const maxNumberBytes = 1024;
/** Longer than any path of a module or class. */
const maxNameLength = 512;
/** Longer strings of Python 2 are the elements of arrays. */
const maxShortString = 4096;
const maxLine = 16 * 1024 * 1024;
const newestProtocol = 5;

const integer: Opcode = (m) => {
  const text = m.line(maxNumberBytes);
  if (text === '00' || text === '01') m.push(text === '01');
  else m.push(parseInteger(text) ?? m.broken('a number in it cannot be read'));
};

const long = (m: PickleMachine, length: number) => {
  if (length < 0 || length > maxNumberBytes) m.broken('a number in it is too long');
  m.push(decodeLong(m.held(length)));
};

/** Python 2's strings: names, and in NumPy's arrays the elements. */
const string = (m: PickleMachine, length: number) => {
  if (length < 0) m.broken('it ends inside a value');
  if (length > maxShortString) m.pushBytes(length);
  else m.push(m.held(length).toString('latin1'));
};

/** Python writes lone surrogates as they are; they become U+FFFD, as they mean nothing here. */
const unicode = (m: PickleMachine, length: number) => m.push(m.held(length).toString('utf8'));

const tuple = (m: PickleMachine, count: number) => {
  const items: PickleValue[] = [];
  for (let index = 0; index < count; index++) items.push(m.pop());
  m.pushContainer(new PickleList('tuple', items.reverse()));
};

/** Names that `copyreg` numbers cannot be known without running code. */
const extension = (m: PickleMachine, code: number) => {
  m.pushGlobal('copyreg', `extension ${code}`);
};

const dictOf = (m: PickleMachine) => {
  const dict = new PickleDict();
  m.setItems(dict, m.popMark());
  m.pushContainer(dict);
};

const table: Readonly<Record<string, Opcode>> = {
  // Structure
  '(': (m) => m.mark(),
  '.': (m) => m.stop(),
  '0': (m) => m.discard(),
  '1': (m) => void m.popMark(),
  '2': (m) => m.push(m.top()),
  '\x80': (m) => {
    if (m.input.u8() > newestProtocol) m.broken('its protocol is newer than 5');
  },
  // Frames only say how much to read at once.
  '\x95': (m) => void m.input.length64(),

  // Constants
  N: (m) => m.push(null),
  '\x88': (m) => m.push(true),
  '\x89': (m) => m.push(false),
  I: integer,
  J: (m) => m.push(m.input.i32()),
  K: (m) => m.push(m.input.u8()),
  M: (m) => m.push(m.input.u16()),
  L: integer,
  '\x8a': (m) => long(m, m.input.u8()),
  '\x8b': (m) => long(m, m.input.i32()),
  F: (m) => {
    const value = parseFloatText(m.line(maxNumberBytes).trim());
    m.push(value ?? m.broken('a number in it cannot be read'));
  },
  G: (m) => m.push(m.input.f64()),

  // Text and bytes
  S: (m) => {
    const text = parseQuoted(m.line(maxLine).trim());
    m.push(text ?? m.broken('a string in it cannot be read'));
  },
  T: (m) => string(m, m.input.i32()),
  U: (m) => string(m, m.input.u8()),
  V: (m) => m.push(parseRawUnicode(m.line(maxLine))),
  X: (m) => unicode(m, m.input.u32()),
  '\x8c': (m) => unicode(m, m.input.u8()),
  '\x8d': (m) => unicode(m, m.input.length64()),
  B: (m) => m.pushBytes(m.input.u32()),
  C: (m) => m.pushBytes(m.input.u8()),
  '\x8e': (m) => m.pushBytes(m.input.length64()),
  '\x96': (m) => m.pushBytes(m.input.length64()),
  '\x97': (m) => m.broken('it needs buffers that lie outside of it'),
  '\x98': () => {},

  // Containers
  ']': (m) => m.pushContainer(new PickleList('list', [])),
  l: (m) => m.pushContainer(new PickleList('list', m.popMark())),
  a: (m) => {
    const item = m.pop();
    m.append(m.top(), [item]);
  },
  e: (m) => {
    const items = m.popMark();
    m.append(m.top(), items);
  },
  ')': (m) => m.pushContainer(new PickleList('tuple', [])),
  t: (m) => m.pushContainer(new PickleList('tuple', m.popMark())),
  '\x85': (m) => tuple(m, 1),
  '\x86': (m) => tuple(m, 2),
  '\x87': (m) => tuple(m, 3),
  '}': (m) => m.pushContainer(new PickleDict()),
  d: dictOf,
  s: (m) => {
    const value = m.pop();
    const key = m.pop();
    m.setItems(m.top(), [key, value]);
  },
  u: (m) => {
    const pairs = m.popMark();
    m.setItems(m.top(), pairs);
  },
  '\x8f': (m) => m.pushContainer(new PickleList('set', [])),
  '\x90': (m) => {
    const items = m.popMark();
    m.append(m.top(), items);
  },
  '\x91': (m) => m.pushContainer(new PickleList('set', m.popMark())),

  // Memo
  p: (m) => m.remember(place(m)),
  q: (m) => m.remember(m.input.u8()),
  r: (m) => m.remember(m.input.u32()),
  '\x94': (m) => m.remember(m.memo.size),
  g: (m) => m.recall(place(m)),
  h: (m) => m.recall(m.input.u8()),
  j: (m) => m.recall(m.input.u32()),

  // Classes and what would be called
  c: (m) => {
    const module = m.line(maxNameLength);
    m.pushGlobal(module, m.line(maxNameLength));
  },
  '\x93': (m) => {
    const name = m.pop();
    const module = m.pop();
    if (typeof name !== 'string' || typeof module !== 'string') {
      m.broken('a class in it has no name');
    } else if (name.length > maxNameLength || module.length > maxNameLength) {
      m.broken('a line in it is too long');
    } else m.pushGlobal(module, name);
  },
  '\x82': (m) => extension(m, m.input.u8()),
  '\x83': (m) => extension(m, m.input.u16()),
  '\x84': (m) => extension(m, m.input.i32()),
  R: (m) => {
    const args = m.pop();
    m.make(m.pop(), args);
  },
  '\x81': (m) => {
    const args = m.pop();
    m.make(m.pop(), args);
  },
  '\x92': (m) => {
    const named = m.pop();
    const args = m.pop();
    const all = [...(args instanceof PickleList ? args.items : []), named];
    m.make(m.pop(), new PickleList('tuple', all));
  },
  b: (m) => m.build(),
  i: (m) => {
    const module = m.line(maxNameLength);
    const type = new PickleGlobal(module, m.line(maxNameLength));
    m.options.onGlobal(type);
    m.pushContainer(new PickleObject(type, m.popMark()));
  },
  o: (m) => {
    const [type, ...args] = m.popMark();
    if (type === undefined) m.broken('a call in it has no list of arguments');
    else m.pushContainer(new PickleObject(type, args));
  },
  P: (m) => m.pushPersistent(m.line(maxNameLength)),
  Q: (m) => m.pushPersistent(m.pop()),
};

function place(m: PickleMachine): number {
  const value = parseInteger(m.line(maxNumberBytes));
  const sound = typeof value === 'number' && value >= 0;
  return sound ? value : m.broken('a number in it cannot be read');
}

/** By byte. */
export const opcodes: ReadonlyArray<Opcode | undefined> = Array.from(
  { length: 256 },
  (_, byte) => table[String.fromCharCode(byte)],
);
