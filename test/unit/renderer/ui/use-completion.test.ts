import { expect, it } from 'vitest';
import { narrow } from '../../../../src-renderer/ui/use-completion.ts';

const found = {
  text: 'a AND par = 1',
  from: 6,
  to: 9,
  items: ['params.lr', 'params.Layers', 'metrics.part'].map((text) => ({ text, detail: '' })),
};
const texts = (text: string, at: number) => narrow(found, text, at).items.map((item) => item.text);

it('keeps the suggestions that a word that grows still means', () => {
  expect(texts('a AND params.l = 1', 14)).toEqual(['params.lr', 'params.Layers']);
  expect(narrow(found, 'a AND params.l = 1', 14)).toMatchObject({ from: 6, to: 14 });
  expect(texts('a AND pa = 1', 8)).toHaveLength(3);
  expect(texts('a AND part = 1', 10)).toEqual(['metrics.part']);
});

it.each([
  ['b AND par = 1', 9, 'another text before'],
  ['a AND par = 2', 9, 'another text behind'],
  ['a AND par = 1', 2, 'a cursor elsewhere'],
  ['', 0, 'nothing'],
])('suggests nothing for %j at %i: %s', (text, at) => {
  expect(texts(text, at)).toEqual([]);
});
