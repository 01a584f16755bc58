/** Runs by a filter and an order: what lists, blocks of notes and the terminal show. */
import type { Output, ParsedInput } from '../contract/index.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../tracking/query/index.ts';
import type { Session } from './session.ts';

/** The order that the numbers give. */
const byNumber = 'experiment_number DESC, number DESC';

/** Runs that a filter finds. @throws CairnError `invalid` for a filter or an order that is none */
export function listRuns(
  { tracking, store }: Pick<Session, 'tracking' | 'store'>,
  input: ParsedInput<'runs.list'>,
): Output<'runs.list'> {
  const total = tracking.counts().runs;
  const { experimentId, filter, orderBy, offset, limit } = input;
  if (experimentId === null && filter.trim() === '' && orderBy.trim() === '' && offset === 0) {
    return { rows: tracking.list({ limit }), total, matching: total };
  }
  const found = searchRuns(store, {
    ...readSearch({ filter, orderBy: orderBy.trim() === '' ? byNumber : orderBy }),
    experimentIds: experimentId === null ? null : [experimentId],
    offset,
    limit,
  });
  const rows = tracking.rows(found.runs.map((run) => run.id));
  return { rows, total, matching: found.total };
}

/** A filter and an order as they are written. */
export function readSearch(text: { filter: string; orderBy: string }) {
  return { filter: parseFilter(text.filter), orderBy: parseOrderBy(text.orderBy) };
}
