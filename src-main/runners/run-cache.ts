/**
 * DVC's run-cache: what stages made of which inputs, in `.dvc/cache/runs`, shared with DVC in both
 * directions. Source of the layout and of what is saved: DVC 3, read from what it writes.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type LockStage, orderStage } from '../formats/dvc-lock.ts';
import { parseYaml } from '../formats/yaml.ts';
import { dumpYaml } from '../formats/yaml-dump.ts';
import { runCacheKey, runCacheValue, type Stage } from '../pipelines/index.ts';

type Entry = Record<string, unknown>;

export class RunCache {
  readonly #cache: string | null;

  /** @param cacheFolder absolute; `.dvc/cache`, say. Null in a folder without DVC: nothing is kept */
  constructor(cacheFolder: string | null) {
    this.#cache = cacheFolder;
  }

  /** What the stage made the last time its command, deps and params were these, or null. */
  find(stage: Stage, inputs: LockStage): LockStage | null {
    if (this.#cache === null || !isReusable(stage)) return null;
    const outs = stage.outs.map((out) => ({ path: out.declared }));
    const folder = entryFolder(this.#cache, runCacheKey(compact({ ...inputs, outs })));
    const newest = newestFile(folder);
    if (newest === null) return null;
    try {
      const found = parseYaml(readFileSync(newest, 'utf8'), newest).value as LockStage | null;
      const paths = new Set(found?.outs?.map((out) => out.path));
      const whole = stage.outs.every((out) => paths.has(out.declared));
      return found !== null && whole ? found : null;
    } catch {
      // A damaged entry is no entry; the stage runs.
      return null;
    }
  }

  /** Whether a stage's result may be kept. Uncached outs that are no metrics or plots forbid it. */
  keeps(stage: Stage): boolean {
    return (
      this.#cache !== null &&
      isReusable(stage) &&
      stage.outs.every((out) => out.cache || out.role !== 'out')
    );
  }

  save(entry: LockStage): void {
    if (this.#cache === null) return;
    const ordered = compact(entry);
    const folder = entryFolder(this.#cache, runCacheKey(ordered));
    const path = join(folder, runCacheValue(ordered));
    if (statSync(path, { throwIfNoEntry: false }) !== undefined) return;
    mkdirSync(folder, { recursive: true });
    // Not below the entries: DVC takes every file there for one.
    const temporaries = join(this.#cache, 'tmp');
    mkdirSync(temporaries, { recursive: true });
    const temporary = join(temporaries, `cairn-${randomBytes(6).toString('hex')}.tmp`);
    writeFileSync(temporary, dumpYaml(ordered));
    renameSync(temporary, path);
  }
}

function entryFolder(cache: string, key: string): string {
  return join(cache, 'runs', key.slice(0, 2), key);
}

/** The same inputs must give the same outputs, and all of them must be known. */
function isReusable(stage: Stage): boolean {
  return (
    stage.kind === 'stage' &&
    !stage.alwaysChanged &&
    stage.outs.length > 0 &&
    stage.deps.length + stage.params.length > 0 &&
    stage.deps.every((dep) => dep.reach !== 'remote') &&
    stage.outs.every((out) => out.reach === 'workspace' && !out.persist)
  );
}

/** Keys in the order of dvc.lock, without those that are not set. */
function compact(entry: LockStage): Entry {
  return Object.fromEntries(
    Object.entries(orderStage(entry)).filter(([, value]) => value !== undefined),
  );
}

function newestFile(folder: string): string | null {
  let found: { path: string; time: number } | null = null;
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch {
    return null;
  }
  for (const name of names) {
    const path = join(folder, name);
    const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (found === null || time > found.time) found = { path, time };
  }
  return found?.path ?? null;
}
