import { describe, expect, it } from 'vitest';
import { axisTicks, shortNumber } from '../../../../src-renderer/charts/axis-ticks.ts';

const texts = (...input: Parameters<typeof axisTicks>): string[] =>
  axisTicks(...input).map(({ text }) => text);

describe('ticks of an axis', () => {
  it('stand at round values, said as short as tells them apart', () => {
    expect(texts('linear', [0, 100_000], 5)).toEqual(['0', '20k', '40k', '60k', '80k', '100k']);
    expect(texts('linear', [0.9, 0.93], 4)).toEqual(['0.9', '0.91', '0.92', '0.93']);
    expect(texts('linear', [-0.4, 0.4], 4)).toEqual(['−0.4', '−0.2', '0', '0.2', '0.4']);
    expect(texts('linear', [0, 4e-7], 4)).toEqual(['0', '1e−7', '2e−7', '3e−7', '4e−7']);
    expect(texts('linear', [100_000, 100_004], 4)).toEqual([
      ...['100k', '100.001k', '100.002k', '100.003k', '100.004k'],
    ]);
  });

  it('are powers of ten on a logarithmic axis, fewer where there are very many', () => {
    expect(texts('log', [-3, 2], 6)).toEqual(['0.001', '0.01', '0.1', '1', '10', '100']);
    expect(texts('log', [0, 1.2], 6)).toEqual(['1', '2', '5', '10']);
    expect(axisTicks('log', [-20, 20], 6).length).toBeLessThan(8);
    // Less than a power of ten: the round values within.
    expect(texts('log', [Math.log10(2), Math.log10(5)], 4)).toEqual(['2', '3', '4', '5']);
  });

  it('say the date once, and again where it changes', () => {
    const from = Date.UTC(2026, 10, 20, 22);
    expect(texts('date', [from, from + 4 * 3_600_000], 4)).toEqual([
      ...['22:00\n2026-11-20', '23:00', '00:00\n2026-11-21', '01:00', '02:00'],
    ]);
    expect(texts('date', [from, from + 3000], 3)[1]).toBe('22:00:01');
    expect(texts('date', [from, from + 40 * 86_400_000], 6)[0]).toBe('11-23\n2026');
    expect(texts('date', [from, from + 400 * 86_400_000], 5)).toContain('2027-01');
    expect(texts('date', [0, 40 * 365.25 * 86_400_000], 5)).toContain('1980');
  });

  it('are none for an axis without a stretch', () => {
    for (const type of ['linear', 'log', 'date'] as const) {
      expect(axisTicks(type, [1, 1], 5)).toEqual([]);
      expect(axisTicks(type, [Number.NaN, 1], 5)).toEqual([]);
    }
  });
});

describe('a short number', () => {
  it('keeps what is asked for and no more', () => {
    expect(shortNumber(1234, 6)).toBe('1234');
    expect(shortNumber(12_345, 3)).toBe('12.3k');
    expect(shortNumber(-2.5e9, 3)).toBe('−2.5G');
    expect(shortNumber(0.1 + 0.2, 3)).toBe('0.3');
    expect(shortNumber(1e20, 3)).toBe('1e20');
    expect(shortNumber(0, 3)).toBe('0');
  });
});
