import { describe, expect, it } from 'vitest';
import type { TensorChange } from '../../../../../src-renderer/client/index.ts';
import {
  checkpointsIn,
  movementOf,
  stripOf,
} from '../../../../../src-renderer/features/models/series.ts';

const file = (name: string, folder = '/r') => ({
  name,
  path: `${folder}/${name}`,
  directory: false,
});
const folder = (name: string) => ({ name, path: `/r/${name}`, directory: true });
const moved = (name: string, relativeL2: number | null) => {
  const side = { mean: 0, std: 1, min: 0, max: 0 };
  return { name, relativeL2, elements: 4, stats: { left: side, right: side } } as TensorChange;
};

describe('checkpoints of a folder', () => {
  it('come in the order of their numbers, without what is no model', () => {
    const entries = [
      file('step-10.pt'),
      file('step-9.pt'),
      file('notes.txt'),
      file('optimizer.pt'),
      file('model-00001-of-00002.safetensors'),
      folder('checkpoint-500'),
      folder('logs'),
    ];
    const inside = new Map([
      [
        '/r/checkpoint-500',
        [
          file('training_args.bin', '/r/checkpoint-500'),
          file('model.safetensors', '/r/checkpoint-500'),
        ],
      ],
    ]);
    expect(checkpointsIn(entries, inside)).toEqual([
      { label: 'checkpoint-500', path: '/r/checkpoint-500/model.safetensors' },
      { label: 'step-9.pt', path: '/r/step-9.pt' },
      { label: 'step-10.pt', path: '/r/step-10.pt' },
    ]);
  });

  it('are at most 64', () => {
    const many = Array.from({ length: 100 }, (_, at) => file(`${at}.pt`));
    expect(checkpointsIn(many, new Map())).toHaveLength(64);
  });
});

describe('the film strip', () => {
  it('has a row for each layer, and for each block where there are many', () => {
    const few = movementOf([moved('a.weight', 3), moved('a.bias', 1), moved('b.weight', null)]);
    expect([...few.keys()]).toEqual(['a', 'b']);
    expect(few.get('a')).toBeCloseTo(Math.sqrt(5), 12);
    expect(few.get('b')).toBeNull();
    const many = Array.from({ length: 60 }, (_, at) => [
      moved(`h.${at}.q.weight`, 1),
      moved(`h.${at}.k.weight`, 1),
    ]).flat();
    expect(movementOf([...many, moved('head.weight', 0)]).size).toBe(61);
  });

  it('leaves a column empty that is not there yet', () => {
    const strip = stripOf(['1', '2'], [new Map([['a', 0.5]]), null]);
    expect(strip).toEqual({ rows: ['a'], columns: ['1', '2'], values: [[0.5, null]] });
  });
});
