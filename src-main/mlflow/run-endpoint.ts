/** The endpoint that a runner opens for what it runs, with the run already open. */
import { readRunRecord } from '../store/logged-runs.ts';
import type { MlflowContext, OwnRun } from './context.ts';
import { newToken } from './credentials.ts';
import { wireExperimentId } from './experiment-ids.ts';
import { listen } from './listen.ts';

export interface RunEndpoint {
  /** What the run's processes get, so that MLflow's client logs here. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * @param own the environment of the user
 * @returns null when the user's own environment names a tracking server: that choice stands
 */
export async function openRunEndpoint(
  context: Omit<MlflowContext, 'ownRun'>,
  ownRun: OwnRun,
  own: Environment,
): Promise<RunEndpoint | null> {
  if (own.MLFLOW_TRACKING_URI) return null;
  const run = readRunRecord(context.store, ownRun.id);
  if (run === undefined) return null;
  const token = newToken();
  const endpoint = await listen({ ...context, ownRun }, { token, port: 0 });
  // A client given both a name and an id of another experiment refuses to start.
  const experiment: Record<string, string> = own.MLFLOW_EXPERIMENT_NAME
    ? {}
    : { MLFLOW_EXPERIMENT_ID: wireExperimentId(run.experiment_id) };
  return {
    env: {
      ...trackingEnvironment(endpoint.url, token, own),
      MLFLOW_RUN_ID: run.id,
      ...experiment,
    },
    close: () => endpoint.close(),
  };
}

/** The variables that lead MLflow's client to an endpoint, past a proxy if there is one. */
export function trackingEnvironment(
  url: string,
  token: string,
  own: Environment,
): Record<string, string> {
  const proxied = own.HTTP_PROXY || own.http_proxy || own.ALL_PROXY || own.all_proxy;
  const before = own.no_proxy ?? own.NO_PROXY ?? '';
  const exempt = before === '*' || before.split(',').includes('127.0.0.1');
  const around = [before, '127.0.0.1'].filter((part) => part !== '').join(',');
  return {
    MLFLOW_TRACKING_URI: url,
    MLFLOW_TRACKING_TOKEN: token,
    ...(proxied && !exempt ? { NO_PROXY: around, no_proxy: around } : {}),
  };
}
