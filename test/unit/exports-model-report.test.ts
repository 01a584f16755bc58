import { expect, it } from 'vitest';
import type { TensorChange } from '../../src-main/contract/diff.ts';
import { type ModelComparison, modelReport } from '../../src-main/exports/model-report.ts';

const hostile = '<script>alert(1)</script>,"\'&\n=1+1';

function tensor(name: string, over: Partial<TensorChange> = {}): TensorChange {
  const form = { dtype: 'f32', shape: [2, 3] };
  const stats = { mean: 0.5, std: 1, min: -1, max: 2 };
  return {
    name,
    from: null,
    change: 'modified',
    left: form,
    right: form,
    elements: 6,
    relativeL2: 0.25,
    cosine: 0.99,
    maxAbs: 1,
    meanAbs: 0.5,
    changedShare: 0.5,
    signFlips: 1,
    nonFinite: { left: 0, right: 2 },
    stats: { left: stats, right: stats },
    note: null,
    ...over,
  };
}

const side = (title: string): ModelComparison['left'] => ({
  title,
  format: 'pickle',
  sizeBytes: 100,
  tensors: 3,
  parameters: 18,
  metadata: {},
  notes: [],
  badge: 'dangerous',
  findings: [`It names ${hostile}, which can run code.`],
});

const comparison: ModelComparison = {
  left: side(hostile),
  right: side('right.pt'),
  tensors: [
    tensor('small'),
    tensor('same', { change: 'same', changedShare: 0, relativeL2: 0 }),
    tensor(hostile, { relativeL2: 0.5, from: 'before', change: 'renamed', order: [1, 0] }),
    tensor('gone', { change: 'removed', right: null, relativeL2: null, cosine: null, stats: null }),
  ],
  totals: {
    identical: false,
    relativeL2: 0.3,
    changedTensors: 2,
    addedTensors: 0,
    removedTensors: 1,
    bytesRead: 48,
    durationMs: 5,
  },
  parts: { structure: null, trees: null, code: null },
  madeAt: Date.UTC(2026, 0, 2, 3, 4),
};

const row = { splits: 3, leaves: 4, depth: 2 };
const node = {
  ...{ from: null, op: 'Conv', fromOp: null, role: 'node' as const, scope: [], code: false },
  ...{ change: 'same' as const, settings: [], tensors: [], inputs: [], type: null },
};
const withParts: ModelComparison = {
  ...comparison,
  left: {
    ...comparison.left,
    booster: {
      ...{ library: 'xgboost', objective: 'reg', treeCount: 2, leaves: 8, depth: 2 },
      features: [
        { name: 'age', gain: 2.5, splits: 3 },
        { name: hostile, gain: 7, splits: 1 },
        { name: 'never', gain: 0, splits: 0 },
      ],
    },
  },
  parts: {
    structure: {
      note: null,
      metadata: [],
      structure: {
        kind: 'graph',
        leftOut: 0,
        edges: [],
        nodes: [
          { ...node, name: 'quiet' },
          {
            ...node,
            name: hostile,
            change: 'modified',
            fromOp: 'Gemm',
            settings: [
              { name: 'kernel', left: '3, 3', right: '5, 5' },
              { name: 'pads', left: '1', right: '1' },
            ],
            inputs: [{ name: '2', left: 'before', right: null }],
          },
        ],
      },
    },
    trees: {
      leftOut: 7,
      counts: { same: 1, values: 1, structure: 0, added: 0, removed: 0 },
      trees: [
        { change: 'same', left: row, right: row, thresholds: 0, leaves: 0, maxLeafDelta: null },
        { change: 'values', left: row, right: row, thresholds: 1, leaves: 2, maxLeafDelta: 0.5 },
      ],
    },
    code: { files: [{ name: 'net.py', change: 'modified', left: 'a', right: 'b' }], notes: [] },
  },
};

it('writes everything as JSON', () => {
  const { madeAt, format, version, ...rest } = JSON.parse(modelReport(comparison, 'json'));
  expect({ format, version }).toEqual({ format: 'cairn-model-comparison', version: 1 });
  const { parts, ...whole } = comparison;
  expect(rest).toEqual(JSON.parse(JSON.stringify({ ...whole, ...parts, madeAt: undefined })));
  const held = JSON.parse(modelReport(withParts, 'json'));
  expect(held.structure.structure.nodes).toHaveLength(2);
  expect(held.trees.counts).toEqual(withParts.parts.trees?.counts);
  expect(held.code.files).toHaveLength(1);
  expect(madeAt).toBe('2026-01-02T03:04:00.000Z');
});

it('writes a line of CSV for each tensor, quoted where it has to be', () => {
  const text = modelReport(comparison, 'csv');
  expect(text.startsWith('kind,name,name_left,change,dtype_left,shape_left,')).toBe(true);
  expect(text).toContain(
    'tensor,small,,modified,f32,2 3,f32,2 3,,6,0.25,0.99,1,0.5,0.5,1,0,0.5,1,-1,2,2,',
  );
  expect(text).toContain(
    `tensor,"${hostile.replaceAll('"', '""')}",before,renamed,f32,2 3,f32,2 3,1 0,`,
  );
  expect(text).toContain('tensor,gone,,removed,f32,2 3,,,,6,,,');
  // The name of one has a line end of its own.
  expect(text.split('\n')).toHaveLength(1 + 4 + 1 + 1);
});

it('writes a page that runs nothing, asks for nothing and lists what differs, the most first', () => {
  const page = modelReport(comparison, 'html');
  expect(page).not.toContain('<script');
  expect(page).not.toMatch(/(src|href)=/);
  expect(page).toContain('default-src &#39;none&#39;');
  expect(page).toContain('&#60;script&#62;alert(1)');
  expect(page).toContain('nothing in them was run');
  expect(page).not.toContain('<code>same</code>');
  const order = ['gone', 'before', 'small'].map((name) => page.indexOf(`<code>${name}</code>`));
  expect(order).toEqual(order.toSorted((a, b) => a - b));
  expect(Math.min(...order)).toBeGreaterThan(0);
});

it('says so when nothing differs', () => {
  const tensors = comparison.tensors.filter(({ change }) => change === 'same');
  const totals = { ...comparison.totals, identical: true, relativeL2: 0 };
  const page = modelReport({ ...comparison, tensors, totals }, 'html');
  expect(page).toContain('Every tensor is the same, bit for bit.');
});

it('lists nodes, trees and code behind the tensors', () => {
  const lines = modelReport(withParts, 'csv').split('\n');
  const of = (kind: string) => lines.filter((line) => line.startsWith(`${kind},`));
  expect(of('node')).toHaveLength(2);
  expect(of('node')[0]).toMatch(/^node,quiet,,same,.*,Conv$/);
  expect(of('tree')[1]).toMatch(
    /^tree,tree 1,,values,.*splits: 3; leaves: 4; thresholds that differ: 1; leaves that differ: 2, at most by 0.5"?$/,
  );
  expect(of('code')).toEqual([expect.stringMatching(/^code,net.py,,modified/)]);
  const columns = lines[0]!.split(',').length;
  expect(of('tree')[0]!.split(',')).toHaveLength(columns);
});

it('shows them on the page, what differs of them, and the importance of columns', () => {
  const page = modelReport(withParts, 'html');
  expect(page).not.toContain('<script');
  expect(page).toContain('1 of 2 nodes differ.');
  expect(page).toContain('Gemm → Conv');
  expect(page).toContain('kernel: 3, 3 → 5, 5');
  expect(page).toContain('input 2: before → –');
  expect(page).not.toContain('pads');
  expect(page).not.toContain('<code>quiet</code>');
  expect(page).toContain('1 of 2 trees differ.');
  expect(page).toContain('7 more trees were not compared.');
  expect(page).toContain('<code>net.py</code>');
  const [first, second] = ['7', '2.5'].map((gain) => page.indexOf(`<td class="n">${gain}</td>`));
  expect(first).toBeGreaterThan(0);
  expect(second).toBeGreaterThan(first!);
  expect(page).not.toContain('<code>never</code>');
});
