/** Values of a pickle in a few words, as Python would print them. */
import {
  calledPath,
  PersistentId,
  PickleBytes,
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  type PickleValue,
} from './values.ts';

const maxText = 300;

/** Text, numbers and names, and short lists of them; null for everything that has parts. */
export function describe(value: PickleValue): string | null {
  if (value instanceof PickleList) return describeList(value);
  if (value instanceof PickleObject) return describeObject(value);
  const whole = !(
    value instanceof PickleBytes ||
    value instanceof PickleDict ||
    value instanceof PersistentId
  );
  return whole ? clip(scalarText(value)) : null;
}

/** A key or a value without parts. */
export function scalarText(value: PickleValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return clip(value);
  if (typeof value === 'bigint') return clip(String(value));
  if (value instanceof PickleGlobal) return value.path;
  return describe(value) ?? '…';
}

function numberText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (Number.isFinite(value)) return String(value);
  return value > 0 ? 'inf' : '-inf';
}

function describeList(list: PickleList): string | null {
  if (list.items.some((item) => typeof item === 'object' && item !== null && !isName(item))) {
    return null;
  }
  const [open, close] = { list: '[]', tuple: '()', set: '{}' }[list.type] as unknown as string;
  let text = '';
  for (const item of list.items) {
    text += `${text === '' ? '' : ', '}${scalarText(item)}`;
    if (text.length > maxText) return `${open}${clip(text)}`;
  }
  return `${open}${text}${close}`;
}

function isName(value: PickleValue): boolean {
  return value instanceof PickleGlobal;
}

/** Values that are objects only to Python. */
function describeObject(value: PickleObject): string | null {
  const called = calledPath(value);
  const [first] = value.args;
  if (called === 'torch.Size' && first instanceof PickleList) return describeList(first);
  if (called === 'torch.device') return value.args.map(scalarText).join(':');
  if (called !== null && /^pathlib\.(_local\.)?(Pure)?(Posix|Windows)?Path$/.test(called)) {
    return clip(value.args.map(scalarText).join('/'));
  }
  const sequence = /^(?:builtins|__builtin__)\.(?:frozen)?(set|list|tuple)$/.exec(
    called ?? '',
  )?.[1];
  if (sequence !== undefined && first instanceof PickleList && value.items.length === 0) {
    return describeList(new PickleList(sequence as PickleList['type'], first.items));
  }
  return null;
}

function clip(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}
