/** Ending a process with everything it started. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readProcessTable, treeOf } from './table.ts';

const run = promisify(execFile);
const pollMs = 50;

/**
 * Asks the tree of `pid` to end, and ends what is left after the grace time. Processes that left
 * the group are found by their parents, as they were when the stop began.
 * @param graceMs 0 ends at once
 */
export async function stopTree(
  pid: number,
  graceMs: number,
  platform: NodeJS.Platform = process.platform,
): Promise<void> {
  if (platform === 'win32') {
    // Windows has no signal that a console program would hear; /T takes the children along.
    await run('taskkill', ['/PID', String(pid), '/T', '/F']).catch(() => undefined);
    return;
  }
  let members = await membersOf(pid);
  if (graceMs > 0) {
    signal(pid, members, 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline && members.some(exists)) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
  // What was started while the others were ending is looked for once more.
  members = [...new Set([...members, ...(await membersOf(pid))])];
  signal(pid, members.filter(exists), 'SIGKILL');
}

async function membersOf(pid: number): Promise<number[]> {
  const rows = treeOf(await readProcessTable(), pid);
  return rows.map((row) => row.pid).filter((member) => member !== process.pid);
}

function signal(group: number, members: readonly number[], name: 'SIGTERM' | 'SIGKILL'): void {
  for (const target of [-group, ...members]) {
    try {
      process.kill(target, name);
    } catch {
      // Gone already.
    }
  }
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
