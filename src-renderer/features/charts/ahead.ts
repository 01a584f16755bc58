import { type QueryCache, topics } from '../../client/index.ts';
import { useNavigation } from '../../state/index.ts';
import { namedView, readSearch, tickedIds } from './search.ts';
import { nameOfLayout } from './use-layout.ts';
import { findInput, rowInputs } from './use-runs.ts';

const watched = [topics.runs];

/** Asks for the runs of the address and how their charts are arranged, before there is a view. */
export async function askForCharts(queries: QueryCache): Promise<void> {
  const route = useNavigation.getState().place?.main;
  if (route === undefined) return;
  const ticked = tickedIds(route.parts);
  const views = queries.ahead('views.list', {}, [topics.views]);
  const viewOf = async () => namedView(route.query, (await views)?.views ?? []);
  const view = route.query.view === undefined ? null : await viewOf();
  const rows = (ids: readonly string[] | undefined) =>
    Promise.all(rowInputs(ticked, ids).map((input) => queries.ahead('table.runs', input, watched)));
  const found = queries.ahead('runs.find', findInput(readSearch(route.query, view)), watched);
  await Promise.all([
    views,
    queries.ahead('layouts.get', { name: nameOfLayout(null) }),
    queries.ahead('layouts.get', { name: nameOfLayout(view?.id ?? null) }),
    found,
    ticked.length > 0 ? rows(undefined) : found.then((answer) => rows(answer?.ids)),
  ]);
}
