/** Sharing runs with an MLflow tracking server. */
import { CairnError } from '../base/errors.ts';
import type { ParsedInput } from '../contract/index.ts';
import {
  createListing,
  indexSources,
  mlflowServer,
  mlflowServerKind,
  sourceKey,
} from '../importers/index.ts';
import { MlflowClient } from '../remotes/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { readRun } from '../store/runs.ts';
import { readSources } from '../store/sources.ts';
import { pushRuns } from '../sync/index.ts';
import { artifactFolder } from '../tracking/index.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../tracking/query/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';

type SyncOperation = Extract<keyof Handlers, `sync.${string}`>;

export function syncHandlers(context: ApiContext): Pick<Handlers, SyncOperation> {
  return {
    'sync.push': async (input, call) => {
      const { store, tracking, workspace } = context.session();
      const found = searchRuns(store, {
        filter: parseFilter(input.filter),
        orderBy: parseOrderBy('experiment_number, number'),
        experimentIds: input.experimentId === null ? null : [input.experimentId],
        limit: 1_000_000,
      });
      const ids = found.runs.map((run) => run.id);
      const { storeDir, root } = workspace;
      const artifactsOf = ({ id }: { readonly id: string }) => {
        const record = readRun(store, id);
        return record === undefined ? null : (artifactFolder(storeDir, root, record)?.path ?? null);
      };
      return pushRuns({ store, tracking, artifactsOf }, clientFor(input, call.signal), ids, {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      });
    },
    'sync.pull': async (input, call) => {
      const session = context.session();
      const { store, workspace } = session;
      const client = clientFor(input, call.signal);
      const { runs } = await indexSources(
        {
          store,
          root: workspace.root,
          importers: [mlflowServer(client)],
          listing: createListing([]),
          only: new Set([sourceKey(mlflowServerKind, client.uri)]),
        },
        { signal: call.signal, onProgress: (report) => quietly(call.emit(report)) },
      );
      session.changes.publish(['runs', 'sources']);
      const source = readSources(store).find(
        (one) => one.kind === mlflowServerKind && one.path === client.uri,
      );
      if (source?.problem != null) throw new CairnError('failed', source.problem);
      return { runs: runs.size };
    },
  };
}

function clientFor(
  input: Pick<ParsedInput<'sync.pull'>, 'uri' | 'token' | 'user' | 'password'>,
  signal: AbortSignal,
): MlflowClient {
  const { env } = process;
  const given = input.token !== null || input.user !== null;
  return new MlflowClient(
    {
      uri: input.uri,
      token: input.token ?? (given ? undefined : env.MLFLOW_TRACKING_TOKEN),
      user: input.user ?? (given ? undefined : env.MLFLOW_TRACKING_USERNAME),
      password: input.password ?? (given ? undefined : env.MLFLOW_TRACKING_PASSWORD),
    },
    signal,
  );
}
