/**
 * When the lines of a log were written: beside it lies a file with how long it was at which moment, of
 * a few bytes for each. The log itself stays as the program wrote it, and both of its streams go into
 * it directly: when a line came is known to a tenth of a second, or a little less in long runs.
 */
import { appendFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { errnoOf } from '../base/errors.ts';

const leastMs = 100;
/** Looks are at least this much of the time so far apart: a week has at most half a million. */
const share = 1 / 100_000;

/**
 * A stretch begins with a zero, and the moment and the length that it counts from, as doubles (little
 * endian). After that, pairs of LEB128 numbers: how much longer it was, how many ms later.
 */
const stretchMark = 0;

/** Where the moments of a log lie. */
function timesPath(logPath: string): string {
  return `${logPath}.times`;
}

export class LogClock {
  readonly #logPath: string;
  readonly #begun: number;
  readonly #now: () => number;
  #length: number;
  #at: number;
  #timer: NodeJS.Timeout | null = null;
  #marked = false;

  /** @param logPath absolute; what it has already is of no known time */
  constructor(logPath: string, now: () => number = Date.now) {
    this.#logPath = logPath;
    this.#now = now;
    this.#begun = now();
    this.#at = this.#begun;
    this.#length = this.#size();
    this.#plan();
  }

  /** Looks a last time. Call when everything was written. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.look();
  }

  /** Writes down how long the log is, if it has grown. */
  look(): void {
    const size = this.#size();
    if (size <= this.#length) return;
    const now = this.#now();
    const bytes: number[] = [];
    if (!this.#marked) {
      const head = Buffer.alloc(17);
      head[0] = stretchMark;
      head.writeDoubleLE(this.#at, 1);
      head.writeDoubleLE(this.#length, 9);
      bytes.push(...head);
    }
    // A clock that was set back must not make the moments negative.
    const later = Math.max(0, Math.round(now - this.#at));
    writeVarint(bytes, size - this.#length);
    writeVarint(bytes, later);
    try {
      appendFileSync(timesPath(this.#logPath), Uint8Array.from(bytes));
      this.#marked = true;
      this.#length = size;
      this.#at += later;
    } catch {
      // A full disk: the moment is left out, and the next one holds for more lines.
    }
  }

  #plan(): void {
    const delay = Math.max(leastMs, (this.#now() - this.#begun) * share);
    this.#timer = setTimeout(() => {
      this.look();
      if (this.#timer !== null) this.#plan();
    }, delay);
    this.#timer.unref();
  }

  #size(): number {
    return statSync(this.#logPath, { throwIfNoEntry: false })?.size ?? 0;
  }
}

export interface LogTimes {
  /** Bytes that the log had, growing. */
  readonly ends: Float64Array<ArrayBuffer>;
  /** Epoch ms at which it had them. */
  readonly times: Float64Array<ArrayBuffer>;
}

/**
 * The moments that matter for the bytes from `from` to before `to`; none for a log without.
 * @param logPath absolute
 */
export async function readLogTimes(logPath: string, from: number, to: number): Promise<LogTimes> {
  const bytes = await readFile(timesPath(logPath)).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return Buffer.alloc(0);
    throw error;
  });
  const found: [end: number, time: number][] = [];
  let [at, length, time] = [0, 0, 0];
  while (at < bytes.length) {
    if (bytes[at] === stretchMark) {
      // Cut off by a crash.
      if (at + 17 > bytes.length) break;
      time = bytes.readDoubleLE(at + 1);
      length = bytes.readDoubleLE(at + 9);
      at += 17;
      continue;
    }
    const grown = readVarint(bytes, at);
    const later = grown === null ? null : readVarint(bytes, grown.next);
    if (grown === null || later === null) break;
    at = later.next;
    // Bytes from before the stretch are of no known time: the one before may not cover them.
    if (length > from || length + grown.value > from) {
      if (found.length === 0 || length > (found.at(-1)?.[0] ?? 0)) found.push([length, Number.NaN]);
      found.push([length + grown.value, time + later.value]);
    }
    length += grown.value;
    time += later.value;
    if (length >= to) break;
  }
  return {
    ends: Float64Array.from(found, ([end]) => end),
    times: Float64Array.from(found, ([, one]) => one),
  };
}

function writeVarint(into: number[], value: number): void {
  let left = value;
  while (left >= 128) {
    into.push((left % 128) + 128);
    left = Math.floor(left / 128);
  }
  into.push(left);
}

function readVarint(bytes: Buffer, from: number): { value: number; next: number } | null {
  let [value, scale] = [0, 1];
  for (let at = from; at < bytes.length && at < from + 8; at++) {
    const byte = bytes[at] as number;
    value += (byte % 128) * scale;
    if (byte < 128) return { value, next: at + 1 };
    scale *= 128;
  }
  return null;
}
