/**
 * The locks by which DVC's processes keep out of each other's way, respected and taken by ours:
 * `.dvc/tmp/lock` around changes of lock files, `.dvc/tmp/rwlock` for the paths that a running stage
 * reads and writes. A folder without DVC has the same two in `.cairn/tmp`.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import { lockFile } from './flock.ts';
import { isAlive } from './lock-by-name.ts';

/** As long as DVC tries. */
const waitMs = 3000;

interface Holder {
  readonly pid: number;
  readonly cmd: string;
}

interface Claims {
  write: Record<string, Holder>;
  read: Record<string, Holder[]>;
}

/** Does `work` while holding the repository's lock. @throws CairnError `locked` */
export async function withDvcLock<T>(root: string, work: () => Promise<T> | T): Promise<T> {
  return await holding(join(lockFolder(root), 'lock'), work);
}

/**
 * Claims paths (absolute) for a stage that runs.
 * @returns a function that gives them back
 * @throws CairnError `locked` naming the program that has one of them
 */
export async function claimPaths(
  root: string,
  command: string,
  paths: { readonly read: readonly string[]; readonly write: readonly string[] },
): Promise<() => Promise<void>> {
  const own: Holder = { pid: process.pid, cmd: command };
  await changeClaims(root, (claims) => {
    for (const path of paths.write) refuse(path, writersOf(claims, path), readersOf(claims, path));
    for (const path of paths.read) refuse(path, writersOf(claims, path), []);
    for (const path of paths.write) claims.write[path] = own;
    for (const path of paths.read) claims.read[path] = [...(claims.read[path] ?? []), own];
  });
  return async () => {
    await changeClaims(root, (claims) => {
      for (const path of paths.write) {
        if (claims.write[path]?.pid === own.pid) delete claims.write[path];
      }
      for (const path of paths.read) {
        const holders = claims.read[path] ?? [];
        const at = holders.findIndex((holder) => holder.pid === own.pid && holder.cmd === own.cmd);
        const left = holders.toSpliced(at, at === -1 ? 0 : 1);
        if (left.length > 0) claims.read[path] = left;
        else delete claims.read[path];
      }
    });
  };
}

function lockFolder(root: string): string {
  const dvc = join(root, '.dvc');
  return existsSync(dvc) ? join(dvc, 'tmp') : join(root, '.cairn', 'tmp');
}

async function holding<T>(path: string, work: () => Promise<T> | T): Promise<T> {
  const release = await lockFile(path, waitMs);
  if (release === null) {
    throw new CairnError(
      'locked',
      `Another program (DVC, or another run) is changing this project: it holds ${path}. Wait until it has ended, and try again.`,
    );
  }
  try {
    return await work();
  } finally {
    release();
  }
}

async function changeClaims(root: string, change: (claims: Claims) => void): Promise<void> {
  const folder = lockFolder(root);
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'rwlock');
  await holding(join(folder, 'rwlock.lock'), () => {
    const claims = withoutTheDead(readClaims(path));
    change(claims);
    const fresh = `${path}.${process.pid}`;
    writeFileSync(fresh, JSON.stringify(claims));
    renameSync(fresh, path);
  });
}

/** What is cut short by a crash, or is no list of claims, holds none: DVC's users delete it then. */
function readClaims(path: string): Claims {
  let found: { write?: unknown; read?: unknown } | null;
  try {
    found = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    if (errnoOf(error) === 'ENOENT' || error instanceof SyntaxError) return { write: {}, read: {} };
    throw error;
  }
  const write = Object.entries(found?.write ?? {}).filter(([, holder]) => isHolder(holder));
  const read = Object.entries(found?.read ?? {}).flatMap(([claimed, holders]) =>
    Array.isArray(holders) ? [[claimed, holders.filter(isHolder)]] : [],
  );
  return { write: Object.fromEntries(write), read: Object.fromEntries(read) };
}

function isHolder(value: unknown): value is Holder {
  if (typeof value !== 'object' || value === null) return false;
  return 'pid' in value && Number.isInteger(value.pid) && 'cmd' in value;
}

function withoutTheDead({ write, read }: Claims): Claims {
  const lives = ({ pid }: Holder) => isAlive(pid);
  return {
    write: Object.fromEntries(Object.entries(write).filter(([, holder]) => lives(holder))),
    read: Object.fromEntries(
      Object.entries(read).flatMap(([path, holders]) => {
        const living = holders.filter(lives);
        return living.length > 0 ? [[path, living]] : [];
      }),
    ),
  };
}

/** A path overlaps with those above and below it. */
function overlaps(a: string, b: string): boolean {
  const inside = (outer: string, inner: string) =>
    inner.startsWith(outer) && /^[\\/]/.test(inner.slice(outer.length));
  return a === b || inside(a, b) || inside(b, a);
}

function writersOf(claims: Claims, path: string): Holder[] {
  return Object.entries(claims.write).flatMap(([other, holder]) =>
    overlaps(other, path) ? [holder] : [],
  );
}

function readersOf(claims: Claims, path: string): Holder[] {
  return Object.entries(claims.read).flatMap(([other, holders]) =>
    overlaps(other, path) ? holders : [],
  );
}

/** What this process holds itself does not stand in its way: its stages were planned together. */
function refuse(path: string, writers: readonly Holder[], readers: readonly Holder[]): void {
  const holder = [...writers, ...readers].find((one) => one.pid !== process.pid);
  if (holder === undefined) return;
  throw new CairnError(
    'locked',
    `${path} is in use by “${holder.cmd}” (process ${holder.pid}). Wait until it has ended, and try again.`,
  );
}
