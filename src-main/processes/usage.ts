/** Peak memory and processor time of a process with everything it started. */
import { readFileSync } from 'node:fs';
import { parseProcStat, readProcessTable, treeOf } from './table.ts';

export interface Usage {
  /** Highest sum of resident memory that was seen, in bytes. */
  readonly peakMemoryBytes: number | null;
  readonly cpuSeconds: number | null;
}

/** Short processes are seen early; long ones cost a look a second at most. */
const delays = [15, 35, 100, 150, 250, 250, 250, 500];
const slowestMs = 1000;

/** Watchers at work; with one alone, the time of reaped children is its own. */
let watching = 0;

export class UsageWatcher {
  readonly #pid: number;
  readonly #reapedBefore = reapedSeconds();
  #alone: boolean;
  #peak = 0;
  #cpu = 0;
  #looks = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(pid: number) {
    this.#pid = pid;
    watching += 1;
    this.#alone = watching === 1;
    this.#plan();
  }

  /** Ends the watch. Call after the process was waited for. */
  end(): Usage {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#alone &&= watching === 1;
    watching -= 1;
    const reaped = reapedSeconds();
    if (this.#alone && reaped !== null && this.#reapedBefore !== null) {
      this.#cpu = Math.max(this.#cpu, reaped - this.#reapedBefore);
    }
    const seen = this.#looks > 0 || this.#cpu > 0;
    return {
      peakMemoryBytes: this.#peak > 0 ? this.#peak : null,
      cpuSeconds: seen ? this.#cpu : null,
    };
  }

  #plan(): void {
    this.#timer = setTimeout(() => void this.#look(), delays[this.#looks] ?? slowestMs);
    this.#timer.unref();
  }

  async #look(): Promise<void> {
    this.#alone &&= watching === 1;
    try {
      const tree = treeOf(await readProcessTable(), this.#pid);
      const memory = tree.reduce((sum, row) => sum + row.memory, 0);
      this.#peak = Math.max(this.#peak, memory, highWater(this.#pid));
      this.#cpu = Math.max(
        this.#cpu,
        tree.reduce((sum, row) => sum + row.cpuSeconds, 0),
      );
      this.#looks += 1;
    } catch {
      // A system that cannot be asked leaves the figures empty.
    }
    if (this.#timer !== null) this.#plan();
  }
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

/** Processor time of the children that this process has waited for; null where unknown. */
function reapedSeconds(): number | null {
  if (process.platform !== 'linux') return null;
  const text = readFileSync('/proc/self/stat', 'latin1');
  const own = process.cpuUsage();
  const all = parseProcStat(text)?.cpuSeconds;
  return all === undefined ? null : Math.max(0, all - (own.user + own.system) / 1e6);
}
