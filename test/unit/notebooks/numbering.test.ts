import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseNumberedName,
  placeNames,
  renumberNames,
} from '../../../src-main/notebooks/numbering.ts';

const renamedTo = (order: string[]) => {
  const renamed = renumberNames(order);
  return order.map((name) => renamed.get(name) ?? name);
};

describe('the number of a notebook', () => {
  it.each([
    ['01_load.ipynb', [1], '_', 'load.ipynb'],
    ['1-load.ipynb', [1], '-', 'load.ipynb'],
    ['02.1 train.ipynb', [2, 1], ' ', 'train.ipynb'],
    ['02.1.ipynb', [2, 1], '', '.ipynb'],
    ['7.ipynb', [7], '', '.ipynb'],
    ['03. 模型.ipynb', [3], '. ', '模型.ipynb'],
    ['2024-03-01 notes.ipynb', null, '', '2024-03-01 notes.ipynb'],
    ['20240301.ipynb', null, '', '20240301.ipynb'],
    ['load.ipynb', null, '', 'load.ipynb'],
  ])('of %s', (name, number, separator, rest) => {
    expect(parseNumberedName(name)).toMatchObject({ number, separator, rest });
  });
});

describe('the order of a folder', () => {
  it('is by number, not by text, with gaps and duplicates', () => {
    const placed = placeNames(['10_z.ipynb', '2_b.ipynb', '2_c.ipynb', 'x.ipynb', '4_d.ipynb']);
    expect(placed.map((one) => [one.name, one.missing, one.duplicate])).toEqual([
      ['2_b.ipynb', ['1'], true],
      ['2_c.ipynb', [], true],
      ['4_d.ipynb', ['3'], false],
      ['10_z.ipynb', ['5', '6', '7', '8', '9'], false],
      ['x.ipynb', [], false],
    ]);
  });

  it('puts parts behind the whole', () => {
    const placed = placeNames(['02.3_c.ipynb', '02.1_b.ipynb', '02_a.ipynb', '01_.ipynb']);
    expect(placed.map((one) => one.label)).toEqual(['01', '02', '02.1', '02.3']);
    expect(placed[3]?.missing).toEqual(['02.2']);
  });
});

describe('a new order', () => {
  it('closes gaps and keeps width, separator and depth', () => {
    expect(renamedTo(['03_c.ipynb', '01-a.ipynb', '05 e.ipynb'])).toEqual([
      '01_c.ipynb',
      '02-a.ipynb',
      '03 e.ipynb',
    ]);
    expect(renamedTo(['01_a.ipynb', '03_c.ipynb', '03.1_d.ipynb', '03.4_e.ipynb'])).toEqual([
      '01_a.ipynb',
      '02_c.ipynb',
      '02.1_d.ipynb',
      '02.2_e.ipynb',
    ]);
  });

  it('leaves an order that is without gaps alone', () => {
    for (const order of [
      ['00_a.ipynb', '01_b.ipynb'],
      ['1-a.ipynb', '2-b.ipynb'],
      ['01_a.ipynb', '02.1_b.ipynb', '02.2_c.ipynb', '03_d.ipynb'],
      ['01_a.ipynb', '02_b.ipynb', '02.0_c.ipynb', '02.1_d.ipynb'],
    ]) {
      expect(renamedTo(order)).toEqual(order);
    }
  });

  it('numbers what has no number, and makes room for the tenth', () => {
    expect(renamedTo(['a.ipynb', '01-b.ipynb'])).toEqual(['01-a.ipynb', '02-b.ipynb']);
    const ten = Array.from({ length: 10 }, (_, index) => `${index + 1}-n.ipynb`);
    expect(renamedTo(ten)[0]).toBe('01-n.ipynb');
  });

  it('is the order that the folder then has, without gaps, and done twice is done once', () => {
    const name = fc
      .record({
        number: fc.option(fc.tuple(fc.nat(30), fc.option(fc.nat(5)), fc.boolean()), { freq: 5 }),
        separator: fc.constantFrom('_', '-', ' ', '.'),
        word: fc.stringMatching(/^[a-z]{1,6}$/),
      })
      .map(({ number, separator, word }) => {
        if (number === null) return `${word}.ipynb`;
        const [top, sub, padded] = number;
        const label = `${padded ? String(top).padStart(2, '0') : top}${sub === null ? '' : `.${sub}`}`;
        return `${label}${separator}${word}.ipynb`;
      });
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 25 }), (order) => {
        const names = renamedTo(order);
        expect(new Set(names).size).toBe(names.length);
        expect(placeNames(names).map((one) => one.name)).toEqual(names);
        expect(placeNames(names).flatMap((one) => one.missing)).toEqual([]);
        expect(placeNames(names).some((one) => one.duplicate)).toBe(false);
        expect(renamedTo(names)).toEqual(names);
      }),
    );
  });
});
