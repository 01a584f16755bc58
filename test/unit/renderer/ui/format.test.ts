import { describe, expect, it } from 'vitest';
import {
  formatDelta,
  formatDuration,
  formatNumber,
  formatRelative,
  formatSize,
  middleEllipsis,
  plainName,
} from '../../../../src-renderer/ui/format.ts';

describe('numbers', () => {
  it.each([
    [0.94712, '0.9471'],
    [0.5, '0.5'],
    [1, '1'],
    [-0.0301, '−0.0301'],
    [123456, '123 456'],
    [1234, '1234'],
    [12345.678, '12 346'],
    [9999.96, '10 000'],
    [999.96, '1000'],
    [0.00012345, '0.0001234'],
    [0.0000125, '1.25e−5'],
    [1e21, '1e21'],
    [0, '0'],
    [-0, '0'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, '∞'],
    [Number.NEGATIVE_INFINITY, '−∞'],
    [5e-324, '4.941e−324'],
  ])('writes %d as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  it('gives a change its sign', () => {
    expect(formatDelta(0.0121)).toBe('+0.0121');
    expect(formatDelta(-3)).toBe('−3');
  });
});

describe('sizes and durations', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [1_250_000, '1.3 MB'],
    [99_960_000, '100 MB'],
    [150_000_000, '150 MB'],
    [999_999_999, '1.0 GB'],
    [4_100_000_000, '4.1 GB'],
  ])('says %d bytes as %s', (bytes, text) => {
    expect(formatSize(bytes)).toBe(text);
  });

  it.each([
    [0, '0 ms'],
    [480, '480 ms'],
    [2_950, '3.0 s'],
    [9_960, '10 s'],
    [59_600, '1 m'],
    [192_000, '3 m 12 s'],
    [3_600_000, '1 h'],
    [187_200_000, '2 d 4 h'],
  ])('says %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});

it('says how long ago something was, in the language of the window', () => {
  const now = Date.UTC(2026, 10, 21, 12);
  expect(formatRelative(now - 10_000, now, 'en', 'just now')).toBe('just now');
  expect(formatRelative(now - 5 * 60_000, now, 'en', '')).toBe('5 minutes ago');
  expect(formatRelative(now - 3_580_000, now, 'en', '')).toBe('1 hour ago');
  expect(formatRelative(now - 23.7 * 3_600_000, now, 'en', '')).toBe('1 day ago');
  expect(formatRelative(now - 3 * 86_400_000, now, 'en', '')).toBe('3 days ago');
  expect(formatRelative(now - 2 * 3_600_000, now, 'zh', '')).toBe('2小时前');
  expect(formatRelative(now - 400 * 86_400_000, now, 'en', '')).toContain('2025');
});

it('cuts long names in the middle, by characters and not by halves of them', () => {
  expect(middleEllipsis('short', 10)).toBe('short');
  expect(middleEllipsis('models/checkpoints/epoch-100.safetensors', 17)).toBe('models/c…etensors');
  expect([...middleEllipsis('😀'.repeat(30), 11)]).toHaveLength(11);
  expect(middleEllipsis('😀'.repeat(30), 11)).not.toContain('\ufffd');
});

it('writes out what would make a name look like another', () => {
  expect(plainName('\u202egnp.exe')).toBe('⟨202E⟩gnp.exe');
  expect(plainName('a\nb\u200bc')).toBe('a⟨000A⟩b⟨200B⟩c');
  // Joiners belong to letters and to pictures.
  for (const name of ['模型 é.pt', '👩‍🔬', 'می‌خواهم']) expect(plainName(name)).toBe(name);
});
