/** The files of a work tree that belong to the code: tracked ones, and untracked but not ignored. */
import { type BigIntStats, type Dirent, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type GitMachine, isTrue } from './config.ts';
import { Pacer, unlessMissing } from './files.ts';
import { IgnoreRules } from './ignore-rules.ts';
import type { IndexEntry, IndexFile } from './index-file.ts';
import { bareLayout, gitDirOf, type Layout } from './layout.ts';
import { RefReader } from './refs.ts';
import type { FileMode } from './types.ts';

/** One file, link or submodule as it lies on the disk. Paths are relative to the work tree. */
export interface WorkFile {
  readonly path: string;
  readonly mode: FileMode;
  readonly tracked: IndexEntry | null;
  /** Null when there is nothing to read: a submodule, or a file that a sparse checkout left out. */
  readonly stat: BigIntStats | null;
  /** When `stat` was taken, epoch ns. */
  readonly takenNs: bigint;
  /** The id of a submodule's commit, or of a file left out. */
  readonly oid: string | null;
}

export interface ScanOptions {
  readonly layout: Layout;
  readonly machine: GitMachine;
  readonly index: IndexFile;
  readonly signal?: AbortSignal | undefined;
  /** Untracked paths, relative to the opened folder, to leave out besides what Git ignores. */
  readonly ignore?: ((path: string, directory: boolean) => boolean) | undefined;
}

/** Folders of tools that hold nothing of the project's, also where no ignore file names them. */
const toolFolders = new Set([
  '.cairn',
  '.ipynb_checkpoints',
  '.mypy_cache',
  '.nox',
  '.pytest_cache',
  '.ruff_cache',
  '.tox',
  '__pycache__',
  'node_modules',
]);

/** Everything inside the opened folder, and what is tracked outside of it. Sorted by path. */
export async function scanWorkTree(options: ScanOptions): Promise<WorkFile[]> {
  const scan = new Scan(options);
  await scan.run();
  return scan.files.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

class Scan {
  readonly files: WorkFile[] = [];
  readonly #options: ScanOptions;
  readonly #pacer: Pacer;
  readonly #trackedFolders = new Set<string>();
  /** Lower-case path → file or folder of the index, where the file system does not tell case. */
  readonly #folded: ReadonlyMap<string, string> | null;
  readonly #trustsModes: boolean;
  readonly #hasLinks: boolean;

  constructor(options: ScanOptions) {
    this.#options = options;
    this.#pacer = new Pacer(options.signal);
    const { config } = options.layout;
    const paths = [...options.index.entries.keys()];
    for (const path of paths) {
      for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
        const folder = path.slice(0, end);
        if (this.#trackedFolders.has(folder)) break;
        this.#trackedFolders.add(folder);
      }
    }
    this.#folded = isTrue(config.get('core.ignorecase'))
      ? new Map([...this.#trackedFolders, ...paths].map((path) => [path.toLowerCase(), path]))
      : null;
    this.#trustsModes =
      options.machine.platform !== 'win32' && config.get('core.filemode') !== 'false';
    this.#hasLinks = config.get('core.symlinks') !== 'false';
  }

  async run(): Promise<void> {
    const { layout, machine } = this.#options;
    const { rules, ignored } = IgnoreRules.above(layout, machine);
    await this.#folder(layout.prefix, layout.prefix, rules, ignored);
    await this.#trackedOnly();
  }

  /** @param onDisk the folder as the system spells it, which need not be how Git does */
  async #folder(
    prefix: string,
    onDisk: string,
    above: IgnoreRules,
    ignored: boolean,
  ): Promise<void> {
    await this.#pacer.pause();
    const absolute = join(this.#options.layout.workTree, onDisk);
    const entries = unlessMissing(() => readdirSync(absolute, { withFileTypes: true })) ?? [];
    const rules = entries.some((entry) => entry.name === '.gitignore')
      ? above.withFile(prefix, join(absolute, '.gitignore'))
      : above;
    for (const entry of entries) {
      if (entry.name.toLowerCase() === '.git') continue;
      const path = prefix + this.#normalise(entry.name);
      const place = onDisk + entry.name;
      if (entry.isDirectory()) await this.#subfolder(path, place, rules, ignored);
      else if (entry.isFile() || entry.isSymbolicLink()) {
        this.#file(path, place, entry, rules, ignored);
      }
      const pause = this.#pacer.pause();
      if (pause !== undefined) await pause;
    }
  }

  async #subfolder(
    path: string,
    onDisk: string,
    rules: IgnoreRules,
    ignored: boolean,
  ): Promise<void> {
    const absolute = join(this.#options.layout.workTree, onDisk);
    const tracked = this.#tracked(path);
    if (tracked?.mode === '160000') {
      this.#link(path, submoduleHead(absolute, this.#options.machine) ?? tracked.oid, tracked);
      return;
    }
    const leave = ignored || this.#leavesOut(path, onDisk, true, rules);
    if (!this.#trackedFolders.has(this.#indexPath(path))) {
      if (leave) return;
      if (existsSync(join(absolute, '.git'))) {
        // Another repository inside: like Git, its files are not ours.
        const oid = submoduleHead(absolute, this.#options.machine);
        if (oid !== null) this.#link(path, oid, null);
        return;
      }
    }
    await this.#folder(`${path}/`, `${onDisk}/`, rules, leave);
  }

  #file(path: string, onDisk: string, entry: Dirent, rules: IgnoreRules, ignored: boolean): void {
    const tracked = this.#tracked(path);
    if (tracked === null && (ignored || this.#leavesOut(path, onDisk, false, rules))) return;
    this.#add(tracked?.path ?? path, onDisk, tracked, entry.isSymbolicLink());
  }

  #add(path: string, onDisk: string, tracked: IndexEntry | null, isLink: boolean): void {
    const takenNs = BigInt(Date.now()) * 1_000_000n;
    const absolute = join(this.#options.layout.workTree, onDisk);
    const stat = unlessMissing(() => lstatSync(absolute, { bigint: true }));
    if (stat === null || stat.isSymbolicLink() !== isLink || !(isLink || stat.isFile())) return;
    this.files.push({
      path,
      mode: this.#mode(stat, tracked),
      tracked,
      stat,
      takenNs,
      oid: null,
    });
  }

  /** What is tracked outside of the opened folder, and what a sparse checkout left out. */
  async #trackedOnly(): Promise<void> {
    const { layout, index } = this.#options;
    const found = new Set<string>();
    for (const file of this.files) if (file.tracked?.skipWorktree) found.add(file.path);
    for (const entry of index.entries.values()) {
      const outside = !entry.path.startsWith(layout.prefix);
      if (entry.skipWorktree && !found.has(entry.path)) {
        this.files.push(withoutStat(entry.path, entry.mode, entry.oid, entry));
      } else if (outside && entry.mode === '160000') {
        this.#link(entry.path, entry.oid, entry);
      } else if (outside) {
        const absolute = join(layout.workTree, entry.path);
        const stat = unlessMissing(() => lstatSync(absolute, { bigint: true }));
        if (stat !== null) this.#add(entry.path, entry.path, entry, stat.isSymbolicLink());
        const pause = this.#pacer.pause();
        if (pause !== undefined) await pause;
      }
    }
  }

  #link(path: string, oid: string, tracked: IndexEntry | null): void {
    this.files.push(withoutStat(path, '160000', oid, tracked));
  }

  #mode(stat: BigIntStats, tracked: IndexEntry | null): FileMode {
    if (stat.isSymbolicLink()) return '120000';
    if (!this.#hasLinks && tracked?.mode === '120000') return '120000';
    if (this.#trustsModes) return (stat.mode & 0o100n) === 0n ? '100644' : '100755';
    return tracked?.mode === '100755' ? '100755' : '100644';
  }

  #leavesOut(path: string, onDisk: string, directory: boolean, rules: IgnoreRules): boolean {
    if (rules.ignores(path, directory)) return true;
    const { layout, ignore } = this.#options;
    if (ignore?.(path.slice(layout.prefix.length), directory) === true) return true;
    if (!directory) return false;
    if (toolFolders.has(path.slice(path.lastIndexOf('/') + 1))) return true;
    return existsSync(join(layout.workTree, onDisk, 'pyvenv.cfg'));
  }

  #tracked(path: string): IndexEntry | null {
    return this.#options.index.entries.get(this.#indexPath(path)) ?? null;
  }

  #indexPath(path: string): string {
    if (this.#folded === null || this.#options.index.entries.has(path)) return path;
    return this.#folded.get(path.toLowerCase()) ?? path;
  }

  /** macOS may give decomposed names where Git keeps composed ones. */
  #normalise(name: string): string {
    return this.#options.machine.platform === 'darwin' ? name.normalize('NFC') : name;
  }
}

function withoutStat(
  path: string,
  mode: FileMode,
  oid: string,
  tracked: IndexEntry | null,
): WorkFile {
  return { path, mode, oid, tracked, stat: null, takenNs: 0n };
}

/** The commit that the repository in `folder` has checked out; null when it has none. */
function submoduleHead(folder: string, machine: GitMachine): string | null {
  try {
    const gitDir = gitDirOf(folder);
    return gitDir === null
      ? null
      : new RefReader(bareLayout(gitDir, folder, machine)).follow('HEAD');
  } catch {
    // A damaged submodule does not keep the repository around it from being read.
    return null;
  }
}
