/** Telling a process from a later one that was given the same pid. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in words that only this system needs to understand. */
  readonly started: string;
}

/** Gives the output of a program, or throws when it fails. */
export type Execute = (program: string, args: readonly string[]) => string;

const execute: Execute = (program, args) =>
  execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: 10_000,
  });

/** Null when there is no such process. */
export function identifyProcess(
  pid: number,
  platform: NodeJS.Platform = process.platform,
  execution: Execute = execute,
): ProcessIdentity | null {
  try {
    const started =
      platform === 'linux'
        ? linuxStart(pid)
        : platform === 'win32'
          ? execution('powershell.exe', [
              '-NoProfile',
              '-NonInteractive',
              '-Command',
              `(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`,
            ]).trim()
          : execution('ps', ['-o', 'lstart=', '-p', String(pid)]).trim();
    return started === '' ? null : { pid, started };
  } catch {
    return null;
  }
}

/** Whether the very process still runs. */
export function isAlive(identity: ProcessIdentity): boolean {
  return identifyProcess(identity.pid)?.started === identity.started;
}

/** Start in clock ticks since the boot, and which boot it was. A zombie counts as gone. */
function linuxStart(pid: number): string {
  const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z' || fields[0] === 'X') return '';
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  return `${boot}:${fields[19]}`;
}
