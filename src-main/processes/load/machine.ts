/** How busy the whole machine is: cheap looks at counters that the system keeps anyway. */
import { readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import os from 'node:os';

/** Counters since the boot, and what is used now; null where the system does not tell. */
export interface MachineCounters {
  /** Processor time spent, and spent or idle, over all cores; in a unit of the system's own. */
  readonly busy: number;
  readonly total: number;
  /** Bytes in use. */
  readonly memory: number;
  /** Bytes received and sent over everything but the loopback. */
  readonly received: number | null;
  readonly sent: number | null;
}

/** @param read gives a file of `/proc` as text; throws where there is none */
export function readMachine(
  platform: NodeJS.Platform = process.platform,
  read: (path: string) => string = (path) => readFileSync(path, 'latin1'),
): MachineCounters {
  const network = platform === 'linux' ? quiet(() => parseNetwork(read('/proc/net/dev'))) : null;
  // Node's own list of processors reads several files for each of them.
  const processor = platform === 'linux' ? quiet(() => parseProcStat(read('/proc/stat'))) : null;
  return {
    ...(processor ?? sumOfCores()),
    memory: os.totalmem() - os.freemem(),
    received: network?.received ?? null,
    sent: network?.sent ?? null,
  };
}

/** Bytes still free for the user on the disk of a folder; null where nobody can say. */
export async function readFreeBytes(folder: string): Promise<number | null> {
  const disk = await statfs(folder).catch(() => null);
  return disk === null ? null : disk.bavail * disk.bsize;
}

/** The first line of /proc/stat, see proc(5); what guests take is in the time of their host's user. */
export function parseProcStat(text: string): { busy: number; total: number } | null {
  const line = /^cpu\s+([\d ]+)$/m.exec(text)?.[1];
  if (line === undefined) return null;
  const ticks = line.trim().split(/\s+/).slice(0, 8).map(Number);
  const total = ticks.reduce((sum, one) => sum + one, 0);
  const idle = (ticks[3] ?? 0) + (ticks[4] ?? 0);
  return { busy: total - idle, total };
}

/** Devices that pass on what others received: their bytes would count twice. */
const virtualDevice = /^(lo|veth|docker|br-|virbr|tun|tap|bond|dummy|cni|flannel|cali)/;

/** Sums /proc/net/dev over the devices that bytes come through. */
export function parseNetwork(text: string): { received: number; sent: number } {
  let [received, sent] = [0, 0];
  for (const line of text.split('\n')) {
    const match = /^\s*([^\s:]+):\s*(.*)$/.exec(line);
    if (match === null || virtualDevice.test(match[1] as string)) continue;
    const fields = (match[2] as string).trim().split(/\s+/).map(Number);
    received += fields[0] ?? 0;
    sent += fields[8] ?? 0;
  }
  return { received, sent };
}

function sumOfCores(): { busy: number; total: number } {
  let [busy, total] = [0, 0];
  for (const { times } of os.cpus()) {
    const spent = times.user + times.nice + times.sys + times.irq;
    busy += spent;
    total += spent + times.idle;
  }
  return { busy, total };
}

function quiet<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
