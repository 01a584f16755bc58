/** Which folders the user trusts: they may run things and hold `.cairn/`. Keyed by real path. */
import { join } from 'node:path';
import { isRecord, readJson, writeJson } from './json-file.ts';
import { withUserLock } from './lock.ts';
import type { Folders } from './types.ts';

interface TrustList {
  readonly trusted: Readonly<Record<string, { readonly since: number }>>;
}

/** A list that cannot be read trusts nothing. */
export function isTrusted(folders: Folders, root: string): boolean {
  return Object.hasOwn(readList(folders).trusted, root);
}

/** Changes the list alone; `setTrust` moves the store as well. */
export function writeTrust(folders: Folders, root: string, trusted: boolean): void {
  withUserLock(folders, () => changeList(folders, root, trusted));
}

/** As {@link writeTrust}, for who holds the user's lock. */
export function changeList(folders: Folders, root: string, trusted: boolean): void {
  const list = new Map(Object.entries(readList(folders).trusted));
  if (trusted) list.set(root, list.get(root) ?? { since: Date.now() });
  else list.delete(root);
  writeJson(trustFile(folders), { trusted: Object.fromEntries(list) });
}

function readList(folders: Folders): TrustList {
  return readJson(trustFile(folders), isTrustList, { trusted: {} });
}

function isTrustList(value: unknown): value is TrustList {
  if (!isRecord(value) || !isRecord(value.trusted)) return false;
  return Object.values(value.trusted).every(
    (entry) => isRecord(entry) && typeof entry.since === 'number',
  );
}

function trustFile(folders: Folders): string {
  return join(folders.config, 'trust.json');
}
