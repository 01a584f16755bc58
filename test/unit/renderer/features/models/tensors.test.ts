import { describe, expect, it } from 'vitest';
import type { TensorChange } from '../../../../../src-main/contract/diff.ts';
import { layerName } from '../../../../../src-main/contract/model-layers.ts';
import { layerMatrix, layersOf } from '../../../../../src-renderer/features/models/layers.ts';
import {
  filterTensors,
  shapeText,
  stateOf,
  tensorsText,
  withBatch,
} from '../../../../../src-renderer/features/models/tensors.ts';
import { afterItems } from '../../../../../src-renderer/features/models/use-model-diff.ts';

const unmeasured = {
  relativeL2: null,
  cosine: null,
  maxAbs: null,
  meanAbs: null,
  changedShare: null,
  signFlips: null,
  nonFinite: null,
  stats: null,
  note: null,
} as const;

function tensor(name: string, over: Partial<TensorChange> = {}): TensorChange {
  const form = { dtype: 'f32', shape: [2, 2] };
  return {
    name,
    from: null,
    change: 'modified',
    left: form,
    right: form,
    elements: 4,
    ...unmeasured,
    ...over,
  };
}

const stats = (mean: number, std: number) => {
  const side = { mean, std, min: -1, max: 1 };
  return { left: side, right: side };
};

describe('withBatch', () => {
  it('fills values in without moving rows, and keeps what was not announced', () => {
    const before = [tensor('a'), tensor('b')];
    const after = withBatch(before, [tensor('b', { maxAbs: 1 }), tensor('new')]);
    expect(after.map((one) => one.name)).toEqual(['a', 'b', 'new']);
    expect(after[0]).toBe(before[0]);
    expect(after[1]?.maxAbs).toBe(1);
  });
});

describe('afterItems', () => {
  const side = {
    title: 'm',
    format: 'safetensors',
    sizeBytes: 1,
    tensors: 1,
    parameters: 4,
    metadata: {},
    notes: [],
    badge: 'data' as const,
    findings: [],
  };
  const blank = {
    status: 'reading',
    left: null,
    right: null,
    tensors: [],
    progress: null,
    result: null,
    error: null,
  } as const;
  const progress = { phase: 'compare', done: 1, total: 2, unit: 'bytes' } as const;

  it('takes names first and values of several batches at once', () => {
    const state = afterItems(blank, [
      { kind: 'opened', left: side, right: side, tensors: [tensor('a'), tensor('b')] },
      { kind: 'tensors', tensors: [tensor('a', { maxAbs: 1 })], progress },
      {
        kind: 'tensors',
        tensors: [tensor('b', { maxAbs: 2 })],
        progress: { ...progress, done: 2 },
      },
    ]);
    expect(state.left).toBe(side);
    expect(state.tensors.map((one) => one.maxAbs)).toEqual([1, 2]);
    expect(state.progress?.done).toBe(2);
  });
});

describe('stateOf', () => {
  it.each([
    ['added', tensor('a', { change: 'added', left: null }), 'added'],
    ['pending', tensor('a'), 'pending'],
    ['measured', tensor('a', { changedShare: 0.5 }), 'changed'],
    ['measured and equal', tensor('a', { changedShare: 0 }), 'equal'],
    ['of another shape', tensor('a', { right: { dtype: 'f32', shape: [4] } }), 'reshaped'],
    ['not to be measured', tensor('a', { note: 'object dtype' }), 'unmeasured'],
  ])('%s', (_, one, expected) => {
    expect(stateOf(one, false)).toBe(expected);
  });

  it('does not wait any more when it is finished', () => {
    expect(stateOf(tensor('a'), true)).toBe('unmeasured');
  });
});

describe('filterTensors', () => {
  const all = [
    tensor('enc.0.weight', { changedShare: 1 }),
    tensor('enc.0.bias', { changedShare: 0 }),
    tensor('dec.weight', { from: 'old_dec.weight', changedShare: 1 }),
  ];
  const names = (text: string, onlyDifferences = false) =>
    filterTensors(all, { text, onlyDifferences, finished: true }).map((one) => one.name);

  it('wants every word in the new or the old name', () => {
    expect(names('WEIGHT enc')).toEqual(['enc.0.weight']);
    expect(names('old_dec')).toEqual(['dec.weight']);
  });

  it('narrows to one layer exactly', () => {
    expect(names('layer:enc.0')).toEqual(['enc.0.weight', 'enc.0.bias']);
    expect(names('layer:enc')).toEqual([]);
  });

  it('hides what is equal', () => {
    expect(names('enc', true)).toEqual(['enc.0.weight']);
  });
});

describe('layersOf', () => {
  it('takes the tensors of a layer as one vector', () => {
    // ‖weight‖² = 4 · (1 + 0) = 4, ‖bias‖² = 1 · 4 = 4: √((0.1² · 4 + 0.3² · 4) / 8)
    const [layer] = layersOf([
      tensor('fc.weight', { relativeL2: 0.1, stats: stats(0, 1) }),
      tensor('fc.bias', { relativeL2: 0.3, elements: 1, stats: stats(2, 0) }),
    ]);
    expect(layer?.name).toBe('fc');
    expect(layer?.relativeL2).toBeCloseTo(Math.sqrt((0.01 * 4 + 0.09 * 4) / 8), 12);
  });

  it('tells nothing measured from nothing changed', () => {
    expect(layersOf([tensor('a.w')])[0]?.relativeL2).toBeNull();
    expect(layersOf([tensor('a.w', { relativeL2: 0 })])[0]?.relativeL2).toBe(0);
  });

  it('keeps the order of the file and marks layers of one side', () => {
    const layers = layersOf([
      tensor('z.w'),
      tensor('a.w', { change: 'added' }),
      tensor('a.b', { change: 'added' }),
    ]);
    expect(layers.map((layer) => [layer.name, layer.only])).toEqual([
      ['z', null],
      ['a', 'added'],
    ]);
  });

  it('leaves names without a dot alone', () => {
    expect(layerName('weights')).toBe('weights');
    expect(layerName('.hidden')).toBe('.hidden');
  });
});

describe('layerMatrix', () => {
  const blocks = (count: number) =>
    Array.from({ length: count }, (_, i) => [
      tensor(`h.${i}.attn.q.weight`, { relativeL2: i }),
      tensor(`h.${i}.mlp.weight`, { relativeL2: null }),
    ]).flat();

  it('crosses blocks with their parts', () => {
    expect(layerMatrix([...blocks(3), tensor('head.weight', { relativeL2: 9 })])).toEqual({
      rows: ['h.0', 'h.1', 'h.2'],
      columns: ['attn.q', 'mlp'],
      values: [
        [0, null],
        [1, null],
        [2, null],
      ],
    });
  });

  it('puts the parts of attention in their order, sums up weight and bias, and counts blocks', () => {
    const parts = ['mlp.down_proj', 'norm', 'self_attn.v_proj', 'self_attn.q_proj'];
    const matrix = layerMatrix(
      [10, 9, 1].flatMap((i) =>
        parts.flatMap((part) =>
          ['weight', 'bias'].map((end) =>
            tensor(`layers.${i}.${part}.${end}`, {
              relativeL2: end === 'weight' ? 1 : 0,
              stats: stats(0, end === 'weight' ? Math.sqrt(3) : 1),
            }),
          ),
        ),
      ),
    );
    expect(matrix?.rows).toEqual(['layers.1', 'layers.9', 'layers.10']);
    expect(matrix?.columns).toEqual([
      'self_attn.q_proj',
      'self_attn.v_proj',
      'mlp.down_proj',
      'norm',
    ]);
    // √(3 / (3 + 1)): the change of the weight over the norm of both.
    expect(matrix?.values[0]?.[0]).toBeCloseTo(Math.sqrt(3 / 4), 12);
  });

  it('says nothing of models without repeated blocks', () => {
    expect(layerMatrix(blocks(2))).toBeNull();
    expect(layerMatrix([tensor('a'), tensor('b')])).toBeNull();
  });
});

it('writes shapes and rows as text', () => {
  expect(shapeText({ dtype: 'bf16', shape: [3, 4] })).toBe('bf16 3×4');
  expect(shapeText({ dtype: 'i64', shape: [] })).toBe('i64');
  const [head, row] = tensorsText([tensor('a', { relativeL2: 0.5 })]).split('\n');
  expect(head?.split('\t')).toHaveLength(row?.split('\t').length ?? 0);
  expect(row).toContain('a\tmodified\tf32 2×2\tf32 2×2\t4\t0.5');
});
