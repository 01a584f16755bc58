import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import { parseYaml } from '../../../src-main/formats/yaml.ts';
import { plainValue, YamlFloat, YamlTimestamp } from '../../../src-main/formats/yaml-values.ts';
import { readDvcFixture, spellOut, unmark } from '../../support/dvc-fixtures.ts';

const read = (text: string) => parseYaml(text, 'params.yaml').value;

describe('reading YAML', () => {
  it.each([
    ['a: 1_000', 1000],
    ['a: 0b11', 3],
    ['a: 017', 17],
    ['a: 0x1f', 31],
    ['a: 1e-05', 1e-5],
    ['a: .inf', Number.POSITIVE_INFINITY],
    ['a: yes', 'yes'],
    ['a: 12345678901234567890', 12345678901234567890n],
    ['a: ~', null],
    ["a: '1'", '1'],
  ])('%s', (text, value) => {
    expect((plainValue(read(text)) as { a: unknown }).a).toEqual(value);
  });

  it('tells 1.0 from 1 and keeps how a number was written', () => {
    const value = read('a: 1.0\nb: 1\nc: 1e-5\nd: 2020-01-02') as Record<string, unknown>;
    expect(value.a).toBeInstanceOf(YamlFloat);
    expect(value.b).toBe(1);
    expect(String(value.c)).toBe('1e-5');
    expect(value.d).toBeInstanceOf(YamlTimestamp);
  });

  const loaded = readDvcFixture<{ text: string; value: unknown }[]>('yaml-load.json');
  it.each(loaded.map(({ text, value }) => [text, value] as const))(
    'reads %j as DVC does',
    (text, value) => {
      expect(spellOut(read(text))).toEqual(spellOut(unmark(value)));
    },
  );

  it.each(['0x_', '0b_', '0o_', '._', '-_'])('takes %s, which DVC fails on, for a text', (text) => {
    expect(read(`a: ${text}\n`)).toEqual({ a: text });
  });

  it('reads a file in which thousands of maps share one', () => {
    const stages = Array.from({ length: 2000 }, (_, at) => `s${at}:\n  <<: *d\n`).join('');
    const value = read(`d: &d {x: 1}\n${stages}`) as Record<string, { x: number }>;
    expect(value.s1999?.x).toBe(1);
  });

  it.each([
    ['[', 100_000],
    ['- ', 20_000],
    ['{a: ', 20_000],
  ])('refuses what is nested too deeply: %j', (part, times) => {
    expect(catching(() => read(part.repeat(times))).code).toBe('invalid');
  });

  it('refuses what contains itself', () => {
    expect(catching(() => read('a: &a [*a]\n')).message).toContain('aliases');
  });

  it('looks for keys that are there twice in little time', () => {
    const keys = Array.from({ length: 20_000 }, (_, at) => `k${at}: ${at}\n`).join('');
    const began = performance.now();
    expect(catching(() => read(`a: &x 1\n${keys}k7: 1\n`)).place?.line).toBe(20_002);
    // Comparing each with each takes a minute.
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('says where an error is', () => {
    const error = catching(() => read('a: 1\nb: [1, 2\nc: 3\n'));
    expect(error.code).toBe('invalid');
    expect(error.message).toMatch(/^params\.yaml:\d+:\d+: /);
    expect(error.place?.line).toBeGreaterThan(1);
  });

  it('refuses a key that is there twice, with its place', () => {
    expect(catching(() => read('a: 1\nb: 2\na: 3\n')).place).toMatchObject({ line: 3, column: 1 });
  });

  it('gives the places of keys and items', () => {
    const document = parseYaml(
      'stages:\n  train:\n    deps:\n    - a.py\n    - b.py\n',
      'dvc.yaml',
    );
    expect(document.positionOf(['stages', 'train'])).toEqual({ line: 2, column: 3 });
    expect(document.positionOf(['stages', 'train', 'deps', 1])).toEqual({ line: 5, column: 7 });
  });

  it('refuses a bomb of aliases in little time', () => {
    const levels = ['a: &a ["x","x","x","x","x","x","x","x","x"]'];
    for (let level = 1; level < 9; level++) {
      const name = String.fromCharCode(97 + level);
      const before = `*${String.fromCharCode(96 + level)}`;
      levels.push(`${name}: &${name} [${Array(9).fill(before).join(',')}]`);
    }
    expect(catching(() => read(levels.join('\n'))).message).toContain('aliases');
  });

  it('keeps keys that JavaScript has a meaning for as plain keys', () => {
    const value = read('__proto__:\n  polluted: 1\nconstructor: 2') as Record<string, unknown>;
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(value)).toEqual(['__proto__', 'constructor']);
  });

  it('throws nothing but errors with a sentence, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(CairnError);
        }
      }),
      { numRuns: 500 },
    );
  });
});

function catching(action: () => unknown): CairnError {
  try {
    action();
  } catch (error) {
    if (error instanceof CairnError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
