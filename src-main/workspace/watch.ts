/**
 * Notices what changes in a workspace, whoever changes it. Only folders with important files are
 * watched, never their contents as a whole: a data set of a million files costs nothing here.
 */
import { type FSWatcher, watch } from 'node:fs';
import { sep } from 'node:path';
import type { Topic, Workspace } from './types.ts';
import { fingerprint, topicOf, watchedFolders } from './watched-files.ts';

export interface WatchOptions {
  /** The store's `PRAGMA data_version`: changes when another connection has written. */
  readonly storeVersion?: () => number;
  /** Absolute Git folders, whose HEAD and refs are watched. */
  readonly gitDirs?: readonly string[];
}

/** How soon the views learn of a change: together with what follows within this time. */
const gatherMs = 120;
const storePollMs = 250;
/** For network folders and full inotify tables, where the system tells nothing. */
const filePollMs = 3000;

/** Calls `onTopics` with what changed, each change once, until the returned function is called. */
export function watchWorkspace(
  workspace: Workspace,
  onTopics: (topics: readonly Topic[]) => void,
  options: WatchOptions = {},
): () => void {
  const watching = new Watching(workspace, onTopics, options);
  return () => watching.stop();
}

class Watching {
  readonly #workspace: Workspace;
  readonly #onTopics: (topics: readonly Topic[]) => void;
  readonly #gitDirs: readonly string[];
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #pending = new Set<Topic>();
  #gathering: NodeJS.Timeout | null = null;
  #storeVersion: number | null = null;
  /** What `stat` said of every watched file, to tell changes from noise. */
  #seen: ReadonlyMap<string, string>;
  #stopped = false;

  constructor(
    workspace: Workspace,
    onTopics: (topics: readonly Topic[]) => void,
    options: WatchOptions,
  ) {
    this.#workspace = workspace;
    this.#onTopics = onTopics;
    this.#gitDirs = options.gitDirs ?? [];
    this.#followFolders();
    this.#seen = fingerprint(workspace.root, this.#gitDirs);
    this.#every(filePollMs, () => this.#look());
    const { storeVersion } = options;
    if (storeVersion !== undefined) {
      this.#storeVersion = storeVersion();
      this.#every(storePollMs, () => this.#lookAtStore(storeVersion));
    }
  }

  stop(): void {
    this.#stopped = true;
    for (const timer of this.#timers) clearInterval(timer);
    if (this.#gathering !== null) clearTimeout(this.#gathering);
    for (const watcher of this.#watchers.values()) watcher.close();
    this.#watchers.clear();
  }

  #every(ms: number, action: () => void): void {
    const timer = setInterval(action, ms);
    timer.unref();
    this.#timers.push(timer);
  }

  /** A folder that appears or goes changes what there is to watch. */
  #followFolders(): void {
    const wanted = new Set(watchedFolders(this.#workspace.root, this.#gitDirs));
    for (const [folder, watcher] of this.#watchers) {
      if (wanted.delete(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of wanted) {
      try {
        const watcher = watch(folder, { persistent: false }, (event, name) =>
          this.#noticed(folder, event, name),
        );
        watcher.on('error', () => {
          watcher.close();
          this.#watchers.delete(folder);
        });
        this.#watchers.set(folder, watcher);
      } catch {
        // The folder went away, or the system has no watches left: the slow look sees it too.
      }
    }
  }

  /** The system says that something happened; whether it matters is looked up, once per moment. */
  #noticed(folder: string, event: string, name: string | null): void {
    if (this.#stopped) return;
    const inGit = this.#gitDirs.some((dir) => folder === dir || folder.startsWith(dir + sep));
    // What comes or goes may be a folder; what changes is a file, which matters by its name.
    if (name === null || inGit || topicOf(name) !== null) this.#gather();
    else if (event === 'rename' && !name.includes('.')) this.#gather();
  }

  #gather(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = null;
      this.#look();
    }, gatherMs);
  }

  #look(): void {
    const now = fingerprint(this.#workspace.root, this.#gitDirs);
    for (const path of new Set([...now.keys(), ...this.#seen.keys()])) {
      if (now.get(path) === this.#seen.get(path)) continue;
      const topic = topicOf(path);
      if (topic !== null) this.#pending.add(topic);
    }
    const sameFiles =
      now.size === this.#seen.size && now.keys().every((key) => this.#seen.has(key));
    this.#seen = now;
    if (!sameFiles) this.#followFolders();
    this.#tell();
  }

  #lookAtStore(storeVersion: () => number): void {
    let version: number;
    try {
      version = storeVersion();
    } catch {
      return;
    }
    if (version === this.#storeVersion) return;
    this.#storeVersion = version;
    for (const topic of ['runs', 'notes', 'bundles'] as const) this.#pending.add(topic);
    this.#tell();
  }

  #tell(): void {
    if (this.#pending.size === 0 || this.#stopped) return;
    const topics = [...this.#pending];
    this.#pending.clear();
    this.#onTopics(topics);
  }
}
