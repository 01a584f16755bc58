/** Takes what a reader hands over and writes it in batches, each one transaction. */
import type { Points } from '../store/points.ts';
import {
  advanceSource,
  deleteSourceItem,
  markRunGone,
  setItemProblem,
  updateSource,
  upsertSourceItem,
} from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { type Made, numberInOrder } from './number-runs.ts';
import type { ImportedModel, ImportedRun, RunSink } from './types.ts';
import { writeModels } from './write-models.ts';
import { adoptOrphans, type WriteContext, writeRun } from './write-run.ts';

/** A batch is written at so many runs or items, or at so many points and values. */
const batchRuns = 250;
const batchValues = 100_000;
/** What is skipped is listed up to here; a folder of noise must not fill the store. */
const mostSkipped = 1000;

type Entry =
  | { readonly what: 'run'; readonly run: ImportedRun }
  | { readonly what: 'done'; readonly key: string; readonly stamp: string; readonly state: unknown }
  | { readonly what: 'skipped'; readonly key: string; readonly reason: string }
  | { readonly what: 'forget'; readonly key: string }
  | { readonly what: 'gone'; readonly nativeId: string }
  | { readonly what: 'models'; readonly models: readonly ImportedModel[] };

/** Thrown when another process has read the same source meanwhile; what it wrote counts. */
export class Overtaken extends Error {}

export interface SinkSource {
  readonly id: number;
  readonly kind: string;
  readonly path: string;
  readonly generation: number;
  /** Whether nothing of it was read before. */
  readonly fromBeginning: boolean;
  /** What is stored of it. */
  readonly before: {
    readonly state: string;
    readonly problem: string | null;
    readonly read: boolean;
  };
}

interface SourceEnd {
  /** JSON. */
  readonly state: unknown;
  /** Why it could not be read at all. */
  readonly problem: string | null;
}

export class ImportSink implements RunSink {
  readonly #store: Store;
  readonly #context: WriteContext;
  readonly #source: SinkSource;
  readonly #runs = new Set<string>();
  #generation: number;
  #entries: Entry[] = [];
  #values = 0;
  #skipped = 0;
  #hasWritten = false;

  constructor(store: Store, source: SinkSource) {
    this.#store = store;
    this.#source = source;
    this.#generation = source.generation;
    this.#context = {
      store,
      sourceId: source.id,
      kind: source.kind,
      path: source.path,
      newRuns: new Set(),
      newExperiments: new Set(),
      orphans: new Map(),
      begun: source.fromBeginning ? new Set() : null,
      numbers: new Map(),
      experiments: new Map(),
    };
  }

  /** Ids of the runs written so far. */
  get runs(): ReadonlySet<string> {
    return this.#runs;
  }

  /** Runs and experiments that this reading made. */
  get made(): Made {
    return this.#context;
  }

  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  run(run: ImportedRun): void {
    this.#values += sizeOf(run);
    this.#add({ what: 'run', run });
  }

  done(key: string, stamp: string, state: unknown = null): void {
    this.#add({ what: 'done', key, stamp, state });
  }

  skipped(key: string, reason: string): void {
    this.#skipped += 1;
    if (this.#skipped <= mostSkipped) this.#add({ what: 'skipped', key, reason });
  }

  forget(key: string): void {
    this.#add({ what: 'forget', key });
  }

  gone(nativeId: string): void {
    this.#add({ what: 'gone', nativeId });
  }

  models(models: readonly ImportedModel[]): void {
    this.#add({ what: 'models', models });
  }

  /**
   * Writes what is left, puts the new runs in order, and remembers the source's state.
   * @throws Overtaken when another process has read the source meanwhile
   */
  finish(end: SourceEnd): void {
    const state = JSON.stringify(end.state ?? null);
    const { before } = this.#source;
    const isSame = state === before.state && end.problem === before.problem;
    // Every write makes the other processes look again.
    if (isSame && before.read && this.#entries.length === 0 && !this.#hasWritten) return;
    this.#write(() => {
      adoptOrphans(this.#context);
      numberInOrder(this.#store, this.#context);
      updateSource(this.#store, this.#context.sourceId, {
        state,
        problem: end.problem,
        read_at: Date.now(),
      });
    });
  }

  #add(entry: Entry): void {
    this.#entries.push(entry);
    const runs = this.#entries.length;
    if (runs >= 2 * batchRuns || this.#values >= batchValues) this.#write(() => undefined);
  }

  #write(last: () => void): void {
    const entries = this.#entries;
    this.#entries = [];
    this.#values = 0;
    this.#context.numbers.clear();
    this.#context.experiments.clear();
    const isMine = this.#store.transaction(() => {
      const { sourceId } = this.#context;
      if (!advanceSource(this.#store, sourceId, this.#generation)) return false;
      for (const entry of entries) this.#apply(sourceId, entry);
      last();
      return true;
    });
    if (!isMine) throw new Overtaken(`${this.#context.path} was read by another process meanwhile`);
    this.#generation += 1;
    this.#hasWritten = true;
  }

  #apply(sourceId: number, entry: Entry): void {
    switch (entry.what) {
      case 'run':
        this.#runs.add(writeRun(this.#context, entry.run));
        return;
      case 'done': {
        const state = JSON.stringify(entry.state ?? null);
        upsertSourceItem(this.#store, sourceId, { key: entry.key, stamp: entry.stamp, state });
        return;
      }
      case 'skipped':
        setItemProblem(this.#store, sourceId, entry.key, entry.reason);
        return;
      case 'forget':
        deleteSourceItem(this.#store, sourceId, entry.key);
        return;
      case 'gone':
        markRunGone(this.#store, sourceId, entry.nativeId, Date.now());
        return;
      case 'models':
        for (const id of writeModels(this.#store, sourceId, entry.models)) this.#runs.add(id);
        return;
    }
  }
}

function sizeOf(run: ImportedRun): number {
  const points = (run.series ?? []).reduce((sum, { points }) => sum + length(points), 0);
  return points + 4 * ((run.series?.length ?? 0) + (run.params?.length ?? 0)) + 8;
}

function length(points: Points): number {
  return points.values.length;
}
