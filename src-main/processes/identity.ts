/** Telling a process from a later one that was given the same pid. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { errnoOf } from '../base/errors.ts';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in words that only this system needs to understand; empty: not known. */
  readonly started: string;
}

/** Gives the output of a program, or throws when it fails. */
export type Execute = (program: string, args: readonly string[]) => Promise<string>;

const run = promisify(execFile);
const execute: Execute = async (program, args) => {
  // `ps` writes in the language and the time zone of whoever asks: two askers must read the same.
  const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
  const { stdout } = await run(program, [...args], { timeout: 10_000, env, windowsHide: true });
  return stdout;
};

/** Null when there is no such process. */
export async function identifyProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
  execution: Execute = execute,
): Promise<ProcessIdentity | null> {
  try {
    const started = platform === 'linux' ? linuxStart(pid) : await ask(pid, platform, execution);
    return started === '' ? null : { pid, started };
  } catch {
    return null;
  }
}

/** Whether the very process still runs; a zombie does not. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (!isRunning(identity.pid)) return false;
  if (identity.started === '') return true;
  return (await identifyProcess(identity.pid))?.started === identity.started;
}

/** Whether some process has the pid, without asking another program. */
export function isRunning(pid: number, platform: NodeJS.Platform = process.platform): boolean {
  try {
    if (platform === 'linux') return linuxStart(pid) !== '';
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errnoOf(error) === 'EPERM';
  }
}

async function ask(pid: number, platform: NodeJS.Platform, execution: Execute): Promise<string> {
  const script = `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`;
  const output =
    platform === 'win32'
      ? await execution('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', script])
      : await execution('ps', ['-o', 'lstart=', '-p', String(pid)]);
  return output.trim();
}

/** Start in clock ticks since the boot, and which boot it was. Empty for a zombie. */
function linuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return '';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return `${boot}:${fields[19]}`;
}
