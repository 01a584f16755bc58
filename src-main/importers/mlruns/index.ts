/**
 * `mlruns/`: the folders of MLflow's FileStore, of every version since 1.0, which MLflow itself
 * refuses to open since 3.13. Format: mlflow/store/tracking/file_store.py.
 */
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { asCairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import type { Importer, RunSink, SourceReader } from '../types.ts';
import { findMlruns, placesOf, type RunPlace } from './find.ts';
import { type DatasetCache, readInputs } from './inputs.ts';
import {
  isLoggedModelKey,
  loggedModelKeys,
  loggedModelStamp,
  readLoggedModel,
} from './logged-models.ts';
import { type Meta, readMeta } from './meta.ts';
import { modelsStamp, readModels } from './models.ts';
import { readRunFolder, statusOf } from './run-folder.ts';
import { closeLook, isNewer, quickStamp, type RunState } from './stamps.ts';

const yieldEvery = 64;
/** Runs that go on and are followed closely; one that was left RUNNING years ago costs the same. */
const mostFollowed = 200;

/** Metric files of a run that are looked at every moment. */
const mostMetrics = 200;

/** Paths of runs that go on, as of the last reading. */
const followed = new WeakMap<SourceReader, string[]>();

export const mlruns: Importer = {
  kind: 'mlruns',
  find: findMlruns,
  read: async (source, sink, work) => {
    await new Reading(source, sink).all(work);
  },
  watch: (source) => followed.get(source) ?? [],
};

interface LiveRun {
  readonly folder: string;
  readonly at: number;
  readonly metrics: readonly string[];
}

/** The item of the registered models, beside those of the runs. */
const modelsItem = 'models';

class Reading {
  readonly #source: SourceReader;
  readonly #sink: RunSink;
  readonly #experiments = new Map<string, Meta | null>();
  readonly #datasets: DatasetCache = new Map();
  readonly #live: LiveRun[] = [];

  constructor(source: SourceReader, sink: RunSink) {
    this.#source = source;
    this.#sink = sink;
  }

  async all(work: Work): Promise<void> {
    const places = placesOf(this.#source.path, this.#source.files);
    this.#forgetMissing(places);
    for (const [index, place] of places.entries()) {
      if (index % yieldEvery === 0) {
        await setImmediate();
        work.signal?.throwIfAborted();
        work.onProgress?.({ phase: 'sources', done: index, total: places.length, unit: 'items' });
      }
      this.#one(place);
    }
    this.#loggedModels(new Set(places.map((place) => place.runId)));
    this.#models();
    const newest = this.#live.sort((a, b) => b.at - a.at).slice(0, mostFollowed);
    followed.set(this.#source, newest.flatMap(pathsOf));
  }

  #models(): void {
    const stamp = modelsStamp(this.#source);
    const known = this.#source.item(modelsItem)?.stamp;
    if ((known ?? '') === stamp) return;
    const models = readModels(this.#source, (key, error) =>
      this.#sink.skipped(key, `${key} could not be read: ${asCairnError(error).message}`),
    );
    this.#sink.models(models);
    this.#sink.done(modelsItem, stamp);
  }

  /** After the runs, which they belong to. @param runs those that are there */
  #loggedModels(runs: ReadonlySet<string>): void {
    for (const key of loggedModelKeys(this.#source)) {
      try {
        const stamp = loggedModelStamp(this.#source, key);
        if (this.#source.item(key)?.stamp === stamp) continue;
        const found = readLoggedModel(this.#source, key);
        if (found !== null && runs.has(found.runId)) {
          this.#sink.run({ nativeId: found.runId, loggedModels: [found.model] });
        }
        this.#sink.done(key, stamp);
      } catch (error) {
        this.#sink.skipped(key, `${key} could not be read: ${asCairnError(error).message}`);
      }
    }
  }

  #one(place: RunPlace): void {
    const { key } = place;
    try {
      if (this.#isUnchanged(place)) return;
      this.#read(place);
    } catch (error) {
      this.#sink.skipped(key, `${key} could not be read: ${asCairnError(error).message}`);
    }
  }

  /** A run that goes on is always looked at closely. */
  #isUnchanged({ key }: RunPlace): boolean {
    const known = this.#source.item(key);
    if (known === null) return false;
    const folder = join(this.#source.absolute, key);
    const state = known.state as RunState;
    const isLive = state.offsets !== undefined;
    if (known.stamp !== quickStamp(folder)) return false;
    if (!isLive && !this.#source.thorough) return true;
    const look = closeLook(folder);
    if (isNewer(look, state)) return false;
    if (isLive) this.#follow(key, look.newest, state.offsets);
    else if (look.newest !== state.newest) {
      this.#sink.done(key, known.stamp, { ...state, newest: look.newest });
    }
    return true;
  }

  #read(place: RunPlace): void {
    const { key, runId, experiment, inTrash } = place;
    const absolute = join(this.#source.absolute, key);
    const at = Date.now();
    const stamp = quickStamp(absolute);
    const before = this.#source.item(key)?.state as RunState | undefined;
    const path = this.#pathOf(key);
    const meta = readMeta(join(absolute, 'meta.yaml'), `${key}/meta.yaml`);
    const status = statusOf(meta.get('status'));
    const isLive = status === 'RUNNING' || status === 'SCHEDULED';
    // Before the reading: what is written meanwhile is newer. Not of all that is new: that is many.
    const newest = before === undefined && !isLive ? null : closeLook(absolute).newest;
    const { run, offsets, problems } = readRunFolder(
      { absolute, path, root: this.#source.root },
      meta,
      runId,
      before?.offsets ?? null,
    );
    const datasets = readInputs(absolute, join(this.#source.absolute, experiment), this.#datasets);
    this.#sink.run({
      ...run,
      ...(datasets.length === 0 ? {} : { datasets }),
      experiment: this.#experimentName(experiment),
      deleted: run.deleted === true || inTrash,
    });
    const state: RunState = {
      at,
      ...(newest === null ? {} : { newest }),
      ...(isLive ? { offsets } : {}),
    };
    this.#sink.done(key, stamp, state);
    if (problems.length > 0) this.#sink.skipped(key, problems.slice(0, 5).join(' '));
    if (isLive) this.#follow(key, newest ?? at, offsets);
  }

  #follow(key: string, at: number, offsets: RunState['offsets'] = {}): void {
    const metrics = Object.keys(offsets).slice(0, mostMetrics);
    this.#live.push({ folder: this.#pathOf(key), at, metrics });
  }

  /** A run whose folder moved to the trash, or to another experiment, is not gone. */
  #forgetMissing(places: readonly RunPlace[]): void {
    const models = loggedModelKeys(this.#source);
    const keys = new Set([...places.map((place) => place.key), ...models]);
    const ids = new Set(places.map((place) => place.runId));
    for (const key of this.#source.items().keys()) {
      if (keys.has(key) || key === modelsItem) continue;
      this.#sink.forget(key);
      if (isLoggedModelKey(key)) continue;
      const id = key.slice(key.lastIndexOf('/') + 1);
      if (!ids.has(id)) this.#sink.gone(id);
    }
  }

  #experimentName(folder: string): string {
    let meta = this.#experiments.get(folder);
    if (meta === undefined) {
      try {
        meta = readMeta(join(this.#source.absolute, folder, 'meta.yaml'), `${folder}/meta.yaml`);
      } catch {
        // Runs of an experiment whose own file is broken are read all the same.
        meta = null;
      }
      this.#experiments.set(folder, meta);
    }
    return meta?.get('name') || folder.slice(folder.lastIndexOf('/') + 1) || 'mlruns';
  }

  #pathOf(key: string): string {
    return this.#source.path === '' ? key : `${this.#source.path}/${key}`;
  }
}

/** A key that is new changes the time of a folder, a value that is new that of its file. */
function pathsOf({ folder, metrics }: LiveRun): string[] {
  return [
    ...['meta.yaml', 'params', 'metrics', 'tags'].map((name) => `${folder}/${name}`),
    ...metrics.map((key) => `${folder}/metrics/${key}`),
  ];
}
