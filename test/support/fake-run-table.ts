/** The runs table over made-up runs: enough of it to look at, without a store behind. */
import type { Cell } from '../../src-main/contract/run-table.ts';
import type { SavedView, ViewState } from '../../src-main/contract/views.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import {
  type Field,
  outlineFilter,
  parseField,
  parseOrderBy,
} from '../../src-main/tracking/query/index.ts';
import { aggregateCells } from '../../src-main/tracking/table/aggregate.ts';
import { Packer } from '../../src-main/tracking/table/columns.ts';
import { type FakeRun, fakeId } from './fake-runs.ts';

type TableHandlers = Pick<Handlers, Extract<keyof Handlers, `table.${string}` | `views.${string}`>>;

export function fakeRunTable(
  runs: readonly FakeRun[],
  matching: (experimentId: string | null, filter: string) => readonly FakeRun[],
  publish: (topic: string) => void,
): TableHandlers {
  const byId = new Map(runs.map((run) => [run.id, run]));
  const rowsOf = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  let views: SavedView[] = [];
  let standard: string | null = null;
  let current: ViewState | null = null;
  const change = (next: SavedView[]) => {
    views = next;
    publish('views');
    return {};
  };
  return {
    'table.page': async ({ ids, fields }) => {
      const wanted = fields.map(parseField);
      return {
        rows: rowsOf(ids).map((run) => ({
          ...headOf(run),
          values: wanted.map((field) => cellOf(run, field)),
        })),
      };
    },
    'table.runs': async ({ ids }) => ({
      rows: rowsOf(ids).map(
        ({ curves: _, executions: _e, files: _f, environment: _v, ...row }) => row,
      ),
    }),
    'table.columns': async ({ experimentId, filter, orderBy, fields }) => {
      const found = orderFake(matching(experimentId ?? null, filter ?? ''), orderBy ?? '');
      return {
        ids: found.map(({ id }) => id),
        labels: found.map(({ label }) => label),
        names: found.map(({ name }) => name),
        columns: fields.map((text) => {
          const field = parseField(text);
          const packer = new Packer(found.length, field.kind === 'param' || field.kind === 'tag');
          packer.put(
            found.map((run) => cellOf(run, field)),
            0,
          );
          return { ...packer.column(), field: text };
        }),
      };
    },
    'table.fields': async ({ experimentId, filter }) => {
      const found = matching(experimentId ?? null, filter ?? '');
      const params = new Set(found.flatMap((run) => Object.keys(run.params)));
      const metrics = new Set(found.flatMap((run) => run.metrics.map(({ key }) => key)));
      const summary = (kind: 'param' | 'metric') => (key: string) => {
        const field = `${kind}s.${key}`;
        const parsed = parseField(field);
        const cells = new Set(found.map((run) => cellOf(run, parsed)));
        const differs = found.length < 2 || cells.size > 1;
        const direction =
          kind === 'metric'
            ? key.includes('loss')
              ? ('lower' as const)
              : ('higher' as const)
            : null;
        return { kind, key, field, present: true, differs, direction };
      };
      return {
        fields: [
          ...[...metrics].sort().map(summary('metric')),
          ...[...params].sort().map(summary('param')),
        ],
        runs: found.length,
        exact: true,
      };
    },
    'table.tree': async ({ experimentId, filter }) => {
      const ids = matching(experimentId ?? null, filter ?? '').map(({ id }) => id);
      return { ids, depths: new Uint8Array(ids.length) };
    },
    'table.groups': async ({ experimentId, filter, by }) => {
      const wanted = (by ?? []).map(parseField);
      const found = matching(experimentId ?? null, filter ?? '');
      const groups = Map.groupBy(found, (run) =>
        JSON.stringify(wanted.map((field) => cellOf(run, field))),
      );
      return {
        groups: [...groups].map(([key, members]) => ({
          values: JSON.parse(key) as Cell[],
          ids: members.map(({ id }) => id),
        })),
      };
    },
    'table.aggregate': async ({ groups, fields }) => ({
      groups: groups.map((ids) =>
        fields.map((text) => {
          const field = parseField(text);
          const cells = rowsOf(ids).map((run) => cellOf(run, field));
          return aggregateCells(cells, field.kind === 'metric' ? 'higher' : null);
        }),
      ),
    }),
    'table.complete': async ({ at }) => ({ from: at, to: at, items: [] }),
    'table.outline': async ({ filter }) => ({ parts: outlineFilter(filter) }),
    'views.list': async () => ({ views, standard, current }),
    'views.save': async ({ id, name, state }) => {
      const saved = { id: id ?? fakeId(7000 + views.length), name, state };
      change([...views.filter((view) => view.id !== saved.id), saved]);
      return { id: saved.id };
    },
    'views.rename': async ({ id, name }) =>
      change(views.map((view) => (view.id === id ? { ...view, name } : view))),
    'views.remove': async ({ id }) => change(views.filter((view) => view.id !== id)),
    'views.setStandard': async ({ id }) => {
      standard = id;
      return change(views);
    },
    'views.keep': async ({ state }) => {
      current = state;
      return {};
    },
  };
}

/** As the core orders them: by the first thing that is asked for, the newest first without. */
export function orderFake(runs: readonly FakeRun[], orderBy: string): FakeRun[] {
  const [first] = parseOrderBy(orderBy);
  const newest = runs.toSorted(
    (a, b) => b.experimentNumber - a.experimentNumber || b.number - a.number,
  );
  if (first === undefined) return newest;
  const sign = first.descending ? -1 : 1;
  if (first.field.kind === 'attribute' && first.field.name.includes('number')) {
    return first.descending ? newest : newest.toReversed();
  }
  return newest.sort((a, b) => {
    const [x, y] = [cellOf(a, first.field), cellOf(b, first.field)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    const [p, q] = [Number(x), Number(y)];
    if (Number.isNaN(p) || Number.isNaN(q)) return sign * (String(x) < String(y) ? -1 : 1);
    return sign * (p - q);
  });
}

function headOf(run: FakeRun) {
  const { id, label, experimentId, experimentNumber, experimentName, number, name } = run;
  const { status, kind, createdAt, startedAt, endedAt, starred } = run;
  return {
    ...{ id, label, experimentId, experimentNumber, experimentName, number, name },
    ...{ status, kind, createdAt, startedAt, endedAt, starred },
  };
}

function cellOf(run: FakeRun, field: Field): Cell {
  switch (field.kind) {
    case 'param':
      return run.params[field.key] ?? null;
    case 'tag':
      return run.tags[field.key] ?? null;
    case 'metric': {
      const metric = run.metrics.find(({ key }) => key === field.key);
      return metric?.[field.summary === 'step' ? 'lastStep' : field.summary] ?? null;
    }
    case 'attribute':
      return attributeOf(run, field.name);
    case 'dataset':
      return null;
  }
}

function attributeOf(run: FakeRun, name: string): Cell {
  const known: Readonly<Record<string, Cell>> = {
    command: run.command,
    experiment: run.experimentName,
    status: run.status,
    run_name: run.name,
    start_time: run.startedAt,
    duration: run.endedAt === null ? null : run.endedAt - (run.startedAt ?? 0),
  };
  return known[name] ?? null;
}
