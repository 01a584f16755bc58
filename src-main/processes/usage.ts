/**
 * Peak memory and processor time of a process with everything it started, by looking at it from time
 * to time. What ends before the first look has no figures.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { LoadWatch } from './load/index.ts';
import { type ProcessRow, readProcessTable, treeOf } from './table.ts';

export interface Usage {
  /** Highest sum of resident memory that was seen, in bytes. */
  readonly peakMemoryBytes: number | null;
  readonly cpuSeconds: number | null;
}

/** Short processes are seen early; long ones cost a look a second at most. */
const delays = [15, 35, 100, 150, 250, 250, 250, 500];
const slowestMs = 1000;
/** Where a look means starting another program (on Windows a slow one), there are fewer. */
const dearMs = { darwin: 2000, win32: 10_000 } as Partial<Record<NodeJS.Platform, number>>;

export class UsageWatcher {
  readonly #pid: number;
  readonly #load: LoadWatch | undefined;
  #peak = 0;
  #cpu = 0;
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;

  /** @param load is told of every look */
  constructor(pid: number, load?: LoadWatch) {
    this.#pid = pid;
    this.#load = load;
    this.#plan();
  }

  /** Ends the watch. Call after the process was waited for. */
  end(): Usage {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#load?.end();
    const seen = this.#looks > 0;
    return { peakMemoryBytes: seen ? this.#peak : null, cpuSeconds: seen ? this.#cpu : null };
  }

  #plan(): void {
    const delay = dearMs[process.platform] ?? delays[this.#looks] ?? slowestMs;
    this.#timer = setTimeout(() => void this.#look(), delay);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    try {
      const tree = treeOf(await readProcessTable(), this.#pid);
      const memory = tree.reduce((sum, row) => sum + row.memory, 0);
      this.#peak = Math.max(this.#peak, memory, highWater(this.#pid));
      this.#cpu = Math.max(
        this.#cpu,
        tree.reduce((sum, row) => sum + row.cpuSeconds, 0),
      );
      this.#looks += 1;
      if (this.#load !== undefined) {
        const moved = await readMoved(tree);
        // Ended while it was looked at: what is left of it says nothing.
        if (this.#timer !== null && tree.length > 0)
          this.#load.look({ cpuSeconds: this.#cpu, memory, ...moved });
      }
    } catch {
      // A system that cannot be asked leaves the figures empty.
    }
    if (this.#timer !== null) this.#plan();
  }
}

/** Bytes that a tree read from and wrote to disks, with those of children that were waited for. */
async function readMoved(
  tree: readonly ProcessRow[],
): Promise<{ read: number | null; written: number | null }> {
  if (process.platform !== 'linux') return { read: null, written: null };
  let [read, written] = [0, 0];
  for (const { pid } of tree) {
    // Of somebody else's, or gone: it counts as nothing.
    const text = await readFile(`/proc/${pid}/io`, 'latin1').catch(() => '');
    read += Number(/^read_bytes: (\d+)$/m.exec(text)?.[1] ?? 0);
    written += Number(/^write_bytes: (\d+)$/m.exec(text)?.[1] ?? 0);
  }
  return { read, written };
}

/** Linux remembers the peak of a single process between two looks. */
function highWater(pid: number): number {
  if (process.platform !== 'linux') return 0;
  try {
    const match = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
    return match === null ? 0 : Number(match[1]) * 1024;
  } catch {
    return 0;
  }
}
