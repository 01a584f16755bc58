/** Runs of an MLflow tracking server, fetched when asked for. The source's path is its address. */
import type { Work } from '../../base/progress.ts';
import type { MlflowClient, MlflowRun } from '../../remotes/index.ts';
import { mlflowFields } from '../mlruns/fields.ts';
import { PointColumns } from '../points.ts';
import type { ImportedSeries, Importer, RunSink, SourceReader } from '../types.ts';

interface HistoryPoint {
  readonly step?: number | string;
  readonly timestamp?: number | string;
  readonly value?: number | string;
}

const pageSize = 1000;
/** Points of one request; MLflow's server allows more, its SQLite takes long for them. */
const historyPage = 25_000;

export const mlflowServerKind = 'mlflow-server';

/** @param client of the server whose runs are read */
export function mlflowServer(client: MlflowClient): Importer {
  return {
    kind: mlflowServerKind,
    find: () => [client.uri],
    read: (source, sink, work) => readServer(client, source, sink, work),
    watch: () => [],
  };
}

async function readServer(
  client: MlflowClient,
  source: SourceReader,
  sink: RunSink,
  work: Work,
): Promise<void> {
  let done = 0;
  for await (const page of client.pages('experiments/search', {
    max_results: pageSize,
    view_type: 'ACTIVE_ONLY',
  })) {
    for (const experiment of page.experiments ?? []) {
      const search = { experiment_ids: [experiment.experiment_id], max_results: pageSize };
      for await (const found of client.pages('runs/search', search)) {
        for (const run of found.runs ?? []) {
          work.signal?.throwIfAborted();
          await readRun(client, source, sink, experiment, run);
          done += 1;
          work.onProgress?.({ phase: 'pull', done, total: 0, unit: 'items' });
        }
      }
    }
  }
}

async function readRun(
  client: MlflowClient,
  source: SourceReader,
  sink: RunSink,
  experiment: { readonly name: string },
  run: MlflowRun,
): Promise<void> {
  const { info, data = {} } = run;
  const metrics = data.metrics ?? [];
  // All that the list of runs says: what it does not change by, has not changed.
  const stamp = JSON.stringify([info.status, info.end_time, metrics, data.params, data.tags]);
  if (source.item(info.run_id)?.stamp === stamp) return;
  const tags = Object.fromEntries((data.tags ?? []).map(({ key, value }) => [key, value]));
  const series: ImportedSeries[] = [];
  for (const { key } of metrics) series.push(await readHistory(client, info.run_id, key));
  const own = tags['cairn.run_id'];
  const meta = { name: info.run_name ?? null, user: info.user_id ?? null, source: null };
  sink.run({
    ...mlflowFields(source.root, tags, meta),
    nativeId: info.run_id,
    // A run that was sent from here is the one that is here.
    aliases: own === undefined ? [info.run_id] : [own, info.run_id],
    experiment: experiment.name,
    status: statusOf(info.status),
    createdAt: Number(info.start_time ?? 0),
    startedAt: info.start_time === undefined ? null : Number(info.start_time),
    endedAt: info.end_time === undefined ? null : Number(info.end_time),
    params: (data.params ?? []).map(({ key, value }) => ({ key, value })),
    tags,
    allTags: true,
    series,
  });
  sink.done(info.run_id, stamp);
}

async function readHistory(
  client: MlflowClient,
  runId: string,
  key: string,
): Promise<ImportedSeries> {
  const columns = new PointColumns();
  for (let token = ''; ; ) {
    const page = await client.get<{ metrics?: HistoryPoint[]; next_page_token?: string }>(
      'metrics/get-history',
      {
        run_id: runId,
        metric_key: key,
        max_results: String(historyPage),
        ...(token === '' ? {} : { page_token: token }),
      },
    );
    for (const { step = 0, timestamp = 0, value = 0 } of page.metrics ?? []) {
      columns.add(key, Number(step), Number(timestamp), Number(value));
    }
    token = page.next_page_token ?? '';
    if (token !== '') continue;
    const [series] = columns.series({ reset: true });
    return (
      series ?? {
        key,
        points: {
          steps: new Float64Array(),
          times: new Float64Array(),
          values: new Float64Array(),
        },
      }
    );
  }
}

function statusOf(
  status: string | undefined,
): 'RUNNING' | 'SCHEDULED' | 'FINISHED' | 'FAILED' | 'KILLED' {
  const known = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
  return known.find((one) => one === status) ?? 'FINISHED';
}
