/** Taking results elsewhere. */
import { resolve } from 'node:path';
import type { ParsedInput } from '../contract/index.ts';
import { exportMetrics, exportRuns, sharePage } from '../exports/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../tracking/query/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';
import type { Session } from './session.ts';

type ExportOperation = Extract<keyof Handlers, `exports.${string}`>;

export function exportHandlers(context: ApiContext): Pick<Handlers, ExportOperation> {
  return {
    'exports.runs': async (input, call) => {
      const session = context.session();
      const ids = input.ids ?? find(session, input);
      return exportRuns(session.tracking, ids, targetOf(session, input), {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      });
    },
    'exports.metrics': async (input, call) => {
      const session = context.session();
      const ids = input.ids ?? find(session, input);
      return exportMetrics(session, ids, input.keys, targetOf(session, input), {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      });
    },
    'exports.page': async ({ ids, path, overwrite }) => {
      const { store, tracking, workspace, available } = context.session();
      const runs = ids.map((id) => tracking.get(id, available));
      return sharePage(store, runs, { path: resolve(workspace.root, path), overwrite });
    },
  };
}

function targetOf(
  { workspace }: Session,
  input: Pick<ParsedInput<'exports.runs'>, 'path' | 'format' | 'overwrite'>,
) {
  const { format, overwrite } = input;
  return { path: resolve(workspace.root, input.path), format, overwrite };
}

function find(
  { store }: Session,
  input: Pick<ParsedInput<'exports.runs'>, 'experimentId' | 'filter' | 'orderBy'>,
): string[] {
  const { experimentId, filter, orderBy } = input;
  const found = searchRuns(store, {
    filter: parseFilter(filter),
    orderBy: parseOrderBy(orderBy.trim() === '' ? 'experiment_number, number' : orderBy),
    experimentIds: experimentId === null ? null : [experimentId],
    limit: 10_000_000,
  });
  return found.runs.map((run) => run.id);
}
