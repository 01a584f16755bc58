/** The sources of an open workspace: read on opening, and again when they change. */
import type { Work } from '../base/progress.ts';
import type { Store } from '../store/store.ts';
import { walkFolder } from '../workspace/index.ts';
import { type Followed, followPaths } from './follow.ts';
import { type IndexResult, indexSources } from './index-sources.ts';
import { createListing } from './listing.ts';
import type { Importer, Listing } from './types.ts';

export interface SourcesOptions {
  readonly store: Store;
  /** Absolute workspace root. */
  readonly root: string;
  readonly importers: readonly Importer[];
}

export interface ReadOptions {
  /** Only these sources, by `sourceKey`; nothing new is looked for. */
  readonly only?: ReadonlySet<string>;
  readonly thorough?: boolean;
  readonly force?: boolean;
}

export type ReadResult = Pick<IndexResult, 'runs' | 'changed'>;

/** What the folder is walked for at most, as a share of the time. */
const shareOfTime = 1 / 20;
const shortestBetweenWalks = 500;
/** The close look at runs that seemed unchanged comes when the window has drawn itself. */
const closeLookAfterMs = 3000;

export class Sources {
  readonly #options: SourcesOptions;
  #listing: Listing | null = null;
  #watched = new Map<string, readonly string[]>();
  /** Readings wait for each other. */
  #turn: Promise<unknown> = Promise.resolve();
  #walkMs = 0;
  #walkedAt = 0;

  constructor(options: SourcesOptions) {
    this.#options = options;
  }

  /** Finds the sources and reads what changed; readings wait for each other. */
  read(options: ReadOptions, work: Work): Promise<ReadResult> {
    const turn = this.#turn.then(() => this.#read(options, work));
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Reads again what changes, within a second on a local disk, until the returned function is
   * called; it waits for a reading under way.
   */
  follow(
    onChange: (result: ReadResult) => void,
    onProblem: (error: unknown) => void,
  ): () => Promise<void> {
    const closing = new AbortController();
    const work = { signal: closing.signal };
    const readAgain = async (options: ReadOptions) => {
      try {
        const result = await this.read(options, work);
        if (result.changed && !closing.signal.aborted) onChange(result);
      } catch (error) {
        if (!closing.signal.aborted) onProblem(error);
      }
    };
    const stop = followPaths({
      paths: () => this.#followed(),
      onChange: async (change) => {
        const walks = change.folders && !this.#walkedLately();
        if (walks) await readAgain({});
        else if (change.sources.size > 0) await readAgain({ only: change.sources });
        return walks;
      },
    });
    const timer = setTimeout(() => void readAgain({ thorough: true }), closeLookAfterMs);
    timer.unref();
    return async () => {
      clearTimeout(timer);
      stop();
      closing.abort();
      await this.#turn;
    };
  }

  async #read(options: ReadOptions, work: Work): Promise<ReadResult> {
    if (options.only === undefined || this.#listing === null) await this.#walk(work);
    const listing = this.#listing as Listing;
    const result = await indexSources({ ...this.#options, ...options, listing }, work);
    this.#remember(result, options.only === undefined);
    return result;
  }

  async #walk(work: Work): Promise<void> {
    const begun = performance.now();
    work.onProgress?.({ phase: 'sources', done: 0, total: 0, unit: 'items' });
    const { files } = await walkFolder(this.#options.root, work.signal);
    this.#listing = createListing(files);
    this.#walkMs = performance.now() - begun;
    this.#walkedAt = performance.now();
  }

  #remember(result: IndexResult, all: boolean): void {
    if (all) this.#watched = new Map(result.watched);
    else for (const [key, paths] of result.watched) this.#watched.set(key, paths);
  }

  #walkedLately(): boolean {
    const pause = Math.max(shortestBetweenWalks, this.#walkMs / shareOfTime);
    return performance.now() - this.#walkedAt < pause;
  }

  #followed(): Followed {
    return {
      root: this.#options.root,
      files: this.#listing?.files ?? [],
      sources: this.#watched,
    };
  }
}
