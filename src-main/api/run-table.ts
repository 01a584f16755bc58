/** The runs table. */
import type { ParsedInput } from '../contract/index.ts';
import type { RunTableOperation } from '../contract/run-table.ts';
import type { Handlers } from '../rpc/index.ts';
import {
  outlineFilter,
  parseField,
  parseFilter,
  parseOrderBy,
  searchRuns,
} from '../tracking/query/index.ts';
import * as table from '../tracking/table/index.ts';
import type { ApiContext } from './context.ts';

export function runTableHandlers(context: ApiContext): Pick<Handlers, RunTableOperation> {
  return {
    'table.page': async ({ ids, fields }) => {
      const { store } = context.session();
      return { rows: table.readRows(store, ids, fields.map(parseField)) };
    },
    'table.runs': async ({ ids }) => ({ rows: context.session().tracking.rows(ids) }),
    'table.columns': async ({ fields, ...search }, call) => {
      const runs = find(context, search);
      const wanted = fields.map(parseField);
      const { store } = context.session();
      const { columns, ...named } = await table.packColumns(store, runs, wanted, call.signal);
      return {
        ids: runs.map(({ id }) => id),
        ...named,
        columns: columns.map((column, index) => ({ ...column, field: fields[index] ?? '' })),
      };
    },
    'table.fields': async (input, call) => {
      const { store } = context.session();
      const seqs = find(context, { ...input, orderBy: '' }).map(({ seq }) => seq);
      const { fields, exact } = await table.summariseKeys(store, seqs, call.signal);
      return { fields, runs: seqs.length, exact };
    },
    'table.tree': async (input) => table.nestRuns(context.session().store, find(context, input)),
    'table.groups': async ({ by, seeds, ...search }, call) => {
      const { store } = context.session();
      const runs = find(context, search);
      const groups =
        seeds === null
          ? table.groupByFields(store, runs, by.map(parseField))
          : await table.groupBySeed(store, runs, seeds, call.signal);
      const [first] = parseOrderBy(search.orderBy);
      return {
        groups: table.orderGroups(store, groups, first).map((group) => ({
          values: group.values,
          ids: group.runs.map(({ id }) => id),
        })),
      };
    },
    'table.aggregate': async ({ groups, fields }) => ({
      groups: table.aggregateGroups(context.session().store, groups, fields.map(parseField)),
    }),
    'table.complete': async ({ filter, at }) =>
      table.completeFilter(context.session().store, filter, at),
    'table.outline': async ({ filter }) => ({ parts: outlineFilter(filter) }),
  };
}

/** The order that the numbers give. */
const byNumber = 'experiment_number DESC, number DESC';

function find(
  context: ApiContext,
  search: Pick<ParsedInput<'table.tree'>, 'experimentId' | 'filter' | 'orderBy'>,
): readonly table.FoundRun[] {
  const { experimentId, filter, orderBy } = search;
  return searchRuns(context.session().store, {
    filter: parseFilter(filter),
    orderBy: parseOrderBy(orderBy.trim() === '' ? byNumber : orderBy),
    experimentIds: experimentId === null ? null : [experimentId],
  }).runs;
}
