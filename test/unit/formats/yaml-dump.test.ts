import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseYaml } from '../../../src-main/formats/yaml.ts';
import { dumpYaml } from '../../../src-main/formats/yaml-dump.ts';
import { plainValue, pythonFloat, YamlFloat } from '../../../src-main/formats/yaml-values.ts';

const fixture = join(import.meta.dirname, '../../fixtures/dvc/yaml-dump.json');
const rows = JSON.parse(readFileSync(fixture, 'utf8')) as { value: unknown; text: string }[];

/** `{"$float": 1}` of the fixture is Python's 1.0. */
function unmark(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  if ('$float' in value) return new YamlFloat(value.$float as number);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unmark(part)]));
}

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
])('prints %d as Python does', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});
