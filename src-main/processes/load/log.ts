/**
 * The file that the load of a run is written to while it goes on: a line of JSON per look, after one
 * that says what the machine has. Lines that were cut off by a crash are left out when it is read.
 */
import { readFile } from 'node:fs/promises';
import { errnoOf } from '../../base/errors.ts';

/** What the machine has, in the first line. */
interface LoadHead {
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
}

/** One look. Rates are of the time since the look before it; null where the system does not tell. */
export interface LoadRow {
  /** Epoch ms. */
  readonly at: number;
  /** Cores that the run kept busy, and that everything on the machine did. */
  readonly cpu: number | null;
  readonly machineCpu: number | null;
  /** Bytes that the run has in memory, and that are used of the machine's. */
  readonly memory: number | null;
  readonly machineMemory: number;
  /** Bytes a second that the run read from and wrote to disks. */
  readonly read: number | null;
  readonly written: number | null;
  /** Bytes a second that the machine received and sent. */
  readonly received: number | null;
  readonly sent: number | null;
  /** Bytes free on the disk of the workspace. */
  readonly free: number | null;
  readonly gpus: readonly {
    readonly name: string;
    readonly utilization: number | null;
    readonly memory: number | null;
    readonly memoryTotal: number | null;
    readonly watts: number | null;
  }[];
}

/** Short keys: a run of a week has some ten thousand lines. */
interface WrittenRow {
  t: number;
  c?: number;
  C?: number;
  m?: number;
  M?: number;
  r?: number;
  w?: number;
  i?: number;
  o?: number;
  f?: number;
  g?: readonly {
    n: string;
    u?: number | undefined;
    m?: number | undefined;
    M?: number | undefined;
    p?: number | undefined;
  }[];
}

export function writeHead(head: LoadHead): string {
  return `${JSON.stringify({ version: 1, ...head })}\n`;
}

export function writeRow(row: LoadRow): string {
  const short = {
    t: Math.round(row.at),
    c: rounded(row.cpu, 1000),
    C: rounded(row.machineCpu, 1000),
    m: rounded(row.memory, 1),
    M: rounded(row.machineMemory, 1),
    r: rounded(row.read, 1),
    w: rounded(row.written, 1),
    i: rounded(row.received, 1),
    o: rounded(row.sent, 1),
    f: rounded(row.free, 1),
    ...(row.gpus.length === 0
      ? {}
      : {
          g: row.gpus.map((gpu) => ({
            n: gpu.name,
            u: rounded(gpu.utilization, 10),
            m: rounded(gpu.memory, 1),
            M: rounded(gpu.memoryTotal, 1),
            p: rounded(gpu.watts, 10),
          })),
        }),
  };
  return `${JSON.stringify(short)}\n`;
}

/** A log that is larger than this was not written here. */
const mostBytes = 64 * 2 ** 20;

/** Null when nothing was written: the run is older, or was over before the first look. */
export async function readLoadLog(
  path: string,
): Promise<{ head: LoadHead; rows: LoadRow[] } | null> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (text === null || text.length > mostBytes) return null;
  const [first, ...lines] = text.split('\n');
  const head = parse<{ cores?: unknown; memory?: unknown }>(first ?? '');
  if (head === null) return null;
  const rows = lines.flatMap((line) => {
    const row = parse<WrittenRow>(line);
    return row === null || typeof row.t !== 'number' ? [] : [readRow(row)];
  });
  return { head: { cores: number(head.cores) ?? 1, memory: number(head.memory) ?? 0 }, rows };
}

function readRow(row: WrittenRow): LoadRow {
  return {
    at: row.t,
    cpu: number(row.c),
    machineCpu: number(row.C),
    memory: number(row.m),
    machineMemory: number(row.M) ?? 0,
    read: number(row.r),
    written: number(row.w),
    received: number(row.i),
    sent: number(row.o),
    free: number(row.f),
    gpus: (Array.isArray(row.g) ? row.g : []).map((gpu) => ({
      name: String(gpu?.n ?? ''),
      utilization: number(gpu?.u),
      memory: number(gpu?.m),
      memoryTotal: number(gpu?.M),
      watts: number(gpu?.p),
    })),
  };
}

function parse<T extends object>(line: string): T | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? (value as T) : null;
  } catch {
    return null;
  }
}

function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function rounded(value: number | null, parts: number): number | undefined {
  return value === null || !Number.isFinite(value) ? undefined : Math.round(value * parts) / parts;
}
