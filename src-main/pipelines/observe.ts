/** Looks at what the planner needs to know: contents of deps and outs, params, the cache. */
import { join } from 'node:path';
import type { Work } from '../base/progress.ts';
import {
  type HashCache,
  type Hashed,
  hashDirectory,
  hashPath,
  type ObjectStore,
} from '../cas/index.ts';
import type { LockEntry } from '../formats/dvc-lock.ts';
import { Ignored, type ReadText } from './ignored.ts';
import { legacyHash } from './legacy-hash.ts';
import { readParams, workspaceReader } from './load.ts';
import type { ParamValues } from './params-file.ts';
import type { Observed } from './plan.ts';
import type { Stage } from './types.ts';

export interface ObserverContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly cache: HashCache;
  readonly objects: ObjectStore;
}

/**
 * Remembers what it saw: each path is looked at once until it is said to have changed. What the
 * planner asks for must have been observed before.
 */
export class Observer implements Observed {
  readonly #context: ObserverContext;
  readonly #read: ReadText;
  readonly #ignored: Ignored;
  readonly #contents = new Map<string, Hashed | null>();
  readonly #legacy = new Map<string, string | null>();
  readonly #params = new Map<string, ParamValues | null>();
  readonly #complete = new Set<string>();
  readonly #missing = new Set<string>();

  constructor(context: ObserverContext) {
    this.#context = context;
    this.#read = workspaceReader(context.root);
    this.#ignored = new Ignored(this.#read);
  }

  /**
   * Looks at everything the stages name that was not looked at yet.
   * @throws CairnError `invalid` for a params file that cannot be read
   */
  async observe(stages: readonly Stage[], work: Work = {}): Promise<void> {
    const paths = new Set(
      stages.flatMap((stage) =>
        [...stage.deps, ...stage.outs].flatMap((entry) =>
          entry.reach === 'remote' || this.#contents.has(entry.path) ? [] : [entry.path],
        ),
      ),
    );
    let done = 0;
    for (const path of paths) {
      work.signal?.throwIfAborted();
      work.onProgress?.({ phase: 'Hashing', done, total: paths.size, unit: 'items' });
      this.#contents.set(path, await this.hash(path, work.signal));
      done++;
    }
    for (const stage of stages) {
      for (const { file } of stage.params) this.params(file);
      await this.#observeCache(stage);
      await this.#observeLegacy(stage);
    }
  }

  /** Hashes a path as it is now; null when nothing is there. */
  async hash(path: string, signal?: AbortSignal): Promise<Hashed | null> {
    const ignore = this.#ignored.inside(path);
    return hashPath(this.absolute(path), {
      cache: this.#context.cache,
      ...(ignore === undefined ? {} : { ignore }),
      signal,
    });
  }

  /** What {@link ObjectStore.add} needs to hash a directory in the same way again. */
  hashOptions(path: string, work: Work) {
    const ignore = this.#ignored.inside(path);
    return { ...work, cache: this.#context.cache, ...(ignore === undefined ? {} : { ignore }) };
  }

  /** Forgets paths, and everything in and around them, that have changed. */
  changed(paths: readonly string[]): void {
    for (const path of paths) {
      for (const map of [this.#contents, this.#legacy, this.#params]) {
        for (const known of map.keys()) {
          if (touches(known, path)) map.delete(known);
        }
      }
    }
    this.#missing.clear();
  }

  /** Says what a path holds, from one who has just hashed it. */
  learn(path: string, content: Hashed | null): void {
    this.#contents.set(path, content);
  }

  content(path: string): Hashed | null {
    return this.#contents.get(path) ?? null;
  }

  matches(path: string, entry: LockEntry): boolean {
    const content = this.content(path);
    if (content === null || entry.md5 === undefined) return false;
    return content.hash === entry.md5 || this.#legacy.get(path) === entry.md5;
  }

  params(file: string): ParamValues | null {
    let found = this.#params.get(file);
    if (found === undefined) {
      found = readParams(this.#context.root, file, this.#read);
      this.#params.set(file, found);
    }
    return found;
  }

  cached(hash: string): boolean {
    return this.#complete.has(hash);
  }

  absolute(path: string): string {
    return path.startsWith('/') || /^[a-zA-Z]:/.test(path) ? path : join(this.#context.root, path);
  }

  async #observeCache(stage: Stage): Promise<void> {
    for (const { md5 } of stage.lock?.outs ?? []) {
      if (md5 === undefined || this.#complete.has(md5) || this.#missing.has(md5)) continue;
      const whole = await this.#context.objects.hasAll(md5, this.#context.cache);
      (whole ? this.#complete : this.#missing).add(md5);
    }
  }

  /** Entries of DVC 2 that differ by MD5 may be the same by its own hash. */
  async #observeLegacy(stage: Stage): Promise<void> {
    const entries = new Map(
      [...(stage.lock?.deps ?? []), ...(stage.lock?.outs ?? [])].map((one) => [one.path, one]),
    );
    for (const { path, declared } of [...stage.deps, ...stage.outs]) {
      const entry = entries.get(declared);
      const content = this.content(path);
      if (entry?.md5 === undefined || entry.hash !== undefined || content === null) continue;
      if (content.hash === entry.md5 || this.#legacy.has(path)) continue;
      this.#legacy.set(path, await this.#legacyHashOf(path, entry.md5));
    }
  }

  async #legacyHashOf(path: string, recorded: string): Promise<string | null> {
    if (!recorded.endsWith('.dir')) {
      return this.content(path)?.files === null ? legacyHash(this.absolute(path)) : null;
    }
    const before = await this.#context.objects.readManifest(recorded);
    if (before === null || this.content(path)?.files !== before.length) return null;
    const known = new Map(before.map((entry) => [entry.path, entry.hash]));
    const now = await hashDirectory(this.absolute(path), this.hashOptions(path, {}));
    const same = now.entries.every(
      (entry) =>
        known.get(entry.path) === entry.hash ||
        known.get(entry.path) === legacyHash(join(this.absolute(path), entry.path)),
    );
    return same ? recorded : null;
  }
}

function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}
