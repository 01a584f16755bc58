import { expect, test } from 'vitest';
import { chartHandlers } from '../../../src-main/api/charts.ts';
import type { ApiContext } from '../../../src-main/api/context.ts';
import { chartLayout } from '../../../src-main/contract/charts.ts';
import { writeSetting } from '../../../src-main/store/settings.ts';
import { commandRun, openServices } from '../tracking/support.ts';

function open() {
  const services = openServices();
  const handlers = chartHandlers({ session: () => services } as unknown as ApiContext);
  const told: unknown[] = [];
  const call = {
    signal: new AbortController().signal,
    emit: async (item: unknown) => void told.push(item),
  } as never;
  return { ...services, handlers, call, told };
}

const layout = chartLayout.parse({
  settings: {
    xAxis: 'relative',
    xKey: '',
    smoothing: { kind: 'gaussian', amount: 0.5 },
    logX: false,
    logY: true,
    outliers: false,
    groupBy: 'param l r',
    spread: 'deviation',
  },
  sections: [{ id: 'train', folded: true }, { id: '' }],
  panels: [{ id: 'a', kind: 'scatter', options: { x: 'param "q"' } }],
});

test('keeps arrangements by name, and has none for what it cannot read', async () => {
  const { handlers, call, store } = open();
  const get = (name: string) => handlers['layouts.get']({ name }, call);
  expect(await get('charts')).toEqual({ layout: null });
  await handlers['layouts.set']({ name: 'charts', layout }, call);
  expect(await get('charts')).toEqual({ layout });
  expect(await get('other')).toEqual({ layout: null });
  for (const text of ['{', '"charts"', '{"settings":{"xAxis":"sideways"}}']) {
    writeSetting(store, 'layout charts', text);
    expect(await get('charts')).toEqual({ layout: null });
  }
});

test('weighs the params of the runs in the store, by the value of the metric that is asked for', async () => {
  const { handlers, call, tracking, told } = open();
  const ids = Array.from({ length: 24 }, (_, index) => {
    const { id } = tracking.createRun(commandRun());
    const lr = (index % 6) + 1;
    tracking.setParams(id, [
      { file: '', key: 'lr', value: `${lr}e-2` },
      { file: '', key: 'batch', value: String((index * 7) % 5) },
    ]);
    // It ends where it began; only its highest value depends on the param.
    tracking.appendMetrics(
      id,
      [1, lr * 10, 1].map((value, step) => ({ key: 'acc', step, time: step, value })),
    );
    return id;
  });
  const ask = (aggregate: 'last' | 'max', filter: string | null = null) =>
    handlers['charts.importance'](
      { ids: filter === null ? ids : [], filter, experimentId: null, metric: 'acc', aggregate },
      call,
    );
  const { params, runs, explained } = await ask('max');
  expect(runs).toBe(24);
  expect(params[0]).toMatchObject({ key: 'lr', kind: 'number', runs: 24 });
  expect(params[0]?.correlation?.value).toBeCloseTo(1, 12);
  expect(params[0]?.importance?.low).toBeGreaterThan(0.2);
  expect(explained?.value).toBeGreaterThan(0.5);
  expect(told[0]).toMatchObject({ phase: 'Weighing the params', done: 0, total: 30 });
  expect((await ask('last')).explained).toBeNull();
  const filtered = await ask('max', "params.batch != '0'");
  expect(filtered.runs).toBe(ids.filter((_, index) => (index * 7) % 5 !== 0).length);
  expect(filtered.params[0]?.key).toBe('lr');
});
