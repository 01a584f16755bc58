/** Which processes there are, and which belong to the tree of one. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { endianness } from 'node:os';
import { promisify } from 'node:util';

export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** Process group and session; 0 where the system has none. */
  readonly group: number;
  readonly session: number;
  /** Resident memory in bytes. */
  readonly memory: number;
  /** Processor time of it and of the children it has waited for, in seconds. */
  readonly cpuSeconds: number;
}

const run = promisify(execFile);
/** USER_HZ, which every Linux that Node runs on fixes at 100. */
const ticksPerSecond = 100;

/** Every process of this machine that may be looked at. */
export async function readProcessTable(platform = process.platform): Promise<ProcessRow[]> {
  if (platform === 'linux') return await readProc();
  if (platform === 'win32') {
    const script =
      'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId) $($_.ParentProcessId) $($_.WorkingSetSize) $($_.KernelModeTime + $_.UserModeTime)" }';
    const { stdout } = await run('powershell.exe', [
      '-NoProfile',
      '-NonInteractive',
      '-Command',
      script,
    ]);
    return parseWindowsTable(stdout);
  }
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,pgid=,sess=,rss=,time='], {
    maxBuffer: 64 * 2 ** 20,
  });
  return parsePsTable(stdout);
}

/** The rows of `root`, its descendants, and whatever shares its group or session. */
export function treeOf(table: readonly ProcessRow[], root: number): ProcessRow[] {
  const inside = new Set([root]);
  let grown = true;
  while (grown) {
    grown = false;
    for (const row of table) {
      const related =
        inside.has(row.parent) || (row.group !== 0 && row.group === root) || row.session === root;
      if (related && !inside.has(row.pid)) {
        inside.add(row.pid);
        grown = true;
      }
    }
  }
  return table.filter((row) => inside.has(row.pid));
}

async function readProc(): Promise<ProcessRow[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const pageBytes = readPageBytes();
  const rows = await Promise.all(
    pids.map(async (pid) => {
      try {
        return parseProcStat(await readFile(`/proc/${pid}/stat`, 'latin1'), pageBytes);
      } catch {
        return null;
      }
    }),
  );
  return rows.filter((row) => row !== null);
}

/** A line of /proc/<pid>/stat, see proc(5). Null for one that is not whole, or for a zombie. */
export function parseProcStat(text: string, pageBytes: number): ProcessRow | null {
  // The name in parentheses may hold spaces and parentheses itself.
  const after = text.lastIndexOf(')');
  const fields = text.slice(after + 2).split(' ');
  if (after === -1 || fields.length < 22 || fields[0] === 'Z') return null;
  const field = (index: number) => Number(fields[index - 3]);
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    group: field(5),
    session: field(6),
    memory: field(24) * pageBytes,
    cpuSeconds: (field(14) + field(15) + field(16) + field(17)) / ticksPerSecond,
  };
}

/** Size of a memory page: 4 kB on most machines, up to 64 kB on others (getauxval(3)). */
function readPageBytes(): number {
  const pageSizeTag = 6n;
  try {
    const vector = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= vector.length; at += 16) {
      if (readWord(vector, at) === pageSizeTag) return Number(readWord(vector, at + 8));
    }
  } catch {
    // Not to be had in some containers.
  }
  return 4096;
}

function readWord(bytes: Buffer, at: number): bigint {
  return endianness() === 'LE' ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at);
}

/** Lines of `ps -axo pid=,ppid=,pgid=,sess=,rss=,time=`; macOS prints `sess` as 0. */
export function parsePsTable(text: string): ProcessRow[] {
  return text.split('\n').flatMap((line) => {
    const [pid, parent, group, session, kilobytes, time] = line.trim().split(/\s+/);
    if (time === undefined) return [];
    const cpuSeconds = time
      .replace('-', ':')
      .split(':')
      .reverse()
      .reduce((sum, part, index) => sum + Number(part) * ([1, 60, 3600, 86_400][index] ?? 0), 0);
    return [
      {
        pid: Number(pid),
        parent: Number(parent),
        group: Number(group),
        session: Number(session) || 0,
        memory: Number(kilobytes) * 1024,
        cpuSeconds,
      },
    ];
  });
}

/** Lines of `pid parent bytes time`, the time in units of 100 ns. */
export function parseWindowsTable(text: string): ProcessRow[] {
  return text.split(/\r?\n/).flatMap((line) => {
    const [pid, parent, memory, time] = line.trim().split(' ').map(Number);
    if (pid === undefined || parent === undefined || !(pid > 0)) return [];
    return [
      { pid, parent, group: 0, session: 0, memory: memory ?? 0, cpuSeconds: (time ?? 0) / 1e7 },
    ];
  });
}
