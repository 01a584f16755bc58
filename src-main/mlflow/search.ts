/** Finding runs, with MLflow's filters and what they lack. */
import { readRunsBySeq } from '../store/logged-runs.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../tracking/query/index.ts';
import { storedExperimentId } from './experiment-ids.ts';
import { viewOf } from './experiment-search.ts';
import type { Call, Route } from './route.ts';
import { wireRuns } from './run-json.ts';
import { offsetOf, pageSize, pageToken } from './wire.ts';

export const searchRoutes: readonly Route[] = [
  { method: 'POST', path: 'runs/search', effect: 'read', answer: search },
];

const maxPage = 50_000;
const usualPage = 1000;

function search({ context, input }: Call): unknown {
  const { store } = context;
  const experimentIds = input.strings('experiment_ids').map(storedExperimentId);
  // Nowhere is nowhere, not everywhere.
  if (experimentIds.length === 0) return { runs: [] };
  const isSeen = viewOf(input.raw('run_view_type'));
  const size = pageSize(input.integer('max_results'), usualPage, maxPage);
  const offset = offsetOf(input.optional('page_token'));
  const { runs } = searchRuns(store, {
    filter: parseFilter(input.optional('filter') ?? '', { dialect: 'mlflow' }),
    orderBy: parseOrderBy(input.strings('order_by'), { dialect: 'mlflow' }),
    experimentIds,
    view: isSeen(true) ? (isSeen(false) ? 'all' : 'deleted') : 'active',
    offset,
    // One more tells whether there is a next page.
    limit: size + 1,
  });
  const page = runs.slice(0, size).map((run) => run.seq);
  return {
    runs: wireRuns(store, readRunsBySeq(store, page)),
    ...(runs.length > size ? { next_page_token: pageToken(offset + size) } : {}),
  };
}
