/** The operators of a TensorFlow Lite model, and what flows between them. */

import type { FlatTable } from '../flatbuffer.ts';
import { type ModelStructure, NodeList } from '../model-structure.ts';
import { operators } from './operators.ts';

const maxLookedAt = 500_000;
const maxNames = 4096;
/** No model is nested deeper. */
const maxScope = 32;
/** The number that says that the operator has a number above 126, or a name. */
const placeholder = 127;
const customOperator = 32;

/** The first graph; those inside loops and branches are its details. */
export function readStructure(model: FlatTable): ModelStructure {
  const [subgraph] = model.tables(2).take(1);
  const empty = { inputs: [], outputs: [], nodes: [], leftOut: 0, types: new Map() };
  if (!subgraph) return { kind: 'graph', ...empty };
  const codes = [...model.tables(1).take(maxNames)].map(nameOf);
  const names = [...subgraph.tables(0).take(maxLookedAt)].map((tensor) => tensor.text(3));
  const named = (list: readonly number[]) =>
    list.filter((index) => index >= 0).map((index) => names[index] ?? `#${index}`);
  const list = new NodeList();
  for (const operator of subgraph.tables(3).take(maxLookedAt)) {
    const op = codes[operator.u32(0)] ?? 'unknown';
    const inputs = named(operator.integers(1, maxNames));
    const outputs = named(operator.integers(2, maxNames));
    const name = outputs[0] ?? '';
    list.add({ name, op, inputs, outputs, settings: [], scope: scopeOf(name) });
  }
  const { nodes, leftOut } = list;
  const values = (indices: readonly number[]) => named(indices).map((name) => ({ name, type: '' }));
  return {
    kind: 'graph',
    inputs: values(subgraph.integers(1, maxNames)),
    outputs: values(subgraph.integers(2, maxNames)),
    nodes,
    leftOut,
    types: new Map(),
  };
}

function nameOf(code: FlatTable): string {
  const number = Math.max(code.u8(0), code.i32(3));
  if (number === customOperator) return code.text(1) || 'CUSTOM';
  return operators[number] ?? (number === placeholder ? 'unknown' : `operator ${number}`);
}

/** `model/dense/MatMul;model/dense/BiasAdd`, of operators that were joined, stands in `model`, `dense`. */
function scopeOf(name: string): string[] {
  const [first = ''] = name.split(';', 1);
  return first.split('/', maxScope).slice(0, -1).filter(Boolean);
}
