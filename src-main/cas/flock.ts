/**
 * Advisory locks on files as other programs take them. Node has no `flock` of its own; on POSIX
 * systems the C library's is called. On Windows, where DVC locks a byte with the C runtime that Node
 * does not share, an exclusively made file beside it keeps Cairn's own processes apart.
 */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { errnoOf } from '../base/errors.ts';

const exclusive = 2;
const noWait = 4;
const pollMs = 50;

/** Tries until `waitMs` are over. @returns a function that releases it, or null when it is held */
export async function lockFile(
  path: string,
  waitMs: number,
  platform: NodeJS.Platform = process.platform,
): Promise<(() => void) | null> {
  mkdirSync(dirname(path), { recursive: true });
  const take = platform === 'win32' ? takeByName : await takeByFlock();
  const deadline = Date.now() + waitMs;
  for (;;) {
    const release = take(path);
    if (release !== null || Date.now() >= deadline) return release;
    await setTimeout(pollMs);
  }
}

type Take = (path: string) => (() => void) | null;

let flock: ((file: number, operation: number) => number) | null = null;

async function takeByFlock(): Promise<Take> {
  if (flock === null) {
    const { default: koffi } = await import('koffi');
    // The program's own symbols: the C library, whatever it is called here.
    flock = koffi.load(null).func('int flock(int, int)') as (
      file: number,
      operation: number,
    ) => number;
  }
  const call = flock;
  return (path) => {
    const file = openSync(path, 'a+', 0o666);
    if (call(file, exclusive | noWait) === 0) return () => closeSync(file);
    closeSync(file);
    return null;
  };
}

function takeByName(path: string): (() => void) | null {
  const name = `${path}.cairn`;
  try {
    const file = openSync(name, 'wx');
    writeSync(file, String(process.pid));
    closeSync(file);
    return () => rmSync(name, { force: true });
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error;
  }
  if (!holderLives(name)) rmSync(name, { force: true });
  return null;
}

function holderLives(name: string): boolean {
  try {
    const pid = Number(readFileSync(name, 'utf8'));
    // Just made, and not written to yet.
    if (!(pid > 0)) return true;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}
