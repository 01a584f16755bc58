/** How the table is looked at: which columns, where, how wide, in what order of runs. Pure. */
import type { TableField, ViewState } from '../../../client/index.ts';
import { summaryField } from '../../../ui/index.ts';
import { isSystemMetric } from '../system/system-charts.ts';

export type View = ViewState;
export type Summary = View['summary'];

export const plainView: View = {
  filter: '',
  experimentId: null,
  order: [],
  columns: [],
  hidden: [],
  onlyDiffering: true,
  summary: 'last',
  group: { kind: 'none' },
  ofGroup: 'mean',
};

/** Names of params that hold a seed. */
export const seedPattern = 'seed|random_state';

/** A column that there is. `id` is the field that a filter names; `run` is what a run is called. */
export interface ColumnSpec {
  readonly id: string;
  readonly kind: 'run' | 'attribute' | 'metric' | 'param' | 'tag';
  readonly key: string;
  readonly differs: boolean;
  readonly direction: 'higher' | 'lower' | null;
}

/** Columns of every run, those that are there by themselves first. */
const shownAttributes = ['status', 'created', 'duration'];
const otherAttributes = [
  'experiment',
  'kind',
  'source',
  'notebook',
  'ended',
  'user',
  'note',
  'branch',
  'commit',
  'exit_code',
  'memory',
  'cpu',
  'error',
];

/** The share of runs below which a column is one of few. */
const rarely = 0.1;

const attribute = (id: string): ColumnSpec => ({
  id,
  kind: 'attribute',
  key: id,
  differs: true,
  direction: null,
});

/** Every column there is, in the order that they have by themselves. */
export function allColumns(fields: readonly TableField[]): ColumnSpec[] {
  const ofKind = (kind: TableField['kind']): ColumnSpec[] =>
    fields
      .filter((field) => field.kind === kind && field.present)
      .map(({ field, key, differs, direction }) => ({ id: field, kind, key, differs, direction }));
  // What hardly any run has would stand in front of the rest, empty.
  const rare = new Set(fields.filter(({ share = 1 }) => share < rarely).map(({ field }) => field));
  const rareLast = (specs: readonly ColumnSpec[]): ColumnSpec[] => [
    ...specs.filter(({ id }) => !rare.has(id)),
    ...specs.filter(({ id }) => rare.has(id)),
  ];
  const metrics = ofKind('metric');
  return [
    { ...attribute('run'), kind: 'run' },
    ...shownAttributes.map(attribute),
    ...rareLast(metrics.filter((spec) => !isOfMachine(spec))),
    ...rareLast(ofKind('param')),
    ...ofKind('tag'),
    attribute('command'),
    ...metrics.filter(isOfMachine),
    ...otherAttributes.map(attribute),
  ];
}

/** Whether a column is there before anybody chose it. */
export function isShownByItself({ kind, id, key }: ColumnSpec): boolean {
  if (kind === 'attribute') return shownAttributes.includes(id) || id === 'command';
  return kind !== 'tag' && !isOfMachine({ kind, key });
}

/** How busy the machine was, which the page of the run shows over time. */
function isOfMachine({ kind, key }: Pick<ColumnSpec, 'kind' | 'key'>): boolean {
  return kind === 'metric' && isSystemMetric(key);
}

export function isShown(column: ColumnSpec, view: View): boolean {
  if (column.kind === 'run') return true;
  if (view.hidden.includes(column.id)) return false;
  return isShownByItself(column) || view.columns.some(({ field }) => field === column.id);
}

export function isPinned(column: ColumnSpec, view: View): boolean {
  return (
    column.kind === 'run' ||
    view.columns.some(({ field, pinned }) => field === column.id && pinned === true)
  );
}

/** The columns that the table has, from the left: pinned ones first. */
export function arrangeColumns(
  all: readonly ColumnSpec[],
  view: View,
): { readonly columns: readonly ColumnSpec[]; readonly pinned: number } {
  // Sets: there may be thousands.
  const hidden = new Set(view.hidden);
  const chosen = new Map(view.columns.map((column) => [column.field, column]));
  const shown = all.filter((column) => {
    if (column.kind === 'run') return true;
    if (hidden.has(column.id)) return false;
    if (!isShownByItself(column) && !chosen.has(column.id)) return false;
    const mayBeSame = column.kind !== 'metric' && column.kind !== 'param';
    const pinned = chosen.get(column.id)?.pinned === true;
    return mayBeSame || pinned || !view.onlyDiffering || column.differs;
  });
  const ordered = inChosenOrder(
    shown,
    view.columns.map(({ field }) => field).filter((field) => field !== 'run'),
  );
  const isFirst = (column: ColumnSpec): boolean =>
    column.kind === 'run' || chosen.get(column.id)?.pinned === true;
  const first = ordered.filter(isFirst);
  const named = first.filter(({ kind }) => kind === 'run');
  const others = first.filter(({ kind }) => kind !== 'run');
  return {
    columns: [...named, ...others, ...ordered.filter((column) => !isFirst(column))],
    pinned: first.length,
  };
}

/** Those that were put in an order, in it; each other behind the one it follows by itself. */
function inChosenOrder(
  columns: readonly ColumnSpec[],
  chosen: readonly string[],
): readonly ColumnSpec[] {
  const byId = new Map(columns.map((column) => [column.id, column]));
  const placed = new Set(chosen);
  const behind = new Map<string | null, ColumnSpec[]>();
  let last: string | null = null;
  for (const column of columns) {
    if (placed.has(column.id)) last = column.id;
    else behind.set(last, [...(behind.get(last) ?? []), column]);
  }
  const ordered = [...(behind.get(null) ?? [])];
  for (const id of chosen) {
    const column = byId.get(id);
    if (column !== undefined) ordered.push(column, ...(behind.get(id) ?? []));
  }
  return ordered;
}

/** What a column shows, as the core is asked for it. */
export function fieldOf(
  column: Pick<ColumnSpec, 'id' | 'kind'>,
  view: Pick<View, 'summary'>,
): string {
  if (column.kind === 'run') return 'name';
  return column.kind === 'metric' ? summaryField(column.id, view.summary) : column.id;
}

/** The way a column is ordered by now. Without an order, the newest numbers come first. */
export function directionOf(view: View, id: string): 'asc' | 'desc' | false {
  if (view.order.length === 0) return id === 'run' ? 'desc' : false;
  const order = view.order.find(({ field }) => field === id);
  return order === undefined ? false : order.desc ? 'desc' : 'asc';
}

/**
 * Orders by a column: first the better way of it, then the other, then no longer.
 * @param multi in addition to the others
 */
export function toggleOrder(view: View, column: ColumnSpec, multi: boolean): View {
  const firstDesc =
    column.kind === 'metric' ? column.direction !== 'lower' : startsDescending(column);
  const now = directionOf(view, column.id);
  const others = multi ? view.order.filter(({ field }) => field !== column.id) : [];
  if (now === false) return { ...view, order: [...others, { field: column.id, desc: firstDesc }] };
  const isDesc = now === 'desc';
  if (isDesc === firstDesc) {
    return { ...view, order: [...others, { field: column.id, desc: !firstDesc }] };
  }
  return { ...view, order: others };
}

function startsDescending({ id }: ColumnSpec): boolean {
  return ['run', 'created', 'ended', 'duration', 'memory', 'cpu'].includes(id);
}

/** Whether two views are the same but for what they are narrowed to. */
export function sameView(a: View, b: View): boolean {
  return JSON.stringify(normal(a)) === JSON.stringify(normal(b));
}

function normal(view: View): unknown {
  const { filter, experimentId, order, columns, hidden, onlyDiffering, summary, group, ofGroup } =
    view;
  const plain = columns.map(({ field, width, pinned }) => [field, width ?? null, pinned === true]);
  return [
    filter.trim(),
    experimentId,
    order.map(({ field, desc }) => [field, desc]),
    plain,
    [...hidden].sort(),
    onlyDiffering,
    summary,
    group.kind === 'by'
      ? ['by', ...group.fields]
      : group.kind === 'seed'
        ? ['seed', group.pattern]
        : group.kind,
    ofGroup,
  ];
}
