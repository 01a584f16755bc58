import { expect, it } from 'vitest';
import { mangledPairs } from '../../../src-main/models/code.ts';

it('knows a module again that was traced a second time', () => {
  const left = ['__torch__.py', '__torch__/torch/nn/modules/conv.py', 'same.py'];
  const right = [
    '__torch__/___torch_mangle_5.py',
    '__torch__/torch/nn/modules/conv/___torch_mangle_3.py',
    'same.py',
  ];
  expect([...mangledPairs(left, right)]).toEqual([
    [right[0], left[0]],
    [right[1], left[1]],
  ]);
});

it('guesses nothing where several modules have one name', () => {
  const right = ['__torch__/___torch_mangle_1.py', '__torch__/___torch_mangle_2.py'];
  expect(mangledPairs(['__torch__.py'], right).size).toBe(0);
  expect(mangledPairs(right, ['__torch__.py']).size).toBe(0);
  expect(mangledPairs(['a.py'], ['b.py']).size).toBe(0);
});
