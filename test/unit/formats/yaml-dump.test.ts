import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../src-main/formats/yaml.ts';
import { dumpYaml } from '../../../src-main/formats/yaml-dump.ts';
import { plainValue, pythonFloat } from '../../../src-main/formats/yaml-values.ts';
import { readDvcFixture, unmark } from '../../support/dvc-fixtures.ts';

const rows = readDvcFixture<{ value: unknown; text: string }[]>('yaml-dump.json');

describe('the YAML that DVC writes', () => {
  it.each(rows.map((row, index) => [index, row] as const))('case %i, byte for byte', (_, row) => {
    expect(dumpYaml(unmark(row.value))).toBe(row.text);
  });

  it.each(rows.map((row, index) => [index, row] as const))(
    'case %i reads back the same',
    (_, row) => {
      const value = unmark(row.value);
      const read = parseYaml(dumpYaml(value), 'x.yaml').value;
      expect(JSON.parse(JSON.stringify(plainValue(read)))).toEqual(
        JSON.parse(JSON.stringify(plainValue(value))),
      );
    },
  );
});

it.each([
  [1, '1.0'],
  [1e-5, '1e-05'],
  [1e16, '1e+16'],
  [123456.789, '123456.789'],
  [0.0001, '0.0001'],
  [-0, '-0.0'],
  [1e22, '1e+22'],
  [5e-324, '5e-324'],
  [1.7976931348623157e308, '1.7976931348623157e+308'],
  [Number.POSITIVE_INFINITY, '.inf'],
  [Number.NaN, '.nan'],
  // Half-way between two shortest texts, of which Python takes the even one.
  [866752851970076.25, '866752851970076.2'],
  [83651154506651.625, '83651154506651.62'],
])('prints %d as Python does', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

it('keeps a backslash that ruamel.yaml loses where it folds before a blank', () => {
  const text = 'a\tb '.repeat(30);
  const dumped = dumpYaml({ t: text });
  expect(dumped).toContain('\\\n');
  expect(parseYaml(dumped, 'x.yaml').value).toEqual({ t: text });
});

it('keeps several spaces that ruamel.yaml would lose at a fold', () => {
  const text = `${'word '.repeat(14)}  and  --then  more`;
  expect(parseYaml(dumpYaml({ cmd: text }), 'x.yaml').value).toEqual({ cmd: text });
});
