/** Folders opened before, newest first. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { recentFolder } from '../contract/workspace.ts';
import { readJson, writeJson } from './json-file.ts';
import type { Folders } from './types.ts';

const mostKept = 30;
const recentList = z.object({
  folders: z.array(z.object({ path: z.string(), openedAt: z.number() })),
});

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
  const others = read(folders).filter((folder) => folder.path !== path);
  write(folders, [{ path, openedAt: Date.now() }, ...others].slice(0, mostKept));
}

export async function forgetRecent(folders: Folders, path: string): Promise<void> {
  const before = read(folders);
  const kept = before.filter((folder) => folder.path !== path);
  if (kept.length < before.length) write(folders, kept);
}

type Recents = z.infer<typeof recentList>['folders'];

function read(folders: Folders): Recents {
  return readJson(recentsFile(folders), recentList, { folders: [] }).folders;
}

function write(folders: Folders, recents: Recents): void {
  writeJson(recentsFile(folders), { folders: recents });
}

function recentsFile(folders: Folders): string {
  return join(folders.config, 'recents.json');
}
