import { describe, expect, it } from 'vitest';
import {
  isSystemMetric,
  systemCharts,
} from '../../../../../src-renderer/features/runs/system/system-charts.ts';

const words = {
  title: (quantity: string, unit: string) => `${quantity} ${unit}`.trim(),
  run: 'run',
  machine: 'machine',
  card: (number: string) => `GPU ${number}`,
};
type Found = Parameters<typeof systemCharts>[0][number];

function series(change: Partial<Found>, values: number[] = [1, 2]): Found {
  return {
    quantity: 'cpu',
    of: 'machine',
    device: '',
    capacity: null,
    times: Float64Array.from(values, (_, index) => 1000 + index),
    ...change,
    values: Float64Array.from(values),
  };
}

describe('the charts of a machine', () => {
  it('puts the run beside the machine, in the unit of the largest value', () => {
    const [cpu, memory] = systemCharts(
      [
        series({ quantity: 'memory', of: 'run' }, [5e8, 6e8]),
        series({ quantity: 'memory' }, [2e9, 3e9]),
        series({ quantity: 'cpu', of: 'run' }),
      ],
      900,
      'red',
      words,
    );
    expect(cpu?.title).toBe('cpu');
    expect(memory?.title).toBe('memory GB');
    expect(memory?.series.map((one) => [one.label, one.color, [...one.values]])).toEqual([
      ['run', 'red', [0.5, 0.6]],
      ['machine', 'var(--ink-dim)', [2, 3]],
    ]);
    expect(memory?.series[0]?.start).toBe(900);
  });

  it('leaves out what stayed at nothing, but never processor and memory', () => {
    const none = [0, 0];
    const titles = systemCharts(
      [
        series({ quantity: 'net-in' }, none),
        series({ quantity: 'disk-read', of: 'run' }, none),
        series({ quantity: 'cpu', of: 'run' }, none),
      ],
      null,
      'red',
      words,
    ).map((chart) => chart.title);
    expect(titles).toEqual(['cpu']);
  });

  it('draws every card in one chart, and each unknown metric in its own', () => {
    const charts = systemCharts(
      [
        series({ quantity: 'gpu', device: '0' }),
        series({ quantity: 'gpu', device: '9' }),
        series({ quantity: 'other', device: 'fan_speed' }),
      ],
      5000,
      'red',
      words,
    );
    expect(charts.map((chart) => [chart.title, chart.series.map((one) => one.label)])).toEqual([
      ['gpu', ['GPU 0', 'GPU 9']],
      ['fan_speed', ['machine']],
    ]);
    // A clock that was set back: no point lies before the beginning.
    expect(charts[0]?.series[0]?.start).toBe(1000);
  });

  it('knows the names of MLflow’s client', () => {
    expect(isSystemMetric('system/cpu_utilization_percentage')).toBe(true);
    expect(isSystemMetric('ecosystem/loss')).toBe(false);
  });
});
