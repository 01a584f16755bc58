import { type QueryCache, topics } from '../../client/index.ts';
import { noteVisit, useFilters, usePreferences } from '../../state/index.ts';
import { dayOf, preloadNotes } from '../../ui/index.ts';
import { readOutline } from './outline.ts';
import { buildRows } from './rows.ts';
import { inputOf, keysOf, partRows, watched } from './use-cells.ts';

/** So many cells fill the first rows, unless most of them are folded. */
const fewCells = 400;

/** Asks for the outline and its first cells before there is a view to show them. */
export async function askForTimeline(queries: QueryCache): Promise<void> {
  const { timelineOrder, timelineGroup: group } = usePreferences.getState();
  const filter = inputOf(useFilters.getState().timeline, timelineOrder);
  const [info, output] = await Promise.all([
    queries.ahead('workspace.info', {}, [topics.workspace]),
    queries.ahead('timeline.outline', filter, watched),
    queries.ahead('experiments.list', {}, [topics.runs]),
  ]);
  // Which experiment comes first is known when all cells were looked at.
  if (info == null || output === undefined || group !== 'day') return;
  const whole = readOutline(output);
  const outline = { ...whole, keys: whole.keys.slice(0, fewCells) };
  const rows = buildRows(outline, {
    group,
    toggled: new Set(),
    lastVisit: noteVisit(info.root, Date.now()),
    newestFirst: timelineOrder === 'newest',
    dayOf,
  });
  const keys = keysOf(outline, rows.slice(0, partRows));
  if (keys.length === 0) return;
  await Promise.all([queries.ahead('timeline.cells', { keys }, watched), preloadNotes()]);
}
