/** A made-up closer look at one tensor: a bell on either side, and a falling spectrum. */
import type { Output } from '../../src-main/contract/index.ts';

const bell = (bins: number, centre: number, height: number): number[] =>
  Array.from({ length: bins }, (_, bin) =>
    Math.round(height * Math.exp(-(((bin - centre) / (bins / 7)) ** 2) / 2)),
  );

export function fakeTensorLook(want: 'distribution' | 'spectrum'): Output<'diff.tensor'> {
  if (want === 'distribution') {
    const quantiles = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99].map((p) => ({ p, value: p - 0.5 }));
    return {
      distribution: {
        low: -0.4,
        high: 0.4,
        left: bell(64, 31, 900),
        right: bell(64, 33, 820),
        delta: { from: -7, step: 0.25, counts: bell(20, 12, 2400) },
        unchanged: 311,
        quantiles: { left: quantiles, right: quantiles },
      },
      spectrum: null,
      note: null,
    };
  }
  const values = Array.from({ length: 20 }, (_, at) => 2.4 / (1 + at) ** 0.8);
  return {
    distribution: null,
    spectrum: {
      rows: 512,
      columns: 512,
      values,
      exact: false,
      frobenius: 4.1,
      stableRank: 2.9,
      effectiveRank: null,
    },
    note: null,
  };
}
