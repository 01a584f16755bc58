import { type Input, type QueryCache, type TableRow, topics } from '../../../client/index.ts';
import { orderText } from '../../../ui/index.ts';
import { allColumns, arrangeColumns, fieldOf, type View } from './view.ts';
import { beginTableAhead } from './view-store.ts';

/** More than a folder has. */
const mostRuns = 1_000_000;
/** Lines that are asked for at once. */
export const blockLines = 64;
/** As many columns are asked for with every row; with more, those in sight and around. */
const fewColumns = 64;
const columnStep = 32;

const watched = [topics.runs];

/** What the core is asked for by a table that is not grouped. */
export function searchOf(view: View) {
  return { experimentId: view.experimentId, filter: view.filter, orderBy: orderText(view) };
}

export function flatInput(view: View): Input<'runs.find'> {
  return { ...searchOf(view), limit: mostRuns };
}

/** How many runs the folder has. */
export const countInput: Input<'runs.find'> = { limit: 0 };

/**
 * The part of `fields` that is asked for while a span of them is in sight; it moves in steps.
 */
export function fieldsInSight(
  fields: readonly string[],
  sight: { readonly first: number; readonly last: number },
): readonly string[] {
  if (fields.length <= fewColumns) return fields;
  const first = Math.floor((sight.first - columnStep / 2) / columnStep) * columnStep;
  const last = Math.ceil((sight.last + columnStep / 2) / columnStep) * columnStep;
  return fields.slice(Math.max(0, first), last);
}

/** The fields of a page: those that stay in sight, and those that are. */
export function pageFields(
  fields: readonly string[],
  pinned: number,
  sight: { readonly first: number; readonly last: number },
): readonly string[] {
  return [...new Set([...fields.slice(0, pinned), ...fieldsInSight(fields, sight)])];
}

/** Rows that came before the table are those it shows first; later they may have changed. */
const freshMs = 3000;

/** The rows that a table will show first, as they came before it was there. */
let came: {
  readonly rows: readonly TableRow[];
  readonly fields: readonly string[];
  readonly at: number;
} | null = null;

/** Takes what came ahead, once. */
export function takeAhead() {
  const taken = came;
  came = null;
  return taken !== null && performance.now() - taken.at < freshMs ? taken : null;
}

/** Asks for all that the table shows first, its rows among it. */
export async function askForTable(queries: QueryCache): Promise<void> {
  const view = await beginTableAhead(queries);
  const { experimentId, filter, group } = view;
  if (group.kind !== 'none') return;
  const [found, known] = await Promise.all([
    queries.ahead('runs.find', flatInput(view), watched),
    queries.ahead('table.fields', { experimentId, filter }, watched),
    queries.ahead('runs.find', countInput, watched),
    queries.ahead('experiments.list', {}, watched),
  ]);
  if (found === undefined || known === undefined || found.ids.length === 0) return;
  const { columns, pinned } = arrangeColumns(allColumns(known.fields), view);
  const fields = pageFields(
    columns.map((column) => fieldOf(column, view)),
    pinned,
    { first: 0, last: 0 },
  );
  const ids = found.ids.slice(0, blockLines);
  const page = await queries.ahead('table.page', { ids, fields: [...fields] }, watched);
  if (page !== undefined) came = { rows: page.rows, fields, at: performance.now() };
}
