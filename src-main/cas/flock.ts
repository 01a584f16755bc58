/**
 * Advisory locks on files as other programs take them: `flock` on POSIX systems, the first byte on
 * Windows (what Python's `msvcrt.locking` does). Node has neither, so the system is called through
 * koffi. Where that is not to be had, or the file system knows no locks, a file beside the lock
 * keeps at least Cairn's own processes apart.
 */
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { takeByName } from './lock-by-name.ts';

/** Gives a lock back. */
export type Release = () => void;
/** Null when another holds it. @throws Unsupported */
type Take = (path: string) => Release | null;

/** The part of koffi that is used. */
export interface Native {
  load(library: string | null): {
    func(definition: string): (...args: unknown[]) => unknown;
  };
  errno(): number;
  readonly os: { readonly errno: Readonly<Record<string, number>> };
}

export interface LockSystem {
  readonly platform: NodeJS.Platform;
  readonly native: () => Promise<Native>;
}

const pollMs = 50;

const thisSystem: LockSystem = {
  platform: process.platform,
  native: async () => (await import('koffi')).default as unknown as Native,
};

/** Tries until `waitMs` are over. @returns a function that releases it, or null when it is held */
export async function lockFile(
  path: string,
  waitMs: number,
  system: LockSystem = thisSystem,
): Promise<Release | null> {
  mkdirSync(dirname(path), { recursive: true });
  const take = await takeOf(system);
  const deadline = Date.now() + waitMs;
  for (;;) {
    const release = take(path);
    if (release !== null || Date.now() >= deadline) return release;
    await setTimeout(pollMs);
  }
}

/** Thrown when the file system has no locks. */
class Unsupported extends Error {}

const takes = new WeakMap<LockSystem, Take>();

async function takeOf(system: LockSystem): Promise<Take> {
  const known = takes.get(system);
  if (known !== undefined) return known;
  let take: Take = takeByName;
  try {
    const native = await system.native();
    const ask = system.platform === 'win32' ? byFirstByte(native) : byFlock(native);
    take = (path) => {
      try {
        return ask(path);
      } catch (error) {
        if (error instanceof Unsupported) return takeByName(path);
        throw error;
      }
    };
  } catch {
    // No koffi for this machine.
  }
  takes.set(system, take);
  return take;
}

const lockExclusive = 2;
const lockNoWait = 4;

function byFlock(native: Native): Take {
  // The program's own symbols: the C library, whatever it is called here.
  const flock = native.load(null).func('int flock(int file, int operation)');
  const { EWOULDBLOCK, EAGAIN, EINTR } = native.os.errno;
  return (path) => {
    const file = openSync(path, 'a+', 0o666);
    if (flock(file, lockExclusive | lockNoWait) === 0) return () => closeSync(file);
    const errno = native.errno();
    closeSync(file);
    if (errno === EWOULDBLOCK || errno === EAGAIN || errno === EINTR) return null;
    throw new Unsupported();
  };
}

const genericReadWrite = 0xc000_0000;
const shareAll = 7;
const openAlways = 4;
const attributeNormal = 0x80;
const exclusiveAtOnce = 3;
const overlappedBytes = 32;

/** Win32: CreateFileW, LockFileEx on byte 0. Closing the handle releases the lock. */
function byFirstByte(native: Native): Take {
  const kernel = native.load('kernel32.dll');
  const create = kernel.func(
    'intptr_t __stdcall CreateFileW(str16 path, uint32_t access, uint32_t share, void *security, uint32_t disposition, uint32_t flags, intptr_t like)',
  );
  const lock = kernel.func(
    'int __stdcall LockFileEx(intptr_t file, uint32_t flags, uint32_t reserved, uint32_t low, uint32_t high, void *overlapped)',
  );
  const close = kernel.func('int __stdcall CloseHandle(intptr_t file)');
  return (path) => {
    const file = Number(
      create(path, genericReadWrite, shareAll, null, openAlways, attributeNormal, 0),
    );
    if (file === -1) throw new Unsupported();
    if (lock(file, exclusiveAtOnce, 0, 1, 0, Buffer.alloc(overlappedBytes)) !== 0) {
      return () => void close(file);
    }
    close(file);
    return null;
  };
}
