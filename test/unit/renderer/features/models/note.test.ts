import { expect, it } from 'vitest';
import type { TensorChange } from '../../../../../src-renderer/client/index.ts';
import { comparisonNote } from '../../../../../src-renderer/features/models/note.ts';

const side = {
  title: 'a|b`c.pt',
  format: 'pytorch',
  sizeBytes: 1,
  tensors: 1,
  parameters: 1,
  metadata: {},
  notes: [],
  badge: 'data' as const,
  findings: [],
};
const result = {
  identical: false,
  relativeL2: 0.5,
  changedTensors: 12,
  addedTensors: 0,
  removedTensors: 1,
  bytesRead: 0,
  durationMs: 0,
};
const moved = (name: string, relativeL2: number | null) =>
  ({ name, relativeL2, cosine: null, maxAbs: 1 }) as TensorChange;
const t = ((key: string) => key) as unknown as Parameters<typeof comparisonNote>[1];

it('lists the ten tensors that moved most, with names that cannot break the table', () => {
  const tensors = [
    ...Array.from({ length: 12 }, (_, at) => moved(`t${at}`, at / 10)),
    moved('evil | x\n| y', 9),
    moved('none', null),
  ];
  const note = comparisonNote({ left: side, right: side, result, tensors }, t) ?? '';
  const lines = note.split('\n');
  expect(lines).not.toContain('fewComparable');
  expect(lines[0]).toBe('**`` a b`c.pt `` → `` a b`c.pt ``**');
  const table = lines.filter((line) => line.startsWith('| `'));
  expect(table).toHaveLength(10);
  expect(table[0]).toMatch(/^\| `evil x y` \| 9 \|/);
  expect(note).not.toContain('t0');
});

it('has no table of models that are identical, and is none before the end', () => {
  const same = { ...result, identical: true };
  const note = comparisonNote({ left: side, right: side, result: same, tensors: [] }, t);
  expect(note).toContain('identical');
  expect(note).not.toContain('---');
  expect(comparisonNote({ left: side, right: null, result, tensors: [] }, t)).toBeNull();
});

it('tells what differs in graphs and trees', () => {
  const node = { name: 'conv`1', op: 'Conv', change: 'modified' };
  const structure = {
    structure: { kind: 'graph', nodes: [node, { ...node, name: 'same', change: 'same' }] },
    ...{ note: null, metadata: [] },
  };
  const counts = { same: 1, values: 2, structure: 3, added: 4, removed: 5 };
  const parts = { structure, trees: { trees: [], leftOut: 0, counts } };
  const note =
    comparisonNote(
      { left: side, right: side, result, tensors: [] },
      t,
      parts as unknown as Parameters<typeof comparisonNote>[2],
    ) ?? '';
  expect(note).toContain('**part.structure**: structure.graphDiffer');
  expect(note).toContain('- `` conv`1 `` · `Conv`: state.changed');
  expect(note).not.toContain('`same`');
  expect(note).toContain('**part.trees**: trees.counts');
});

it('says so where too little of two models can be compared', () => {
  const few = { ...result, relativeL2: null, fewComparable: true };
  const note = comparisonNote({ left: side, right: side, result: few, tensors: [] }, t) ?? '';
  expect(note).toContain('overall: – ·');
  expect(note.split('\n')).toContain('fewComparable');
});
