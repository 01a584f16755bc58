/** The code as it is: every file of the work tree with the blob it would be stored as. */

import { join } from 'node:path';
import { BlobReader, hashLargeFile, isUnchanged } from './blob-content.ts';
import type { GitMachine } from './config.ts';
import { Pacer } from './files.ts';
import { type IndexFile, readIndex } from './index-file.ts';
import type { Layout } from './layout.ts';
import type { ObjectDatabase } from './object-database.ts';
import { StatCache } from './stat-cache.ts';
import { directoryMode, TreeReader } from './tree-reader.ts';
import type { StatusOptions } from './types.ts';
import { scanWorkTree, type WorkFile } from './work-tree.ts';

/** What status and snapshots look at. */
export interface Place {
  readonly layout: Layout;
  readonly machine: GitMachine;
  readonly objects: ObjectDatabase;
}

export interface CodeFile {
  readonly file: WorkFile;
  /** Null for a file that was not read, because it is large or cannot be read. */
  readonly oid: string | null;
}

export interface CodeOptions extends StatusOptions {
  /** Larger files are read only to tell whether their tracked content changed. */
  readonly maxFileBytes: number;
  /** Untracked files are read too, and the content of what is not stored is passed to `onBlob`. */
  readonly untracked: boolean;
  /** Untracked files that shall not be read. */
  readonly leaveOut?: ((files: readonly WorkFile[]) => ReadonlySet<WorkFile>) | undefined;
  /** Whether the blob is stored; a file whose blob is not is read again. */
  readonly isStored?: ((oid: string) => boolean) | undefined;
  readonly onBlob?: ((bytes: Buffer) => void) | undefined;
}

/** Reads as few files as possible: those whose stat neither the index nor the cache knows. */
export async function readCode(place: Place, options: CodeOptions): Promise<CodeFile[]> {
  const { layout, machine, objects } = place;
  const { signal, ignore, onProgress } = options;
  const index = expandFolders(readIndex(layout.gitDir), objects);
  const files = await scanWorkTree({ layout, machine, index, signal, ignore });
  const leftOut = options.leaveOut?.(files) ?? new Set();
  const cache = StatCache.open(options.statCacheFile, layout.workTree);
  const blobs = new BlobReader(layout, objects);
  const pacer = new Pacer(signal);
  const code: CodeFile[] = [];
  for (const file of files) {
    const pause = pacer.pause();
    if (pause !== undefined) {
      onProgress?.({
        phase: 'Reading code',
        done: code.length,
        total: files.length,
        unit: 'items',
      });
      await pause;
    }
    const { stat, tracked } = file;
    if (stat === null) {
      code.push({ file, oid: file.oid });
    } else if (tracked !== null && isUnchanged(file, index, machine.platform)) {
      code.push({ file, oid: tracked.oid });
    } else if (leftOut.has(file) || (tracked === null && !options.untracked)) {
      // Asked for so that the cache keeps it.
      cache.get(file.path, stat);
      code.push({ file, oid: null });
    } else {
      const known = cache.get(file.path, stat);
      const usable = known !== null && (known === tracked?.oid || isStored(options, known));
      const oid = usable ? known : await readFile(file);
      code.push({ file, oid });
      if (!usable && oid !== null) cache.set(file.path, stat, oid, file.takenNs);
    }
  }
  cache.save();
  return code;

  async function readFile(file: WorkFile): Promise<string | null> {
    const size = Number(file.stat?.size ?? 0);
    if (size > options.maxFileBytes) {
      if (file.tracked === null) return null;
      const oid = await hashLargeFile(join(layout.workTree, file.path), size, pacer);
      return oid === file.tracked.oid ? oid : null;
    }
    const blob = blobs.read(file);
    if (blob === null) return null;
    if (blob.bytes !== null) options.onBlob?.(blob.bytes);
    return blob.oid;
  }
}

/** A sparse index names folders that are left out as a whole; we want their files. */
function expandFolders(index: IndexFile, objects: ObjectDatabase): IndexFile {
  const folders = [...index.entries.values()].filter((entry) => entry.mode === directoryMode);
  if (folders.length === 0) return index;
  const entries = new Map(index.entries);
  const trees = new TreeReader(objects);
  for (const folder of folders) {
    entries.delete(folder.path);
    for (const [path, { oid, mode }] of trees.files(folder.oid, folder.path)) {
      entries.set(path, { ...folder, path, oid, mode, skipWorktree: true });
    }
  }
  return { ...index, entries };
}

function isStored(options: CodeOptions, oid: string): boolean {
  return options.isStored?.(oid) ?? true;
}
