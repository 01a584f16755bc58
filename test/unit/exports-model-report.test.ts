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
  madeAt: Date.UTC(2026, 0, 2, 3, 4),
};

it('writes everything as JSON', () => {
  const { madeAt, format, version, ...rest } = JSON.parse(modelReport(comparison, 'json'));
  expect({ format, version }).toEqual({ format: 'cairn-model-comparison', version: 1 });
  expect(rest).toEqual(JSON.parse(JSON.stringify({ ...comparison, madeAt: undefined })));
  expect(madeAt).toBe('2026-01-02T03:04:00.000Z');
});

it('writes a line of CSV for each tensor, quoted where it has to be', () => {
  const text = modelReport(comparison, 'csv');
  expect(text.startsWith('name,name_left,change,dtype_left,shape_left,')).toBe(true);
  expect(text).toContain(
    'small,,modified,f32,2 3,f32,2 3,,6,0.25,0.99,1,0.5,0.5,1,0,0.5,1,-1,2,2,',
  );
  expect(text).toContain(`"${hostile.replaceAll('"', '""')}",before,renamed,f32,2 3,f32,2 3,1 0,`);
  expect(text).toContain('gone,,removed,f32,2 3,,,,6,,,');
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
