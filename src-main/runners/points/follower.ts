/** Follows metrics files while they grow and stores their points in batches. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { errnoOf } from '../../base/errors.ts';
import type { MetricPoint, Tracking } from '../../tracking/index.ts';
import { PointsParser } from './parse.ts';

export interface PointsFile {
  /** Absolute. */
  readonly path: string;
  /** Put before each key: `training/`. */
  readonly prefix: string;
}

/** A curve is up to date within this time. */
const everyMs = 400;
const pieceBytes = 1 << 20;
/** How much of what was read is remembered, to tell a longer file from another one. */
const tailBytes = 64;

export class PointsFollower {
  readonly #files: FollowedFile[];
  readonly #timer: NodeJS.Timeout | null;

  /** Files may not be there yet. What is in them already belongs to an earlier run. */
  constructor(tracking: Tracking, runId: string, files: readonly PointsFile[]) {
    this.#files = files.map((file) => new FollowedFile(tracking, runId, file));
    this.#timer = files.length === 0 ? null : setInterval(() => this.#read(false), everyMs);
    this.#timer?.unref();
  }

  /** Reads what is left, the last line without its end among it. */
  async finish(): Promise<void> {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#read(true);
  }

  #read(last: boolean): void {
    for (const file of this.#files) file.read(last);
  }
}

class FollowedFile {
  readonly #tracking: Tracking;
  readonly #runId: string;
  readonly #file: PointsFile;
  readonly #keys = new Set<string>();
  #parser: PointsParser;
  #offset = 0;
  #inode = 0n;
  #tail: Buffer = Buffer.alloc(0);
  #rest = '';
  #decoder = new TextDecoder();

  constructor(tracking: Tracking, runId: string, file: PointsFile) {
    this.#tracking = tracking;
    this.#runId = runId;
    this.#file = file;
    this.#parser = new PointsParser(file.path);
    this.#skipWhatIsThere();
  }

  read(last: boolean): void {
    const stat = statSync(this.#file.path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined) return;
    let handle: number;
    try {
      handle = openSync(this.#file.path, 'r');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return;
      throw error;
    }
    try {
      if (this.#isAnother(handle, stat.ino, Number(stat.size))) this.#startOver();
      this.#inode = stat.ino;
      for (let more = true; more; ) {
        const piece = Buffer.alloc(pieceBytes);
        const count = readSync(handle, piece, 0, pieceBytes, this.#offset);
        more = count === pieceBytes;
        this.#take(piece.subarray(0, count), last && !more);
      }
    } finally {
      closeSync(handle);
    }
  }

  /** Lines of an earlier run stay where they are; the header is needed all the same. */
  #skipWhatIsThere(): void {
    const stat = statSync(this.#file.path, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile()) return;
    const handle = openSync(this.#file.path, 'r');
    try {
      const size = Number(stat.size);
      const head = Buffer.alloc(Math.min(size, pieceBytes));
      readSync(handle, head, 0, head.length, 0);
      this.#parser.line(head.toString('utf8').split('\n')[0] ?? '');
      this.#tail = Buffer.alloc(Math.min(size, tailBytes));
      readSync(handle, this.#tail, 0, this.#tail.length, size - this.#tail.length);
      this.#offset = size;
      this.#inode = stat.ino;
    } finally {
      closeSync(handle);
    }
  }

  /** Shorter, replaced, or with other bytes where we have read before: written anew. */
  #isAnother(handle: number, inode: bigint, size: number): boolean {
    if (this.#offset === 0) return false;
    if (size < this.#offset || inode !== this.#inode) return true;
    const now = Buffer.alloc(this.#tail.length);
    readSync(handle, now, 0, now.length, this.#offset - now.length);
    return !now.equals(this.#tail);
  }

  #startOver(): void {
    if (this.#keys.size > 0) this.#tracking.resetMetrics(this.#runId, [...this.#keys]);
    this.#keys.clear();
    this.#parser = new PointsParser(this.#file.path);
    this.#offset = 0;
    this.#tail = Buffer.alloc(0);
    this.#rest = '';
    this.#decoder = new TextDecoder();
  }

  #take(bytes: Buffer, last: boolean): void {
    this.#offset += bytes.length;
    this.#tail = Buffer.concat([this.#tail, bytes]).subarray(-tailBytes);
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    if (last && this.#rest !== '') {
      lines.push(this.#rest);
      this.#rest = '';
    }
    const now = Date.now();
    const points = lines
      .flatMap((line) => this.#parser.line(line))
      .map(
        (point): MetricPoint => ({
          ...point,
          key: this.#file.prefix + point.key,
          time: point.time ?? now,
        }),
      );
    if (points.length === 0) return;
    for (const point of points) this.#keys.add(point.key);
    this.#tracking.appendMetrics(this.#runId, points);
  }
}
