import { describe, expect, it } from 'vitest';
import { plainName } from '../../../src-main/models/names.ts';
import { ordersBetween } from '../../../src-main/models/transpose.ts';

describe('names without wrappers', () => {
  it.each([
    ['module.fc.weight', 'fc.weight'],
    ['module.model.fc.weight', 'fc.weight'],
    ['_orig_mod.layers.0._checkpoint_wrapped_module.fc.bias', 'layers.0.fc.bias'],
    ['dense/kernel:0', 'dense.weight'],
    ['norm/moving_variance', 'norm.running_var'],
    ['blk.3.attn_q.weight', 'layers.3.self_attn.q_proj.weight'],
    ['token_embd.weight', 'embed_tokens.weight'],
    ['output.weight', 'lm_head.weight'],
    // A name that is nothing but a wrapper's stays.
    ['model', 'model'],
    ['blk.3', 'blk.3'],
    ['', ''],
  ])('%s is %s', (name, plain) => {
    expect(plainName(name)).toBe(plain);
  });
});

describe('orders of axes', () => {
  it('gives those that make one shape the other, reversals first', () => {
    expect(ordersBetween([2, 3], [3, 2])).toEqual([[1, 0]]);
    expect(ordersBetween([3, 3], [3, 3])).toEqual([[1, 0]]);
    expect(ordersBetween([3, 3, 8, 16], [16, 8, 3, 3])).toEqual([
      [3, 2, 1, 0],
      [3, 2, 0, 1],
    ]);
  });

  it('gives none for other dimensions, vectors and very many axes', () => {
    expect(ordersBetween([2, 3], [2, 4])).toEqual([]);
    expect(ordersBetween([4], [4])).toEqual([]);
    expect(ordersBetween([1, 1, 1, 1, 1, 2], [2, 1, 1, 1, 1, 1])).toEqual([]);
    expect(ordersBetween([2, 2, 2, 2, 2], [2, 2, 2, 2, 2])).toHaveLength(12);
  });
});
