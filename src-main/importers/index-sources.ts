/** Finds the sources of a workspace and reads what changed in each. */
import { statSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { asCairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import {
  readSourceItems,
  readSources,
  resetSource,
  type SourceRecord,
  updateSource,
  upsertSource,
} from '../store/sources.ts';
import type { Store } from '../store/store.ts';
import { fromElsewhere } from './elsewhere.ts';
import { filesOf } from './listing.ts';
import { type Made, numberInOrder } from './number-runs.ts';
import { ImportSink, Overtaken } from './sink.ts';
import type { Importer, Listing, SourceItem, SourceReader } from './types.ts';

export interface IndexOptions {
  readonly store: Store;
  /** Absolute workspace root. */
  readonly root: string;
  readonly importers: readonly Importer[];
  readonly listing: Listing;
  /**
   * Whether `root` is a folder outside of the workspace: its sources are known by absolute paths, and
   * those of the workspace are left as they are.
   */
  readonly elsewhere?: boolean;
  /** Only these sources, by {@link sourceKey}; nothing new is looked for. */
  readonly only?: ReadonlySet<string>;
  /** Look closely at what a quick look takes for unchanged. */
  readonly thorough?: boolean;
  /** Read everything again from the beginning. */
  readonly force?: boolean;
}

export interface IndexResult {
  /** Ids of the runs that were written. */
  readonly runs: ReadonlySet<string>;
  /** Whether anything was written: runs, or what is known of a source. */
  readonly changed: boolean;
  /** What to watch, by {@link sourceKey}: workspace paths of files and folders. */
  readonly watched: ReadonlyMap<string, readonly string[]>;
}

/** Another process may read the same source at the same moment; then once more from what it wrote. */
const tries = 5;
const pauseMs = 100;

const mostWatched = 500;
/** Pages of 4 KiB in the write-ahead log. */
const pagesBetweenCheckpoints = 10_000;
/** SQLite's own default. */
const usualPagesBetweenCheckpoints = 1000;

/** Identifies a source within a workspace. */
export function sourceKey(kind: string, path: string): string {
  return `${kind}\0${path}`;
}

/**
 * Reads every source in turn. A source that cannot be read keeps its problem, and the others are
 * read all the same.
 * @throws CairnError when the store cannot be written to; AbortError when cancelled
 */
export async function indexSources(options: IndexOptions, work: Work): Promise<IndexResult> {
  const { store, importers, only } = options;
  const found = importers.flatMap((importer) =>
    findIn(options, importer).map((path) => ({ importer, path })),
  );
  const isWhole = only === undefined && options.elsewhere !== true;
  let changed = isWhole && markGone(store, importers, found);
  const wanted = found.filter(
    ({ importer, path }) => only === undefined || only.has(sourceKey(importer.kind, path)),
  );
  const runs = new Set<string>();
  const made = { newRuns: new Set<string>(), newExperiments: new Set<string>() };
  const watched = new Map<string, readonly string[]>();
  // A first reading writes far more than a page at a time: moving it into the database less often
  // halves what goes to the disk.
  store.db.pragma(`wal_autocheckpoint = ${pagesBetweenCheckpoints}`);
  try {
    for (const [index, { importer, path }] of wanted.entries()) {
      work.signal?.throwIfAborted();
      work.onProgress?.({ phase: 'sources', done: index, total: wanted.length, unit: 'items' });
      const result = await readSource(options, importer, path, work);
      for (const id of result.runs) runs.add(id);
      for (const id of result.made.newRuns) made.newRuns.add(id);
      for (const id of result.made.newExperiments) made.newExperiments.add(id);
      changed ||= result.changed;
      watched.set(sourceKey(importer.kind, path), result.watched);
    }
    // Each source numbered its own; what began first may be in the one that was read last.
    if (made.newRuns.size > 0 && wanted.length > 1) {
      store.transaction(() => numberInOrder(store, made));
    }
  } finally {
    store.db.pragma(`wal_autocheckpoint = ${usualPagesBetweenCheckpoints}`);
  }
  return { runs, changed, watched };
}

interface IndexedSource {
  readonly made: Made;
  readonly runs: ReadonlySet<string>;
  readonly changed: boolean;
  readonly watched: readonly string[];
}

async function readSource(
  options: IndexOptions,
  importer: Importer,
  path: string,
  work: Work,
): Promise<IndexedSource> {
  const { store } = options;
  const name = options.elsewhere === true ? join(options.root, path) : path;
  for (let attempt = 1; ; attempt += 1) {
    const record = store.transaction(() => {
      const known = upsertSource(store, importer.kind, name);
      if (options.force !== true || attempt > 1) return known;
      resetSource(store, known.id);
      return upsertSource(store, importer.kind, name);
    });
    const source = new OpenSource(options, path, record);
    const { id, kind, generation, state, problem: knownProblem } = record;
    const written = { id, kind, path: name, generation };
    const fromBeginning = source.state === null && source.items().size === 0;
    const before = { state, problem: knownProblem, read: record.read_at !== null };
    const sink = new ImportSink(store, { ...written, fromBeginning, before });
    try {
      let problem: string | null = null;
      try {
        const into = options.elsewhere === true ? fromElsewhere(sink, options.root) : sink;
        await importer.read(source, into, work);
      } catch (error) {
        if (error instanceof Overtaken) throw error;
        work.signal?.throwIfAborted();
        problem = asCairnError(error).message;
      }
      sink.finish({ state: source.state, problem });
      const { runs, made, hasWritten: changed } = sink;
      return { runs, made, changed, watched: watchedOf(importer, source) };
    } catch (error) {
      if (!(error instanceof Overtaken)) throw error;
      await setTimeout(pauseMs * attempt);
      if (attempt === tries) {
        const { runs, made } = sink;
        return { runs, made, changed: true, watched: watchedOf(importer, source) };
      }
    }
  }
}

/** What the importer names; otherwise the source's own files, those written last where they are many. */
function watchedOf(importer: Importer, source: SourceReader): readonly string[] {
  if (importer.watch !== undefined) return importer.watch(source);
  if (source.files.length <= mostWatched) return source.files;
  return source.files
    .map((path) => {
      const stat = statSync(join(source.root, path), { throwIfNoEntry: false });
      return { path, at: stat?.mtimeMs ?? 0 };
    })
    .sort((a, b) => b.at - a.at)
    .slice(0, mostWatched)
    .map(({ path }) => path);
}

class OpenSource implements SourceReader {
  readonly root: string;
  readonly path: string;
  readonly absolute: string;
  readonly files: readonly string[];
  readonly thorough: boolean;
  state: unknown;
  readonly #store: Store;
  readonly #id: number;
  #items: Map<string, SourceItem> | null = null;

  constructor(options: IndexOptions, path: string, record: SourceRecord) {
    this.root = options.root;
    this.path = path;
    this.absolute = join(options.root, path);
    this.files = filesOf(options.listing, path);
    this.thorough = options.thorough === true || options.force === true;
    this.state = JSON.parse(record.state);
    this.#store = options.store;
    this.#id = record.id;
  }

  item(key: string): SourceItem | null {
    return this.items().get(key) ?? null;
  }

  items(): ReadonlyMap<string, SourceItem> {
    // An item that was only skipped has no stamp: it was never read.
    this.#items ??= new Map(
      readSourceItems(this.#store, this.#id)
        .filter((item) => item.stamp !== '')
        .map((item) => [item.key, new LazyItem(item.stamp, item.state)]),
    );
    return this.#items;
  }
}

/** States are parsed when they are asked for: most items are only compared by their stamps. */
class LazyItem implements SourceItem {
  readonly stamp: string;
  readonly #json: string;

  constructor(stamp: string, json: string) {
    this.stamp = stamp;
    this.#json = json;
  }

  get state(): unknown {
    return JSON.parse(this.#json);
  }
}

function findIn({ root, listing }: IndexOptions, importer: Importer): string[] {
  return [...new Set(importer.find(listing))]
    .filter((path) => importer.recognises?.(join(root, path)) ?? true)
    .sort();
}

/** A source that is not found any more keeps its runs and is marked. @returns whether any is new */
function markGone(
  store: Store,
  importers: readonly Importer[],
  found: readonly { readonly importer: Importer; readonly path: string }[],
): boolean {
  const present = new Set(found.map(({ importer, path }) => sourceKey(importer.kind, path)));
  // Of other kinds, servers say, nobody looked whether they are there.
  const kinds = new Set(importers.map((importer) => importer.kind));
  const gone = readSources(store).filter(
    (record) =>
      record.gone_at === null &&
      kinds.has(record.kind) &&
      !isAbsolute(record.path) &&
      !present.has(sourceKey(record.kind, record.path)),
  );
  if (gone.length === 0) return false;
  store.transaction(() => {
    for (const { id } of gone) updateSource(store, id, { gone_at: Date.now() });
  });
  return true;
}
