/** Finding experiments. */
import { readExperimentTags, readLoggedExperiments } from '../store/logged-experiments.ts';
import { invalid } from './errors.ts';
import { experimentTags, wireExperiments } from './experiments.ts';
import { type FilterFields, recordFilter, recordOrder } from './record-filter.ts';
import type { Call, Route } from './route.ts';
import { offsetOf, pageSize, pageToken } from './wire.ts';

export const experimentSearchRoutes: readonly Route[] = [
  { method: 'POST', path: 'experiments/search', effect: 'read', answer: search },
  { method: 'GET', path: 'experiments/search', effect: 'read', answer: search },
];

const maxPage = 50_000;
const usualPage = 1000;

const fields: FilterFields = {
  attributes: {
    name: 'name',
    creation_time: 'creation_time',
    last_update_time: 'last_update_time',
    experiment_id: 'experiment_id',
  },
  groups: { tag: 'tags', tags: 'tags' },
};

function search({ context, input }: Call): unknown {
  const { store } = context;
  const passes = recordFilter(input.optional('filter') ?? '', fields);
  const order = input.strings('order_by');
  const compare = recordOrder(
    order.length === 0 ? ['creation_time DESC', 'experiment_id ASC'] : order,
    fields,
  );
  const isSeen = viewOf(input.raw('view_type'));
  const all = readLoggedExperiments(store).filter((one) => isSeen(one.deleted_at !== null));
  const tags = readExperimentTags(
    store,
    all.map((experiment) => experiment.id),
  );
  const found = all
    .map((experiment) => ({
      experiment,
      attributes: {
        name: experiment.name,
        creation_time: experiment.created_at,
        last_update_time: experiment.updated_at || experiment.created_at,
        experiment_id: experiment.id,
      },
      groups: { tags: experimentTags(experiment, tags.get(experiment.id) ?? {}) },
    }))
    .filter(passes)
    .sort(compare)
    .map((one) => one.experiment);
  const size = pageSize(input.integer('max_results'), usualPage, maxPage);
  const from = offsetOf(input.optional('page_token'));
  return {
    experiments: wireExperiments(store, found.slice(from, from + size)),
    ...(found.length > from + size ? { next_page_token: pageToken(from + size) } : {}),
  };
}

/** @returns whether what is deleted or not is to be seen */
export function viewOf(value: unknown): (deleted: boolean) => boolean {
  switch (value) {
    case undefined:
    case 'ACTIVE_ONLY':
    case 1:
      return (deleted) => !deleted;
    case 'DELETED_ONLY':
    case 2:
      return (deleted) => deleted;
    case 'ALL':
    case 3:
      return () => true;
    default:
      throw invalid(`Invalid value ${JSON.stringify(value)} for the view type supplied.`);
  }
}
