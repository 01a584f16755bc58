import { expect, test } from 'vitest';
import { compareVersions } from '../../../src-main/diffing/pep440.ts';

/** In the order that the `packaging` library sorts them. */
const rising = [
  '1.dev0',
  '1.0.dev456',
  '1.0a1',
  '1.0a2.dev456',
  '1.0a12.dev456',
  '1.0a12',
  '1.0b1.dev456',
  '1.0b2',
  '1.0b2.post345.dev456',
  '1.0b2.post345',
  '1.0rc1.dev456',
  '1.0rc1',
  '1.0',
  '1.0+abc.5',
  '1.0+abc.7',
  '1.0+5',
  '1.0.post456.dev34',
  '1.0.post456',
  '1.1.dev1',
  '1.10',
  '2026.1',
  '1!0.1',
];

test('versions are in the order of PEP 440', () => {
  for (const [i, a] of rising.entries()) {
    for (const [j, b] of rising.entries()) {
      expect(Math.sign(compareVersions(a, b) ?? Number.NaN), `${a} ${b}`).toBe(Math.sign(i - j));
    }
  }
});

test.each([
  ['1.0', '1.0.0'],
  ['v1.0', '1'],
  ['1.0-1', '1.0.post1'],
  ['1.0C1', '1.0rc1'],
  ['1.0.ALPHA', '1.0a0'],
  ['2.4.0+CU121', '2.4.0+cu121'],
])('%s is %s', (a, b) => {
  expect(compareVersions(a, b)).toBe(0);
});

test('what is no version is neither newer nor older', () => {
  expect(compareVersions('main', '1.0')).toBeNull();
  expect(compareVersions('1.0', 'https://example.org/x.whl')).toBeNull();
});
