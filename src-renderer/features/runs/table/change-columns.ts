/** Moving, pinning, resizing, showing and hiding columns. Pure. */
import { type ColumnSpec, isPinned, isShownByItself, type View } from './view.ts';

/** Puts a column before another, or last with null; `shown` are those of the table as it is. */
export function moveColumn(
  view: View,
  shown: readonly ColumnSpec[],
  id: string,
  before: string | null,
): View {
  if (id === 'run' || id === before) return view;
  const ids = shown.map((column) => column.id).filter((other) => other !== id && other !== 'run');
  const at = before === null ? ids.length : Math.max(0, ids.indexOf(before));
  const neighbour = before === null || before === 'run' ? undefined : before;
  const order = [...ids.slice(0, at), id, ...ids.slice(at)];
  const known = new Map(view.columns.map((column) => [column.field, column]));
  const columns = order.map((field) => known.get(field) ?? { field });
  // Among pinned columns it is pinned, among the others it is not.
  const isAmong = neighbour !== undefined && known.get(neighbour)?.pinned === true;
  const moved = columns.map((column) =>
    column.field === id ? { ...column, pinned: isAmong } : column,
  );
  // Those that are not shown now keep what was chosen for them.
  const rest = view.columns.filter(({ field }) => !order.includes(field));
  return { ...view, columns: [...moved, ...rest] };
}

export function shiftColumn(
  view: View,
  shown: readonly ColumnSpec[],
  id: string,
  way: -1 | 1,
): View {
  const ids = shown.map((column) => column.id);
  const at = ids.indexOf(id);
  const target = at + way;
  if (at < 1 || target < 1 || target >= ids.length) return view;
  const neighbour = shown[target] as ColumnSpec;
  const self = shown[at] as ColumnSpec;
  // Pinned columns stay before the others.
  if (isPinned(self, view) !== isPinned(neighbour, view)) return view;
  const before = way < 0 ? ids[target] : (ids[target + 1] ?? null);
  const moved = moveColumn(view, shown, id, before ?? null);
  return isPinned(self, view)
    ? setColumn(moved, id, { pinned: true })
    : setColumn(moved, id, { pinned: false });
}

/** Changes what was chosen for a column, choosing it if nobody did. */
function setColumn(
  view: View,
  id: string,
  change: Partial<Omit<View['columns'][number], 'field'>>,
): View {
  const isKnown = view.columns.some(({ field }) => field === id);
  const columns = isKnown
    ? view.columns.map((column) => (column.field === id ? { ...column, ...change } : column))
    : [...view.columns, { field: id, ...change }];
  return { ...view, columns };
}

export function resizeColumn(
  view: View,
  shown: readonly ColumnSpec[],
  id: string,
  width: number | null,
): View {
  // A width alone must not move a column: all keep the places they have.
  const fixed = view.columns.some(({ field }) => field === id) ? view : fixOrder(view, shown);
  return {
    ...fixed,
    columns: fixed.columns.map((column) => {
      if (column.field !== id) return column;
      const { width: _, ...rest } = column;
      return width === null ? rest : { ...rest, width };
    }),
  };
}

export function pinColumn(
  view: View,
  shown: readonly ColumnSpec[],
  id: string,
  pinned: boolean,
): View {
  return setColumn(fixOrder(view, shown), id, { pinned });
}

/** Chooses all columns that are shown, in their order. */
function fixOrder(view: View, shown: readonly ColumnSpec[]): View {
  const known = new Map(view.columns.map((column) => [column.field, column]));
  const ids = shown.map((column) => column.id);
  const present = new Set(ids);
  return {
    ...view,
    columns: [
      ...ids.map((field) => known.get(field) ?? { field }),
      ...view.columns.filter(({ field }) => !present.has(field)),
    ],
  };
}

/** Shows or hides columns. */
export function showColumns(view: View, columns: readonly ColumnSpec[], shown: boolean): View {
  const ids = new Set(columns.filter(({ kind }) => kind !== 'run').map(({ id }) => id));
  const others = view.hidden.filter((id) => !ids.has(id));
  if (!shown) return { ...view, hidden: [...others, ...ids] };
  const known = new Set(view.columns.map(({ field }) => field));
  const chosen = columns.filter((column) => !isShownByItself(column) && !known.has(column.id));
  return {
    ...view,
    hidden: others,
    columns: [...view.columns, ...chosen.map(({ id }) => ({ field: id }))],
  };
}
