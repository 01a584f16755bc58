/** Folders opened before, newest first. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import type { recentFolder } from '../contract/workspace.ts';
import { isRecord, readJson, writeJson } from './json-file.ts';
import { withUserLock } from './lock.ts';
import type { Folders } from './types.ts';

const mostKept = 30;

interface Recent {
  readonly path: string;
  /** Epoch ms. */
  readonly openedAt: number;
}

export async function listRecents(folders: Folders): Promise<z.infer<typeof recentFolder>[]> {
  return read(folders).map(({ path, openedAt }) => ({
    path,
    name: basename(path) || path,
    openedAt,
    exists: existsSync(path),
  }));
}

/** Puts a folder first. */
export async function addRecent(folders: Folders, path: string): Promise<void> {
  withUserLock(folders, () => {
    const others = read(folders).filter((folder) => folder.path !== path);
    write(folders, [{ path, openedAt: Date.now() }, ...others].slice(0, mostKept));
  });
}

export async function forgetRecent(folders: Folders, path: string): Promise<void> {
  withUserLock(folders, () => {
    const before = read(folders);
    const kept = before.filter((folder) => folder.path !== path);
    if (kept.length < before.length) write(folders, kept);
  });
}

function read(folders: Folders): readonly Recent[] {
  return readJson(recentsFile(folders), isRecentList, { folders: [] }).folders;
}

function isRecentList(value: unknown): value is { folders: Recent[] } {
  if (!isRecord(value) || !Array.isArray(value.folders)) return false;
  return value.folders.every(
    (entry) =>
      isRecord(entry) && typeof entry.path === 'string' && typeof entry.openedAt === 'number',
  );
}

function write(folders: Folders, recents: readonly Recent[]): void {
  writeJson(recentsFile(folders), { folders: recents });
}

function recentsFile(folders: Folders): string {
  return join(folders.config, 'recents.json');
}
