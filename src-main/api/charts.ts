/** Charts over several runs, and how they are arranged. */
import { chartLayout } from '../contract/charts.ts';
import type { Handlers } from '../rpc/index.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import { measureImportance } from '../tracking/importance/index.ts';
import { readAgainst, readBands } from '../tracking/index.ts';
import { parseFilter, searchRuns } from '../tracking/query/index.ts';
import * as table from '../tracking/table/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';

type ChartOperation = Extract<keyof Handlers, `charts.${string}` | `layouts.${string}`>;

const settingKey = (name: string): string => `layout ${name}`;

export function chartHandlers(context: ApiContext): Pick<Handlers, ChartOperation> {
  return {
    'layouts.get': async ({ name }) => {
      const text = readSetting(context.session().store, settingKey(name));
      // What another version wrote may not be readable: then the charts stand as at first.
      const read = text === null ? null : chartLayout.safeParse(parse(text));
      return { layout: read?.data ?? null };
    },
    'layouts.set': async ({ name, layout }) => {
      writeSetting(context.session().store, settingKey(name), JSON.stringify(layout));
      return {};
    },
    'charts.against': (input, call) => readAgainst(context.session().store, input, call.signal),
    'charts.importance': async ({ filter, experimentId, ids, metric, aggregate }, call) => {
      const { store, tracking } = context.session();
      const found =
        filter === null
          ? { ids, total: null }
          : await table.sampleWithMetric(
              store,
              searchRuns(store, {
                filter: parseFilter(filter),
                experimentIds: experimentId === null ? null : [experimentId],
              }).runs,
              { kind: 'metric', key: metric, summary: aggregate },
              call.signal,
            );
      const rows = tracking.rows(found.ids);
      const values = rows.map(
        (run) => run.metrics.find((one) => one.key === metric)?.[aggregate] ?? null,
      );
      const { params, leftOut, runs, ...weighed } = await measureImportance(
        rows.map((run) => run.params),
        values,
        { signal: call.signal, onProgress: (report) => quietly(call.emit(report)) },
      );
      const all = found.total ?? runs;
      return { ...weighed, runs: all, params: [...params], leftOut: [...leftOut] };
    },
    'charts.bands': (input, call) => readBands(context.session().store, input, call.signal),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
