/** The modules that the names of tensors speak of, with what is below them summed up. */
import type { TensorChange } from '../../../client/index.ts';
import { stateOf } from '../tensors.ts';

export interface Module {
  /** The whole name, with dots. */
  readonly id: string;
  readonly name: string;
  readonly children: readonly Module[];
  /** Null for what holds further modules. */
  readonly tensor: TensorChange | null;
  readonly tensors: number;
  /** Elements on either side. */
  readonly left: number;
  readonly right: number;
  /** Bytes on the side that has it, the right one of both; null when a type's size is not known. */
  readonly bytes: number | null;
  /** Tensors that differ in any way. */
  readonly changed: number;
}

interface Growing {
  readonly id: string;
  readonly name: string;
  readonly children: Map<string, Growing>;
  tensor: TensorChange | null;
}

/** Names are cut at dots and slashes; modules come in the order of their first tensor. */
export function modulesOf(tensors: readonly TensorChange[], finished: boolean): Module[] {
  const root: Growing = { id: '', name: '', children: new Map(), tensor: null };
  for (const tensor of tensors) {
    let at = root;
    let id = '';
    for (const part of partsOf(tensor.name)) {
      id = id === '' ? part : `${id}.${part}`;
      let next = at.children.get(part);
      if (!next) {
        next = { id, name: part, children: new Map(), tensor: null };
        at.children.set(part, next);
      }
      at = next;
    }
    // A name that is another's module as well keeps both.
    if (at.tensor === null) at.tensor = tensor;
    else {
      const twin = { id: `${id} ${tensor.name}`, name: tensor.name, children: new Map(), tensor };
      at.children.set(tensor.name, twin);
    }
  }
  return [...root.children.values()].map((child) => sumUp(child, finished));
}

/** No model is nested deeper; what is behind stays in one piece. */
const maxDepth = 40;

function partsOf(name: string): string[] {
  // ONNX begins names of what it makes itself with a slash.
  const parts = name.replace(/^[./]+(?=.)/, '').split(/[./]/);
  if (parts.length <= maxDepth) return parts;
  return [...parts.slice(0, maxDepth - 1), parts.slice(maxDepth - 1).join('.')];
}

function sumUp(growing: Growing, finished: boolean): Module {
  const children = [...growing.children.values()].map((child) => sumUp(child, finished));
  const { id, name, tensor } = growing;
  const own = tensor === null ? [] : [leaf(id, name, tensor, finished)];
  if (children.length === 0 && own[0]) return own[0];
  // A tensor that is a module as well is the first thing in it.
  const all = [...own.map((one) => ({ ...one, id: `${id}.` })), ...children];
  // Modules that have nothing beside them go on one line.
  const [only] = all;
  if (all.length === 1 && only && only.tensor === null)
    return { ...only, name: `${name}.${only.name}` };
  const sum = (key: 'tensors' | 'left' | 'right' | 'changed') =>
    all.reduce((total, one) => total + one[key], 0);
  const bytes = all.reduce<number | null>(
    (total, one) => (total === null || one.bytes === null ? null : total + one.bytes),
    0,
  );
  return {
    id,
    name,
    children: all,
    tensor: null,
    tensors: sum('tensors'),
    left: sum('left'),
    right: sum('right'),
    bytes,
    changed: sum('changed'),
  };
}

function leaf(id: string, name: string, tensor: TensorChange, finished: boolean): Module {
  const count = (form: TensorChange['left']): number =>
    form === null ? 0 : form.shape.reduce((product, size) => product * size, 1);
  const [left, right] = [count(tensor.left), count(tensor.right)];
  const state = stateOf(tensor, finished);
  const shown = tensor.right ?? tensor.left;
  const bits = shown === null ? null : bitsOf(shown.dtype);
  const elements = tensor.right === null ? left : right;
  return {
    id,
    name,
    children: [],
    tensor,
    tensors: 1,
    left,
    right,
    bytes: bits === null ? null : Math.ceil((elements * bits) / 8),
    changed: state === 'equal' || state === 'pending' || state === 'unmeasured' ? 0 : 1,
  };
}

/** Bits of one element by the short name of its type; null for packed blocks and text. */
export function bitsOf(dtype: string): number | null {
  if (dtype === 'bool') return 8;
  const match = /^(?:bf|[fiuc])(\d+)(?:_e\d+m\d+(?:fnuz)?)?$/.exec(dtype);
  return match ? Number(match[1]) : null;
}
