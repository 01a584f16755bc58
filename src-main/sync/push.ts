/**
 * Sending runs to an MLflow tracking server. What was sent is remembered per server, so that only what
 * is new goes again; a server that knows a run by its `cairn.run_id` gets no second one.
 */
import { existsSync, openAsBlob, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { RunDetail } from '../contract/runs.ts';
import type { MlflowClient, MlflowPage, MlflowRun } from '../remotes/index.ts';
import { readPoints, readSeries } from '../store/metrics.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import type { Tracking } from '../tracking/index.ts';
import { doubleFor, type KeyValue, nameFor, paramsFor, tagsFor } from './run-body.ts';

export interface PushContext {
  readonly store: Store;
  readonly tracking: Tracking;
  /** The folder of a run's artifacts, or null where it has none here. */
  readonly artifactsOf: (run: RunDetail) => string | null;
}

export interface Pushed {
  /** Runs that were new there, or changed. */
  readonly sent: number;
  readonly unchanged: number;
  readonly points: number;
  readonly files: number;
  /** What could not be sent, with the reason. */
  readonly problems: string[];
}

/** What a server was sent of one run. */
interface Sent {
  readonly remoteId: string;
  readonly artifactUri: string;
  /** Of everything but the points. */
  readonly stamp: string;
  readonly counts: Record<string, number>;
  readonly files: Record<string, number>;
}

const createTries = 3;
const batch = { metrics: 1000, params: 100, tags: 100 } as const;

export async function pushRuns(
  context: PushContext,
  client: MlflowClient,
  ids: readonly string[],
  work: Work = {},
): Promise<Pushed> {
  const push = new Push(context, client);
  // Parents first: a child names its parent by the id that it has there.
  const ordered = withParentsFirst(context.tracking, ids);
  for (const [index, id] of ordered.entries()) {
    work.signal?.throwIfAborted();
    await push.run(id);
    work.onProgress?.({ phase: 'push', done: index + 1, total: ordered.length, unit: 'items' });
  }
  return push.result;
}

class Push {
  readonly result = { sent: 0, unchanged: 0, points: 0, files: 0, problems: [] as string[] };
  readonly #context: PushContext;
  readonly #client: MlflowClient;
  /** By name: the id there, and the runs there by the id that Cairn gave them. */
  readonly #experiments = new Map<string, { id: string; runs: Map<string, MlflowRun> }>();

  constructor(context: PushContext, client: MlflowClient) {
    this.#context = context;
    this.#client = client;
  }

  async run(id: string): Promise<void> {
    const { store, tracking } = this.#context;
    const run = tracking.get(id);
    const before = this.#remembered(id);
    const experiment = await this.#experiment(run.experimentName);
    const known = before ?? (await this.#found(run, experiment.runs));
    const parentId =
      run.parentId === null ? null : (this.#remembered(run.parentId)?.remoteId ?? null);
    const body = { params: paramsFor(run), tags: tagsFor(run, parentId) };
    const stamp = JSON.stringify([run.status, run.endedAt, body]);
    const there =
      known === null || known.stamp === stamp ? null : await this.#there(known.remoteId);
    if (there?.info.lifecycle_stage === 'deleted') {
      this.result.problems.push(
        `${run.label} was not sent: it is deleted at the server. Restore it there, or forget about it.`,
      );
      return;
    }
    // What is gone at the server for good is sent there anew.
    const isNew = known === null || (known.stamp !== stamp && there === null);
    const target = isNew ? await this.#create(run, experiment.id) : known;
    let changed = isNew;
    if (target.stamp !== stamp) {
      const params = this.#newParams(run, body.params, there);
      await this.#describe(target.remoteId, run, { ...body, params });
      changed = true;
    }
    const counts = { ...target.counts };
    for (const series of readSeries(store, [id])) {
      const from = counts[series.key] ?? 0;
      if (series.count <= from) continue;
      await this.#points(target.remoteId, series.key, readPoints(store, series.id), from);
      counts[series.key] = series.count;
      changed = true;
    }
    const files = await this.#artifacts(run, target);
    changed ||= Object.keys(files).length !== Object.keys(target.files).length;
    writeSetting(
      store,
      this.#key(id),
      JSON.stringify({ ...target, stamp, counts, files } satisfies Sent),
    );
    if (changed) this.result.sent += 1;
    else this.result.unchanged += 1;
  }

  #key(id: string): string {
    return `sync:${this.#client.uri}:${id}`;
  }

  #remembered(id: string): Sent | null {
    const text = readSetting(this.#context.store, this.#key(id));
    return text === null ? null : (JSON.parse(text) as Sent);
  }

  /** A run that another machine, or a copy of this folder, has sent before. */
  async #found(run: RunDetail, runs: ReadonlyMap<string, MlflowRun>): Promise<Sent | null> {
    const there = runs.get(run.id);
    if (there === undefined) return null;
    const { run_id: remoteId, artifact_uri: artifactUri = '' } = there.info;
    // Its points go again: the server leaves out those that it has.
    return { remoteId, artifactUri, stamp: '', counts: {}, files: {} };
  }

  /** A run as the server has it by now; null when it is gone for good. */
  async #there(remoteId: string): Promise<MlflowRun | null> {
    try {
      const { run } = await this.#client.get<{ run: MlflowRun }>('runs/get', { run_id: remoteId });
      return run;
    } catch (error) {
      if (error instanceof CairnError && error.code === 'not-found') return null;
      throw error;
    }
  }

  /** MLflow never changes a param: one that says something else by now is told, and the others go. */
  #newParams(run: RunDetail, params: readonly KeyValue[], there: MlflowRun | null): KeyValue[] {
    const kept = new Map((there?.data?.params ?? []).map(({ key, value }) => [key, value]));
    return params.filter(({ key, value }) => {
      const before = kept.get(key);
      if (before !== undefined && before !== value) {
        this.result.problems.push(
          `${run.label}: the param ${key} was sent before and stays as it was; a server of MLflow’s never changes one.`,
        );
      }
      return before === undefined;
    });
  }

  async #experiment(name: string): Promise<{ id: string; runs: Map<string, MlflowRun> }> {
    const known = this.#experiments.get(name);
    if (known !== undefined) return known;
    const id = await this.#experimentId(name);
    const runs = new Map<string, MlflowRun>();
    const search = { experiment_ids: [id], max_results: 1000, run_view_type: 'ACTIVE_ONLY' };
    for await (const page of this.#client.pages('runs/search', search)) {
      for (const run of page.runs ?? []) {
        const own = run.data?.tags?.find((tag) => tag.key === 'cairn.run_id')?.value;
        if (own !== undefined) runs.set(own, run);
      }
    }
    const experiment = { id, runs };
    this.#experiments.set(name, experiment);
    return experiment;
  }

  async #experimentId(name: string): Promise<string> {
    try {
      const found = await this.#client.get<{ experiment: { experiment_id: string } }>(
        'experiments/get-by-name',
        { experiment_name: name },
      );
      return found.experiment.experiment_id;
    } catch (error) {
      if (!(error instanceof CairnError) || error.code !== 'not-found') throw error;
    }
    const made = await this.#client.post<{ experiment_id: string }>('experiments/create', { name });
    return made.experiment_id;
  }

  async #create(run: RunDetail, experimentId: string): Promise<Sent> {
    const made = await this.#createOnce(experimentId, {
      experiment_id: experimentId,
      run_name: run.name,
      start_time: run.startedAt ?? run.createdAt,
      // With the run itself: should the connection break now, it is found again.
      tags: [{ key: 'cairn.run_id', value: run.id }],
    });
    const { run_id: remoteId, artifact_uri: artifactUri = '' } = made.info;
    const sent: Sent = { remoteId, artifactUri, stamp: '', counts: {}, files: {} };
    writeSetting(this.#context.store, this.#key(run.id), JSON.stringify(sent));
    return sent;
  }

  /** Where an answer was lost, the run may be there all the same: it is looked for before another is made. */
  async #createOnce(
    experimentId: string,
    body: Readonly<Record<string, unknown>> & { readonly tags: readonly [KeyValue] },
  ): Promise<MlflowRun> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const made = await this.#client.post<{ run: MlflowRun }>('runs/create', body, {
          once: true,
        });
        return made.run;
      } catch (error) {
        if (!(error instanceof CairnError) || error.code !== 'failed') throw error;
        const page = await this.#client.post<MlflowPage>('runs/search', {
          experiment_ids: [experimentId],
          filter: `tags.\`cairn.run_id\` = '${body.tags[0].value}'`,
        });
        const [there] = page.runs ?? [];
        if (there !== undefined) return there;
        if (attempt === createTries) throw error;
      }
    }
  }

  async #describe(
    remoteId: string,
    run: RunDetail,
    { params, tags }: { params: readonly KeyValue[]; tags: readonly KeyValue[] },
  ): Promise<void> {
    const pieces = Math.max(
      Math.ceil(params.length / batch.params),
      Math.ceil(tags.length / batch.tags),
    );
    for (let piece = 0; piece < pieces; piece++) {
      await this.#client.post('runs/log-batch', {
        run_id: remoteId,
        params: params.slice(piece * batch.params, (piece + 1) * batch.params),
        tags: tags.slice(piece * batch.tags, (piece + 1) * batch.tags),
      });
    }
    await this.#client.post('runs/update', {
      run_id: remoteId,
      status: run.status,
      run_name: run.name,
      ...(run.endedAt === null ? {} : { end_time: run.endedAt }),
    });
  }

  async #points(
    remoteId: string,
    key: string,
    points: ReturnType<typeof readPoints>,
    from: number,
  ): Promise<void> {
    for (let at = from; at < points.values.length; at += batch.metrics) {
      const to = Math.min(points.values.length, at + batch.metrics);
      const metrics = Array.from({ length: to - at }, (_, index) => ({
        key: nameFor(key),
        value: doubleFor(points.values[at + index] as number),
        timestamp: Math.round(points.times[at + index] as number),
        step: Math.round(points.steps[at + index] as number),
      }));
      await this.#client.post('runs/log-batch', { run_id: remoteId, metrics });
      this.result.points += metrics.length;
    }
  }

  /** Sends files that are new or of another size. @returns path → size of all that is there */
  async #artifacts(run: RunDetail, target: Sent): Promise<Record<string, number>> {
    const folder = this.#context.artifactsOf(run);
    if (folder === null || !existsSync(folder)) return target.files;
    const place = /^mlflow-artifacts:\/+(?:[^/]+@?[^/]*:\d+\/+)?(.*)$/.exec(
      target.artifactUri,
    )?.[1];
    const files = { ...target.files };
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || /^\.cairn-.*\.part$/.test(entry.name)) continue;
      const absolute = join(entry.parentPath, entry.name);
      const path = absolute.slice(folder.length + 1).replaceAll('\\', '/');
      const { size } = statSync(absolute);
      if (files[path] === size) continue;
      if (place === undefined) {
        this.result.problems.push(
          `The artifacts of ${run.label} were not sent: the server keeps them elsewhere (${target.artifactUri}).`,
        );
        return files;
      }
      try {
        await this.#client.putArtifact(`${place}/${path}`, await openAsBlob(absolute));
        files[path] = size;
        this.result.files += 1;
      } catch (error) {
        // One file that the server does not take keeps the others from nothing.
        if (!(error instanceof CairnError) || error.code !== 'invalid') throw error;
        this.result.problems.push(`${run.label}: ${path} was not sent. ${error.message}`);
      }
    }
    return files;
  }
}

function withParentsFirst(tracking: Tracking, ids: readonly string[]): string[] {
  const wanted = new Set(ids);
  const ordered = new Set<string>();
  const add = (id: string, depth: number) => {
    if (ordered.has(id)) return;
    const parent = tracking.get(id).parentId;
    if (parent !== null && wanted.has(parent) && depth < 100) add(parent, depth + 1);
    ordered.add(id);
  };
  for (const id of ids) add(id, 0);
  return [...ordered];
}
