/** dvc.lock and .dvc files being updated while stages run: one writer at a time, never half a file. */
import { randomBytes } from 'node:crypto';
import { chmodSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import { withDvcLock } from '../cas/index.ts';
import { updateDvcFile } from '../formats/dvc-file.ts';
import type { LockStage } from '../formats/dvc-lock.ts';
import { LockDocument, type Stage } from '../pipelines/index.ts';

const patienceMs = 12 * 3600_000;

export class LockWriter {
  readonly #root: string;
  readonly #documents = new Map<string, { text: string | null; document: LockDocument }>();
  #last: Promise<unknown> = Promise.resolve();

  /** @param root absolute workspace folder */
  constructor(root: string) {
    this.#root = root;
  }

  /**
   * Records what a stage read and wrote, with whatever else belongs to it.
   * @throws CairnError `locked` when another program holds DVC's lock for hours
   */
  record(stage: Stage, entry: LockStage, before: () => void = () => undefined): Promise<void> {
    return this.#patiently(() => {
      before();
      if (stage.kind === 'data') this.#recordData(stage, entry);
      else this.#recordStage(stage, entry);
    });
  }

  /** Runs a short change of the project's files under DVC's lock, after those before it. */
  exclusively<T>(change: () => T): Promise<T> {
    const next = this.#last.then(() => withDvcLock(this.#root, change));
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** What took days to make is not given up because somebody pulls data for an hour. */
  async #patiently(change: () => void): Promise<void> {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      try {
        await this.exclusively(change);
        return;
      } catch (error) {
        const busy = error instanceof CairnError && error.code === 'locked';
        if (!busy || Date.now() >= deadline) throw error;
      }
    }
  }

  #recordStage(stage: Stage, entry: LockStage): void {
    const file = stage.file.replace(/\.yaml$/, '.lock');
    const path = join(this.#root, file);
    const text = readOrNull(path);
    const known = this.#documents.get(file);
    // Another program may have written it in between.
    const document =
      known !== undefined && known.text === text ? known.document : new LockDocument(text, file);
    if (!document.set(stage.name, entry)) {
      this.#documents.set(file, { text, document });
      return;
    }
    const changed = document.toString();
    writeAtomically(path, changed);
    this.#documents.set(file, { text: changed, document });
  }

  #recordData(stage: Stage, entry: LockStage): void {
    const path = join(this.#root, stage.file);
    const text = readFileSync(path, 'utf8');
    const changed = updateDvcFile(text, stage.file, entry.outs ?? []);
    if (changed !== text) writeAtomically(path, changed);
  }
}

function readOrNull(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces a text file at once, keeping its mode. */
export function writeAtomically(path: string, text: string): void {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    const mode = statSync(path, { throwIfNoEntry: false })?.mode;
    if (mode !== undefined) chmodSync(temporary, mode & 0o777);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
