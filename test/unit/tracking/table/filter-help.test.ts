import { describe, expect, it } from 'vitest';
import { outlineFilter } from '../../../../src-main/tracking/query/index.ts';
import { completeFilter } from '../../../../src-main/tracking/table/index.ts';
import { makeStore } from '../query/support.ts';

function texts(filter: string): string[] {
  const { store } = makeStore([
    {
      name: 'resnet',
      params: { lr: '0.1', 'model.opt': 'adam', 'my key': 'a b', flag: 'True' },
      metrics: { 'val/loss': [1] },
      tags: { team: 'red' },
    },
    { name: 'other', params: { lr: '0.1', 'model.opt': 'sgd' }, experiment: 'second' },
  ]);
  const at = filter.includes('|') ? filter.indexOf('|') : filter.length;
  const text = filter.replace('|', '');
  const { from, to, items } = completeFilter(store, text, at);
  return items.map((item) => text.slice(0, from) + item.text + text.slice(to));
}

describe('completion', () => {
  it.each([
    ['stat', 'status'],
    ['opt', 'params.model.opt'],
    ['loss', 'metrics.val/loss'],
    ['params.', 'params.lr'],
    ['my', 'params.`my key`'],
    ['params.lr ', 'params.lr ='],
    ['params.lr <', 'params.lr <='],
    ['status ', 'status !='],
    ['status = fa', 'status = FAILED'],
    ['starred = ', 'starred = true'],
    ['params.model.opt = ', 'params.model.opt = adam'],
    ['model.opt = s', 'model.opt = sgd'],
    ['params.`my key` = "a', 'params.`my key` = "a b"'],
    ['params.lr IN (0.1, ', 'params.lr IN (0.1, 0.1'],
    ['params.lr BETWEEN 0 ', 'params.lr BETWEEN 0 AND'],
    ['params.lr IS ', 'params.lr IS NOT NULL'],
    ['experiment = sec', 'experiment = second'],
    ['created > to', 'created > today'],
    ['status = failed a', 'status = failed AND'],
    ['min(', 'min(metrics.val/loss'],
    ['(tea', '(tags.team'],
    ['st| AND starred = true', 'status AND starred = true'],
  ])('of %j offers %j', (filter, wanted) => {
    expect(texts(filter)).toContain(wanted);
  });

  it('offers no field as a value and no value as a field', () => {
    expect(texts('params.lr = st')).toEqual([]);
    expect(texts('status ').some((text) => text.includes('<'))).toBe(false);
    expect(texts('min(st')).toEqual([]);
  });

  it('bears what is not written to its end, and what is nonsense', () => {
    for (const filter of [
      '"',
      '(((',
      ')',
      '= = =',
      'params.`x',
      'a\nb',
      '%',
      'min(',
      'x IN',
      '\\',
    ]) {
      for (let at = 0; at <= filter.length; at++) {
        expect(() => texts(`${filter.slice(0, at)}|${filter.slice(at)}`)).not.toThrow();
      }
    }
  });
});

describe('a filter in parts', () => {
  it('has comparisons with their operators, as they were written', () => {
    const parts = outlineFilter(
      'metrics.loss < 0.1 and params.`my key` not  in ("a", "b") OR min(metrics.acc) IS NOT NULL',
    );
    expect(parts).toEqual([
      {
        join: 'and',
        text: 'metrics.loss < 0.1',
        comparison: { field: 'metrics.loss', operator: '<', value: '0.1' },
      },
      {
        join: 'and',
        text: 'params.`my key` not  in ("a", "b")',
        comparison: { field: 'params.`my key`', operator: 'NOT IN', value: '("a", "b")' },
      },
      {
        join: 'or',
        text: 'min(metrics.acc) IS NOT NULL',
        comparison: { field: 'min(metrics.acc)', operator: 'IS NOT NULL', value: '' },
      },
    ]);
  });

  it('leaves words, NOT and parentheses as they are', () => {
    const parts = outlineFilter('adam NOT status = failed (a = 1 OR b = 2) created > 7d ago');
    expect(parts.map(({ text, comparison }) => [text, comparison?.value])).toEqual([
      ['adam', undefined],
      ['NOT status = failed', undefined],
      ['(a = 1 OR b = 2)', undefined],
      ['created > 7d ago', '7d ago'],
    ]);
    expect(outlineFilter('  ')).toEqual([]);
    expect(() => outlineFilter('a =')).toThrow(/./);
  });
});
