import { describe, expect, it } from 'vitest';
import {
  bandSeries,
  bandsInput,
  curveKind,
  runSeries,
  runsInput,
} from '../../../../src-renderer/charts/curve-queries.ts';
import { defaultChartSettings } from '../../../../src-renderer/charts/settings.ts';
import { composeSheet } from '../../../../src-renderer/charts/sheet.ts';
import { chartTokens } from '../../../support/chart-tokens.ts';

const tokens = { ...chartTokens, fontFamily: '"Noto Sans", serif', fontSize: 10 };
const cell = { width: 100, height: 50 };
const picture = '<svg class="main" width="100"><path/></svg>';
const legend = ['<a>', 'b'].map((label, index) => ({
  runId: label,
  label,
  color: '#ff0000',
  dash: index === 0 ? ('solid' as const) : ('dot' as const),
}));

describe('a sheet', () => {
  it('has its pictures in rows, with the names below', () => {
    const sheet = composeSheet({
      pictures: [picture, picture, picture, picture],
      columns: 3,
      cell,
      legend,
      tokens,
    });
    expect(sheet.width).toBe(3 * 100 + 4 * 12);
    expect(sheet.svg.match(/<svg x="\d+" y="\d+" class/g)).toEqual([
      '<svg x="12" y="12" class',
      '<svg x="124" y="12" class',
      '<svg x="236" y="12" class',
      '<svg x="12" y="74" class',
    ]);
    expect(sheet.svg).toContain('&lt;a&gt;');
    expect(sheet.svg).toContain('stroke-dasharray="3 3"');
    expect(sheet.svg).toContain('&quot;Noto Sans&quot;');
    expect(sheet.height).toBeGreaterThan(2 * 50 + 3 * 12);
  });

  it('is as wide as its only picture, and names one run in the title only', () => {
    const sheet = composeSheet({
      pictures: [picture],
      columns: 3,
      cell,
      legend: legend.slice(0, 1),
      tokens,
    });
    expect([sheet.width, sheet.height]).toEqual([124, 74]);
    expect(sheet.svg).not.toContain('<text');
    expect(composeSheet({ pictures: [], columns: 3, cell, legend: [], tokens }).height).toBe(12);
  });
});

describe('what is asked for curves', () => {
  const entries = [
    { runId: 'r2', label: '2', color: '#000' },
    { runId: 'r1', label: '1', color: '#111' },
  ];
  const asked = { keys: ['loss'], entries, settings: defaultChartSettings, maxPoints: 9 };

  it('goes by what runs along x and by groups', () => {
    expect(curveKind(entries, defaultChartSettings)).toBe('runs');
    expect(curveKind(entries, { ...defaultChartSettings, xAxis: 'metric' })).toBe('against');
    const [first] = entries;
    if (first === undefined) throw new Error('no entry');
    expect(curveKind([{ ...first, members: ['r1'] }], defaultChartSettings)).toBe('bands');
  });

  it('is the same over steps and over the clock until somebody zooms', () => {
    const time = { ...defaultChartSettings, xAxis: 'time' as const };
    expect(runsInput({ ...asked, stretch: null })).toEqual(
      runsInput({ ...asked, settings: time, stretch: null }),
    );
    const stretch = { from: 1, to: 2 };
    expect(runsInput({ ...asked, settings: time, stretch })).toMatchObject({
      axis: 'time',
      ...stretch,
    });
    expect(bandsInput({ ...asked, stretch: null }).groups).toEqual([]);
  });

  it('comes back in the order of the entries, in their colours', () => {
    const found = [{ runId: 'r1' }, { runId: 'r2' }, { runId: 'gone' }];
    expect(runSeries(found, entries).map(({ runId, color }) => [runId, color])).toEqual([
      ['r2', '#000'],
      ['r1', '#111'],
    ]);
    const column = Float64Array.of(1);
    const band = { group: 'r1', key: 'loss', runs: 2, total: 1 };
    const columns = { x: column, mean: column, low: column, high: column, counts: column };
    expect(bandSeries([{ ...band, ...columns }], entries)).toMatchObject([
      { runId: 'r1', key: 'loss', values: column, band: { low: column } },
    ]);
  });
});
