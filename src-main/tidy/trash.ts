/** Runs in the trash: moved there, brought back, and removed for good. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Work } from '../base/progress.ts';
import { pruneObjects } from '../cas/index.ts';
import type { CodeStore } from '../git/index.ts';
import { readReferencedHashes } from '../store/lineage.ts';
import { purgeDeletedModels, purgeModelsOf } from '../store/logged-models.ts';
import type { Store } from '../store/store.ts';
import * as trash from '../store/trash.ts';
import { forgetEdits } from '../store/undo.ts';
import { type EditKind, modelArtifactFolder, recordEdit, runFolder } from '../tracking/index.ts';

export interface TrashContext {
  readonly store: Store;
  /** Absolute folder of the database, the logs and the artifacts. */
  readonly storeDir: string;
  /** Where the code of runs is kept, or null where no run ever kept any. */
  readonly code: () => CodeStore | null;
  readonly logger: Logger;
}

export interface Kept {
  readonly id: string;
  readonly why: 'running' | 'starred' | 'registered' | 'bundled';
}

/** Objects of purged runs are written in pieces: a lock held for long keeps others from logging. */
const purgedAtOnce = 200;

/** Which runs are in the trash since when, or, with null, that they are not. */
interface Trashed {
  readonly ids: readonly string[];
  readonly at: number | null;
}

/**
 * Moves runs, with those nested below them, into the trash. A running one is always left where it is.
 * @param options `sparing` leaves starred, registered and bundled runs as well; `label` is what the
 *   undo log calls it
 */
export function moveToTrash(
  { store }: Pick<TrashContext, 'store'>,
  ids: readonly string[],
  options: { readonly sparing: boolean; readonly label?: string },
): { moved: string[]; kept: Kept[] } {
  return store.transaction(() => {
    const all = trash.withNested(store, ids);
    const kept = [...trash.readProtected(store, all)]
      .filter(([, why]) => options.sparing || why === 'running')
      .map(([id, why]) => ({ id, why }));
    const spared = new Set(kept.map((one) => one.id));
    const label = options.label ?? 'Move runs to the trash';
    const wanted = all.filter((id) => !spared.has(id));
    return { moved: setTrashed(store, { ids: wanted, at: Date.now() }, label), kept };
  });
}

/** Brings runs back. @returns those that came back */
export function restoreFromTrash(
  { store }: Pick<TrashContext, 'store'>,
  ids: readonly string[],
): string[] {
  return store.transaction(() => setTrashed(store, { ids, at: null }, 'Restore runs'));
}

/** Moves into the trash and out of it, as the undo log knows them. */
export function trashEdits(store: Store): EditKind {
  return { inStore: ({ ids, at }: Trashed) => void trash.setDeleted(store, ids, at) };
}

function setTrashed(store: Store, wanted: Trashed, label: string): string[] {
  const ids = trash.setDeleted(store, wanted.ids, wanted.at);
  if (ids.length > 0) {
    const before: Trashed = { ids, at: wanted.at === null ? Date.now() : null };
    recordEdit(store, { kind: 'trash', label, before, after: { ids, at: wanted.at } });
  }
  return ids;
}

/**
 * Removes runs from the trash for good: rows, logs, artifacts, models that are not registered, the kept
 * code, and contents that no other run refers to. The rows go first, so that nothing is ever listed that is not there.
 * @param ids those to remove, or null for the whole trash
 */
export async function purgeTrash(
  context: TrashContext,
  ids: readonly string[] | null,
  work: Work = {},
): Promise<{ purged: number; bytes: number }> {
  const { store, storeDir, logger } = context;
  const wanted = ids ?? trash.readTrashed(store).map((run) => run.id);
  let [purged, bytes] = [0, 0];
  for (let from = 0; from < wanted.length; from += purgedAtOnce) {
    work.signal?.throwIfAborted();
    const some = wanted.slice(from, from + purgedAtOnce);
    const [removed, models] = store.transaction(() => {
      const gone = trash.purgeRuns(store, some);
      return [gone, purgeModelsOf(store, gone)];
    });
    bytes += removeModels(storeDir, models);
    const code = context.code();
    for (const id of removed) {
      bytes += runBytes(storeDir, id);
      for (const folder of foldersOf(storeDir, id))
        rmSync(folder, { recursive: true, force: true });
      await code
        ?.forget(`refs/cairn/runs/${id}`)
        .catch((error: unknown) =>
          logger.warn(`The code of run ${id} could not be removed`, error),
        );
    }
    purged += removed.length;
    const done = Math.min(wanted.length, from + purgedAtOnce);
    work.onProgress?.({ phase: 'purge', done, total: wanted.length, unit: 'items' });
  }
  if (ids === null) {
    const models = store.transaction(() => purgeDeletedModels(store));
    bytes += removeModels(storeDir, models);
  }
  if (purged > 0) {
    store.transaction(() => forgetEdits(store, ['merge']));
    const referenced = store.transaction(() => readReferencedHashes(store));
    bytes += pruneObjects(join(storeDir, 'kept'), referenced);
  }
  return { purged, bytes };
}

/** Bytes of the logs and artifacts of a run, which is about to be removed. */
function runBytes(storeDir: string, id: string): number {
  return foldersOf(storeDir, id).reduce((sum, folder) => sum + folderBytes(folder), 0);
}

/** Removes the files of logged models. @returns how many bytes they had */
function removeModels(storeDir: string, ids: readonly string[]): number {
  let bytes = 0;
  // Others have their files elsewhere, and an id that is none must not lead there.
  for (const id of ids.filter((one) => /^m-[0-9a-f]{32}$/.test(one))) {
    const { path } = modelArtifactFolder(storeDir, id);
    bytes += folderBytes(path);
    rmSync(path, { recursive: true, force: true });
  }
  return bytes;
}

function foldersOf(storeDir: string, id: string): string[] {
  return [runFolder(storeDir, id), join(storeDir, 'artifacts', id)];
}

function folderBytes(folder: string): number {
  if (!existsSync(folder)) return 0;
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => {
        const path = join(entry.parentPath, entry.name);
        return sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
      }, 0);
  } catch (error) {
    // Somebody removes it while it is measured.
    if (errnoOf(error) === 'ENOENT') return 0;
    throw error;
  }
}
