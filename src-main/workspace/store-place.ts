/**
 * Where a workspace's store lies, and moving it. A trusted folder that can be written to holds it in
 * `.cairn/`; otherwise it lies in the user's data folder.
 */
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import Database from 'better-sqlite3';
import { errnoOf } from '../base/errors.ts';
import { isRecord, readJson, writeJson } from './json-file.ts';
import type { Folders } from './types.ts';

export const databaseName = 'cairn.db';
/** Says of which state of the folder's own store the one outside is a continuation. */
const originName = 'origin.json';

export function insideStore(root: string): string {
  return join(root, '.cairn');
}

export function outsideStore(root: string, folders: Folders): string {
  return join(folders.data, 'workspaces', workspaceKey(root));
}

/** A name for the folder in the user's own folders: readable, and unique to its path. */
export function workspaceKey(root: string): string {
  const name = basename(root)
    .replace(/[^\w.-]+/g, '_')
    .slice(0, 40);
  const digest = createHash('sha256').update(root).digest('hex').slice(0, 16);
  return `${name || 'root'}-${digest}`;
}

/**
 * Makes `.cairn/` in a trusted folder, hidden from Git.
 * @returns false when the folder cannot be written to after all
 */
export function prepareInside(root: string): boolean {
  const store = insideStore(root);
  try {
    mkdirSync(store, { recursive: true });
    const ignoreFile = join(store, '.gitignore');
    if (!existsSync(ignoreFile)) writeFileSync(ignoreFile, '*\n');
    return true;
  } catch (error) {
    if (['EROFS', 'EACCES', 'EPERM', 'ENOTDIR', 'EEXIST'].includes(errnoOf(error) ?? ''))
      return false;
    throw error;
  }
}

function isOrigin(value: unknown): value is { stamp: string } {
  return isRecord(value) && typeof value.stamp === 'string';
}

/**
 * Moves the store of a folder that has become trusted into it. A store that the folder has already
 * is kept, unless the one outside continues it. The caller holds the user's lock.
 */
export function moveInside(root: string, folders: Folders): void {
  const outside = outsideStore(root, folders);
  const inside = insideStore(root);
  if (!existsSync(join(outside, databaseName))) return;
  if (existsSync(join(inside, databaseName))) {
    const { stamp } = readJson(join(outside, originName), isOrigin, { stamp: '' });
    if (stamp !== stampOf(inside)) return;
    renameSync(join(inside, databaseName), join(inside, `${databaseName}.before-${Date.now()}`));
    for (const suffix of ['-wal', '-shm'])
      rmSync(join(inside, databaseName + suffix), { force: true });
  }
  rmSync(join(outside, originName), { force: true });
  for (const name of readdirSync(outside)) move(join(outside, name), join(inside, name));
  rmSync(outside, { recursive: true, force: true });
}

/**
 * Gives a folder that may not be written to (any more) a store outside that knows what the one
 * inside knows. Nothing happens when there is one outside already.
 */
export function copyOutside(root: string, folders: Folders): void {
  const inside = insideStore(root);
  const outside = outsideStore(root, folders);
  const database = join(inside, databaseName);
  if (!existsSync(database) || existsSync(join(outside, databaseName))) return;
  mkdirSync(outside, { recursive: true });
  const stamp = stampOf(inside);
  const unfinished = join(outside, `${databaseName}.unfinished`);
  rmSync(unfinished, { force: true });
  copyDatabase(database, unfinished);
  for (const name of ['runs', 'notes', 'shadow.git']) {
    if (existsSync(join(inside, name)))
      cpSync(join(inside, name), join(outside, name), { recursive: true });
  }
  writeJson(join(outside, originName), { stamp });
  renameSync(unfinished, join(outside, databaseName));
}

/** A sound copy also while another process writes. */
function copyDatabase(from: string, to: string): void {
  try {
    const database = new Database(from, { readonly: true });
    try {
      database.prepare('VACUUM INTO ?').run(to);
    } finally {
      database.close();
    }
  } catch {
    // SQLite cannot open a WAL database on read-only media; nobody can write to it there either.
    rmSync(to, { force: true });
    cpSync(from, to);
  }
}

function stampOf(store: string): string {
  const parts = [databaseName, `${databaseName}-wal`].map((name) => {
    const stat = statSync(join(store, name), { bigint: true, throwIfNoEntry: false });
    return stat === undefined || stat.size === 0n ? '' : `${stat.size} ${stat.mtimeNs}`;
  });
  return parts.join(' / ');
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    // SQLite removes its side files when another process closes the database, all written back.
    if (errnoOf(error) === 'ENOENT' && /-(wal|shm)$/.test(from)) return;
    // Another file system, or a folder that is there already.
    if (!['EXDEV', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(errnoOf(error) ?? '')) throw error;
    cpSync(from, to, { recursive: true });
    rmSync(from, { recursive: true, force: true });
  }
}
