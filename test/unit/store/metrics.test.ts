import { expect, it } from 'vitest';
import { insertExperiment } from '../../../src-main/store/experiments.ts';
import { appendPoints, sealRun } from '../../../src-main/store/metric-writing.ts';
import { readDrawable, readOneSeries, readPoints } from '../../../src-main/store/metrics.ts';
import type { Points } from '../../../src-main/store/points.ts';
import { insertRun, readSeq } from '../../../src-main/store/runs.ts';
import { Store } from '../../../src-main/store/store.ts';
import { tempFolder } from '../../support/temp.ts';

const id = 'a'.repeat(32);

function storeWithRun(): { store: Store; run: number } {
  const store = Store.open(`${tempFolder()}/cairn.db`);
  insertExperiment(store, { id: 'e', number: 1, name: 'e', note: '', created_at: 0 });
  insertRun(store, {
    id,
    experiment_id: 'e',
    number: 1,
    name: 'r',
    status: 'RUNNING',
    kind: 'logged',
    parent_id: null,
    spec: '',
    command: '',
    cwd: '.',
    created_at: 0,
    note: '',
  });
  return { store, run: readSeq(store, id) as number };
}

function columns(from: number, count: number, value = (i: number) => i * 0.1): Points {
  const indices = Array.from({ length: count }, (_, i) => from + i);
  return {
    steps: Float64Array.from(indices),
    times: Float64Array.from(indices, (i) => 1000 + i),
    values: Float64Array.from(indices, value),
  };
}

it('keeps points in order, whether they come one by one or in bulk', () => {
  const { store, run } = storeWithRun();
  let at = 0;
  for (const count of [1, 1, 700, 3, 1023, 1, 5000, 2, 255]) {
    store.transaction(() => appendPoints(store, run, 'loss', columns(at, count)));
    at += count;
  }
  const series = readOneSeries(store, id, 'loss');
  expect(series).toMatchObject({ count: at, last_step: at - 1, min: 0, max: (at - 1) * 0.1 });
  expect(readPoints(store, series?.id as number)).toEqual(columns(0, at));
  store.transaction(() => sealRun(store, run));
  expect(readPoints(store, series?.id as number)).toEqual(columns(0, at));
  expect(readOneSeries(store, id, 'loss')).toMatchObject({ count: at, sealed: at });
  store.close();
});

it('ignores a point that is there already, in the tail or in a chunk, and in the batch itself', () => {
  const { store, run } = storeWithRun();
  const again = { ignoreRepeated: true };
  const send = (points: Points) =>
    store.transaction(() => appendPoints(store, run, 'loss', points, again));
  send(columns(0, 2000));
  send(columns(0, 2000));
  send(columns(1990, 20));
  send(columns(2005, 1));
  send(columns(2005, 1, () => Number.NaN));
  send(columns(2005, 1, () => Number.NaN));
  send({
    steps: Float64Array.of(1, 1),
    times: Float64Array.of(9999, 9999),
    values: Float64Array.of(5, 5),
  });
  expect(readOneSeries(store, id, 'loss')?.count).toBe(2010 + 1 + 1);
  store.close();
});

it('draws a long series from previews and loses no spike', () => {
  const { store, run } = storeWithRun();
  const spike = 77_777;
  const all = columns(0, 100_000, (i) => (i === spike ? 1e6 : i === 4242 ? Number.NaN : 1));
  store.transaction(() => appendPoints(store, run, 'loss', all));
  const series = readOneSeries(store, id, 'loss');
  if (series === undefined) throw new Error('no series');
  const drawn = readDrawable(store, series, 1000);
  expect(drawn.values.length).toBeLessThanOrEqual(1001);
  expect(drawn.steps[drawn.values.indexOf(1e6)]).toBe(spike);
  expect([...drawn.values].some(Number.isNaN)).toBe(true);
  expect([...drawn.steps]).toEqual([...drawn.steps].sort((a, b) => a - b));
  store.close();
});

it('takes the value of the highest step, time and value for the last one', () => {
  const { store, run } = storeWithRun();
  const log = (step: number, time: number, value: number) =>
    store.transaction(() =>
      appendPoints(store, run, 'm', {
        steps: Float64Array.of(step),
        times: Float64Array.of(time),
        values: Float64Array.of(value),
      }),
    );
  log(5, 10, 1);
  log(4, 20, 2);
  expect(readOneSeries(store, id, 'm')).toMatchObject({ last: 1, last_step: 5 });
  log(5, 10, 3);
  log(5, 10, 2);
  expect(readOneSeries(store, id, 'm')).toMatchObject({ last: 3, last_time: 10 });
  log(5, 11, Number.NaN);
  expect(readOneSeries(store, id, 'm')).toMatchObject({ last: null, count: 5, min: 1, max: 3 });
  store.close();
});
