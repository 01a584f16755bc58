/** Writing down how busy a run keeps its machine, at the looks that are taken at its processes anyway. */
import { appendFileSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import { dirname } from 'node:path';
import { GpuWatcher } from './gpus.ts';
import { writeHead, writeRow } from './log.ts';
import { type MachineCounters, readFreeBytes, readMachine } from './machine.ts';

/** What one look at a process with everything it started has found. */
export interface TreeLook {
  /** Since its beginning. */
  readonly cpuSeconds: number;
  /** Bytes resident now. */
  readonly memory: number;
  /** Bytes read and written since its beginning; null where the system does not tell. */
  readonly read: number | null;
  readonly written: number | null;
}

/** One process that is being looked at. */
export interface LoadWatch {
  look(found: TreeLook): void;
  end(): void;
}

export interface LoadRecorderOptions {
  /** Absolute; made with the first line. */
  readonly path: string;
  /** Whose disk is looked at. */
  readonly root: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** For tests. */
  readonly now?: () => number;
  readonly machine?: () => MachineCounters;
}

/** The first line is written no earlier: what is over before costs nothing. */
const firstMs = 1000;
/** Lines are at least this much of the time so far apart, so that a week has some 15 000. */
const share = 1 / 2000;

interface Watched {
  /** Of the last look, and of the last that was written down. */
  last: (TreeLook & { at: number }) | null;
  written: TreeLook & { at: number };
}

export class LoadRecorder {
  readonly #options: LoadRecorderOptions;
  readonly #now: () => number;
  readonly #begun: number;
  readonly #watched = new Set<Watched>();
  #gpus: GpuWatcher | null = null;
  #before: (MachineCounters & { at: number }) | null = null;
  #free: number | null = null;
  /** Of the machine, whose time is counted over all of them. */
  #cores = 0;
  #headed = false;
  #failed = false;

  constructor(options: LoadRecorderOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#begun = this.#now();
  }

  /** A process that is part of the run: its looks are added to those of the others. */
  watch(): LoadWatch {
    const at = this.#now();
    const watched: Watched = {
      last: null,
      written: { at, cpuSeconds: 0, memory: 0, read: 0, written: 0 },
    };
    this.#watched.add(watched);
    this.#before ??= { at, ...this.#machine() };
    return {
      look: (found) => {
        const now = this.#now();
        watched.last = { ...found, at: now };
        if (now - (this.#before?.at ?? 0) >= this.#interval(now)) this.#write(now);
      },
      end: () => void this.#watched.delete(watched),
    };
  }

  close(): void {
    this.#gpus?.close();
    this.#gpus = null;
    this.#failed = true;
  }

  #interval(now: number): number {
    // A little less, so that looks every second are not left out every other time.
    return Math.max(firstMs * 0.9, (now - this.#begun) * share);
  }

  #write(now: number): void {
    if (this.#failed) return;
    const before = this.#before;
    const machine = this.#machine();
    this.#before = { at: now, ...machine };
    this.#gpus ??= new GpuWatcher(this.#options.env);
    // Asked now, told with the next line: nothing here waits for a disk.
    void readFreeBytes(this.#options.root).then((free) => {
      this.#free = free;
    });
    const seconds = before === null ? 0 : (now - before.at) / 1000;
    const ticks = before === null ? 0 : machine.total - before.total;
    this.#cores ||= os.cpus().length || os.availableParallelism();
    const cores = this.#cores;
    const row = {
      at: now,
      ...this.#ofRun(),
      machineCpu:
        before === null || ticks <= 0 ? null : ((machine.busy - before.busy) / ticks) * cores,
      machineMemory: machine.memory,
      received: rate(before?.received, machine.received, seconds),
      sent: rate(before?.sent, machine.sent, seconds),
      free: this.#free,
      gpus: this.#gpus.read(),
    };
    try {
      if (!this.#headed) {
        mkdirSync(dirname(this.#options.path), { recursive: true });
        appendFileSync(this.#options.path, writeHead({ cores, memory: os.totalmem() }));
        this.#headed = true;
      }
      appendFileSync(this.#options.path, writeRow(row));
    } catch {
      // A full disk must not end the run; what was written stays.
      this.#failed = true;
    }
  }

  /** The sum over everything that runs; each by the time between its own looks. */
  #ofRun() {
    let [cpu, memory] = [0, 0];
    let [read, written]: [number | null, number | null] = [0, 0];
    for (const one of this.#watched) {
      const { last } = one;
      if (last === null) continue;
      const seconds = Math.max(0.001, (last.at - one.written.at) / 1000);
      memory += last.memory;
      if (last !== one.written) {
        cpu += Math.max(0, last.cpuSeconds - one.written.cpuSeconds) / seconds;
        read = add(read, rate(one.written.read, last.read, seconds));
        written = add(written, rate(one.written.written, last.written, seconds));
      }
      one.written = last;
    }
    return { cpu, memory, read, written };
  }

  #machine(): MachineCounters {
    return (this.#options.machine ?? readMachine)();
  }
}

function rate(
  before: number | null | undefined,
  after: number | null | undefined,
  seconds: number,
): number | null {
  if (before == null || after == null || seconds <= 0) return null;
  return Math.max(0, after - before) / seconds;
}

function add(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}
