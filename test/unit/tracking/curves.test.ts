import { describe, expect, it } from 'vitest';
import { readAgainst, readBands, readCurves } from '../../../src-main/tracking/index.ts';
import { commandRun, openServices } from './support.ts';

const signal = new AbortController().signal;

function logged(
  series: Readonly<Record<string, (step: number) => number>>,
  steps: readonly number[],
  start = 1000,
) {
  const services = openServices();
  const log = (): string => {
    const { id } = services.tracking.createRun(commandRun());
    for (const [key, value] of Object.entries(series)) {
      services.tracking.appendMetrics(
        id,
        steps.map((step) => ({ key, step, time: start + step * 10, value: value(step) })),
      );
    }
    return id;
  };
  return { store: services.store, log };
}

const range = (count: number, by = 1): number[] => Array.from({ length: count }, (_, i) => i * by);
const all = { axis: 'step', from: null, to: null, means: false } as const;

describe('readCurves', () => {
  it('gives a stretch at full detail: chunks and tail, by step, time and time since start', () => {
    const { store, log } = logged({ loss: (step) => step % 7, other: () => 0 }, range(3500));
    const id = log();
    const read = (change: object) =>
      readCurves(store, [id], ['loss'], 1000, { ...all, ...change }).series[0]!;
    const near = read({ from: 3400, to: 3450 });
    expect([...near.steps]).toEqual(range(51).map((i) => 3400 + i));
    expect([...near.values]).toEqual([...near.steps].map((step) => step % 7));
    expect(near.total).toBe(3500);
    expect([...read({ axis: 'time', from: 1100, to: 1120 }).steps]).toEqual([10, 11, 12]);
    const relative = read({ axis: 'relative', from: 100, to: 120 });
    expect([...relative.steps]).toEqual([10, 11, 12]);
    expect(relative.start).toBe(1000);
    expect(read({ from: 4000 }).values).toHaveLength(0);
    expect(read({ to: 2 }).values).toHaveLength(3);
    expect(readCurves(store, [id], ['nothing'], 10).series).toEqual([]);
  });

  it('thins a stretch without losing a spike', () => {
    const { store, log } = logged({ loss: (step) => (step === 2222 ? 99 : 1) }, range(5000));
    const found = readCurves(store, [log()], null, 50, { ...all, from: 1000, to: 4000 }).series[0]!;
    expect(found.values.length).toBeLessThanOrEqual(50);
    expect([...found.values]).toContain(99);
  });

  it('tells means of what thinned points stand for: a rare spike hardly lifts them', () => {
    const { store, log } = logged({ loss: (step) => (step % 100 === 50 ? 101 : 1) }, range(4000));
    const found = readCurves(store, [log()], null, 82, { ...all, means: true }).series[0]!;
    expect(Math.max(...found.values)).toBe(101);
    const middle = [...found.means!].slice(1, -1);
    expect(middle.reduce((sum, mean) => sum + mean, 0) / middle.length).toBeCloseTo(2, 1);
    const whole = readCurves(store, [log()], null, 10_000, { ...all, means: true }).series[0]!;
    expect(whole.means).toEqual(whole.values);
  });
});

it('reads curves over another metric, joined by step', async () => {
  const { store, log } = logged({ loss: (step) => 10 - step, epoch: (step) => step / 2 }, range(6));
  const id = log();
  const ask = { ids: [id], keys: ['loss'], xKey: 'epoch', maxPoints: 100, from: null, to: null };
  const { series } = await readAgainst(store, ask, signal);
  expect([...series[0]!.x]).toEqual([0, 0.5, 1, 1.5, 2, 2.5]);
  expect([...series[0]!.values]).toEqual([10, 9, 8, 7, 6, 5]);
  const part = await readAgainst(store, { ...ask, from: 1, to: 1.5 }, signal);
  expect([...part.series[0]!.steps]).toEqual([2, 3]);
  expect((await readAgainst(store, { ...ask, xKey: 'none' }, signal)).series).toEqual([]);
  const long = logged(
    { loss: (step) => (step === 77 ? 50 : 0), epoch: (step) => step },
    range(999),
  );
  const thin = await readAgainst(long.store, { ...ask, ids: [long.log()], maxPoints: 40 }, signal);
  expect(thin.series[0]!.total).toBe(999);
  expect(thin.series[0]!.x.length).toBeLessThanOrEqual(44);
  expect([...thin.series[0]!.values]).toContain(50);
});

it('reads bands of groups, and stops when told', async () => {
  const { store, log } = logged({ loss: (step) => step }, range(4));
  const ids = [log(), log()];
  const ask = {
    groups: [{ id: 'both', runIds: ids }],
    keys: ['loss', 'none'],
    spread: 'range',
    maxPoints: 100,
    from: null,
    to: null,
  } as const;
  const input = { ...ask, groups: [{ id: 'both', runIds: ids }], keys: [...ask.keys] };
  const { bands } = await readBands(store, { ...input, axis: 'relative' }, signal);
  expect(bands).toHaveLength(1);
  expect(bands[0]).toMatchObject({ group: 'both', key: 'loss', runs: 2, total: 4 });
  expect([...bands[0]!.x]).toEqual([0, 10, 20, 30]);
  expect([...bands[0]!.mean]).toEqual([0, 1, 2, 3]);
  const stopped = AbortSignal.abort();
  await expect(readBands(store, { ...input, axis: 'step' }, stopped)).rejects.toThrow();
});
