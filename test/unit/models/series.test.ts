import { expect, it } from 'vitest';
import type { TensorChange } from '../../../src-main/contract/diff.ts';
import { isOptimizerState } from '../../../src-main/contract/model-layers.ts';
import { movementOf, seriesSteps } from '../../../src-main/models/series.ts';

const moved = (name: string, relativeL2: number | null) => {
  const side = { mean: 0, std: 1, min: 0, max: 0 };
  return { name, relativeL2, elements: 4, stats: { left: side, right: side } } as TensorChange;
};

it('compares every checkpoint with the first and with the one before, and none twice', () => {
  expect(seriesSteps(1)).toEqual([]);
  expect(seriesSteps(3)).toEqual([
    { at: 1, from: 0, against: ['first', 'previous'] },
    { at: 2, from: 1, against: ['previous'] },
    { at: 2, from: 0, against: ['first'] },
  ]);
});

it('has a part for each layer, and for each block where there are many', () => {
  const few = movementOf([moved('a.weight', 3), moved('a.bias', 1), moved('b.weight', null)]);
  expect(few.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(few[0]?.change).toBeCloseTo(Math.sqrt(5), 12);
  expect(few[1]?.change).toBeNull();
  const many = Array.from({ length: 60 }, (_, at) => [
    moved(`h.${at}.q.weight`, 1),
    moved(`h.${at}.k.weight`, 1),
  ]).flat();
  expect(movementOf([...many, moved('head.weight', 0)])).toHaveLength(61);
});

it('keeps the layers of a model however many the state of its optimizer has', () => {
  const state = Array.from({ length: 60 }, (_, at) => moved(`optimizer.state.${at}.exp_avg`, 1));
  const parts = movementOf([
    moved('model.h.0.up.weight', 3),
    moved('model.h.0.down.weight', 1),
    ...state,
  ]);
  expect(parts.slice(0, 2).map(({ name }) => name)).toEqual(['model.h.0.up', 'model.h.0.down']);
  expect(parts).toHaveLength(62);
});

it.each([
  ['optimizer.state.3.exp_avg', true],
  ['optimizer_states.0.state.1.exp_avg_sq', true],
  ['optimizer/vars/2', true],
  ['trainer.optimizers.0.state.0.momentum_buffer', true],
  ['model.optimizer_head.weight', false],
  ['model.layers.0.weight', false],
])('tells the state of an optimizer by its name: %s', (name, is) => {
  expect(isOptimizerState(name)).toBe(is);
});
