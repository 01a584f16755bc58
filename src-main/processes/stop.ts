/** Ending a process with everything it started. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { isRunning } from './identity.ts';
import { readMarked } from './mark.ts';
import { readProcessTable, treeOf } from './table.ts';

const run = promisify(execFile);
const pollMs = 50;

export interface StopTreeOptions {
  /** How long it may take to end by itself; 0 ends it at once. */
  readonly graceMs: number;
  /** The mark that it was started with: finds what left both its parent and its session. */
  readonly mark?: string;
  readonly platform?: NodeJS.Platform;
}

/**
 * Asks the tree of `pid` to end, and ends what is left after the grace time. Processes that left
 * the group are found by their parents, their session or, on Linux, their mark.
 */
export async function stopTree(pid: number, options: StopTreeOptions): Promise<void> {
  const { graceMs, mark, platform = process.platform } = options;
  if (platform === 'win32') {
    // Windows has no signal that a console program would hear; /T takes the children along.
    await run('taskkill', ['/PID', String(pid), '/T', '/F']).catch(() => undefined);
    return;
  }
  const members = new Set(await membersOf(pid, mark));
  const running = () => [...members].filter((member) => isRunning(member, platform));
  if (graceMs > 0) {
    signal(pid, running(), 'SIGTERM');
    const deadline = Date.now() + graceMs;
    while (Date.now() < deadline && running().length > 0) {
      await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
  }
  // What was started while the others were ending is looked for once more.
  for (const member of await membersOf(pid, mark)) members.add(member);
  signal(pid, running(), 'SIGKILL');
}

async function membersOf(pid: number, mark: string | undefined): Promise<number[]> {
  // A system that cannot be asked leaves the group, which a signal reaches without a list.
  const table = await readProcessTable().catch(() => []);
  const marked = mark === undefined ? [] : await readMarked(mark);
  const roots = [pid, ...marked];
  const found = new Set(roots.flatMap((root) => treeOf(table, root).map((row) => row.pid)));
  found.delete(process.pid);
  return [...found];
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
