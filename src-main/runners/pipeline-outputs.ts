/** The outputs of a stage on disk: cleared before it runs, kept in the cache after, put back from it. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { LinkKind, ObjectStore } from '../cas/index.ts';
import { addToGitignore } from '../formats/gitignore-edit.ts';
import type { Observer, Out, Stage } from '../pipelines/index.ts';
import { writeAtomically } from './pipeline-lock.ts';

export class Outputs {
  readonly #observer: Observer;
  readonly #objects: ObjectStore;
  readonly #links: readonly LinkKind[];

  constructor(observer: Observer, objects: ObjectStore, links: readonly LinkKind[]) {
    this.#observer = observer;
    this.#objects = objects;
    this.#links = links;
  }

  /** Removes what a stage will make anew; what persists is cut loose from the cache. */
  async clear(stage: Stage): Promise<void> {
    for (const out of stage.outs) {
      if (out.reach === 'remote') continue;
      const path = this.#observer.absolute(out.path);
      if (out.persist) unprotect(path);
      // A folder elsewhere on the machine is not ours to empty.
      else
        await rm(path, { recursive: out.reach === 'workspace', force: true }).catch(unlessFolder);
    }
  }

  /**
   * Puts one output back.
   * @throws CairnError `not-found` when the cache does not have it
   */
  async restore(out: Out, hash: string, executable: boolean, work: Work): Promise<void> {
    const link: readonly LinkKind[] = out.cache ? this.#links : ['reflink', 'copy'];
    const target = this.#observer.absolute(out.path);
    await this.#objects.checkout(hash, target, { link, executable, ...work });
    this.#observer.changed([out.path]);
  }

  /** Saves outputs as they were just hashed, and links them where the configuration says so. */
  async save(outs: readonly Out[], work: Work): Promise<void> {
    for (const out of outs) {
      const content = this.#observer.content(out.path);
      if (content === null || out.reach !== 'workspace') continue;
      const path = this.#observer.absolute(out.path);
      await this.#objects.add(path, content, this.#observer.hashOptions(out.path, work));
      const shares = this.#links[0] === 'hardlink' || this.#links[0] === 'symlink';
      if (!out.cache || !shares) continue;
      await this.restore(out, content.hash, content.executable, work);
      this.#observer.learn(out.path, content);
    }
  }
}

function unlessFolder(error: unknown): void {
  if (errnoOf(error) !== 'ERR_FS_EISDIR') throw error;
}

/** Adds `/name` to the .gitignore beside every cached output that Git would otherwise see. */
export function ignoreOutputs(stage: Stage, absolute: (path: string) => string): void {
  const byFolder = new Map<string, string[]>();
  for (const out of stage.outs) {
    if (!out.cache || out.reach !== 'workspace') continue;
    const path = absolute(out.path);
    byFolder.set(dirname(path), [...(byFolder.get(dirname(path)) ?? []), basename(path)]);
  }
  for (const [folder, names] of byFolder) {
    const file = join(folder, '.gitignore');
    const changed = addToGitignore(existsSync(file) ? readFileSync(file, 'utf8') : '', names);
    if (changed !== null) writeAtomically(file, changed);
  }
}

/** Gives a file or tree contents of its own, writable, where it shares them with the cache. */
function unprotect(path: string): void {
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return;
  if (stat.isDirectory()) {
    for (const name of readdirSync(path)) unprotect(join(path, name));
    return;
  }
  const linked = stat.isSymbolicLink();
  if (linked && !statSync(path, { throwIfNoEntry: false })?.isFile()) return;
  if (linked || stat.nlink > 1) {
    const copy = `${path}.cairn-copy`;
    copyFileSync(linked ? realpathSync(path) : path, copy);
    chmodSync(copy, 0o644);
    renameSync(copy, path);
  } else if ((stat.mode & 0o200) === 0) {
    chmodSync(path, stat.mode | 0o200);
  }
}
