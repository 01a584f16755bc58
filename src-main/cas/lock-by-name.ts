/** A lock that is a file: whoever makes it has it, and it holds the process id of who that is. */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { errnoOf } from '../base/errors.ts';

/** Between making the file and writing to it no process takes this long, unless it died. */
const writingMs = 10_000;

/** @returns a function that releases it; null when a living process has it */
export function takeByName(path: string): (() => void) | null {
  const name = `${path}.cairn`;
  try {
    const file = openSync(name, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return () => rmSync(name, { force: true });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  const holder = readHolder(name);
  if (holder !== null && !lives(holder, name)) clear(name, holder);
  return null;
}

function readHolder(name: string): string | null {
  try {
    return readFileSync(name, 'utf8');
  } catch {
    return null;
  }
}

/** Takes away what a dead process left, and nothing that another made in its place meanwhile. */
function clear(name: string, holder: string): void {
  const aside = `${name}-${randomBytes(6).toString('hex')}`;
  try {
    renameSync(name, aside);
    if (readFileSync(aside, 'utf8') !== holder) linkSync(aside, name);
  } catch {
    // Somebody else was quicker.
  } finally {
    rmSync(aside, { force: true });
  }
}

function lives(holder: string, name: string): boolean {
  const pid = Number(holder);
  if (!(pid > 0)) {
    const made = statSync(name, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    return Date.now() - made < writingMs;
  }
  return isAlive(pid);
}

/** Whether a process has this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
