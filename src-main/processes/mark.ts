/**
 * A word in the environment of a process that all of its descendants inherit: a daemon that has no
 * parent and a session of its own is still known by it.
 */
import { randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';

/** Name of the variable. */
export const markName = 'CAIRN_PROCESS';

export function newMark(): string {
  return randomUUID();
}

/** Pids of the user's processes that began with the mark. None where the system does not tell. */
export async function readMarked(
  mark: string,
  platform: NodeJS.Platform = process.platform,
): Promise<number[]> {
  if (platform !== 'linux') return [];
  const wanted = `${markName}=${mark}`;
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    pids.map(async (pid) => {
      try {
        const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
        return environment.split('\0').includes(wanted) ? [Number(pid)] : [];
      } catch {
        // Somebody else's, or gone.
        return [];
      }
    }),
  );
  return found.flat();
}
