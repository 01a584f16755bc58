/** Reads the lines that a metrics file gains, and notices when it is written anew. */
import { type BigIntStats, closeSync, openSync, readSync, statSync } from 'node:fs';
import { errnoOf } from '../../base/errors.ts';
import { type ParsedPoint, PointsParser } from '../../formats/metric-lines.ts';

export interface NewPoints {
  /** Whether the file was written anew: points that were read before count no more. */
  readonly restarted: boolean;
  readonly points: readonly ParsedPoint[];
}

const pieceBytes = 1 << 20;
/** How much of what was read is remembered, to tell a longer file from another one. */
const tailBytes = 64;

export class FollowedFile {
  readonly #path: string;
  #parser: PointsParser;
  #offset = 0;
  #inode = 0n;
  #tail: Buffer = Buffer.alloc(0);
  #rest = '';
  #decoder = new TextDecoder();
  /** When the file was last changed before the run, until something of the run's was read. */
  #untouched: bigint | null = null;

  /** What is in the file already is passed over: it is of an earlier run. */
  constructor(path: string) {
    this.#path = path;
    this.#parser = new PointsParser(path);
    try {
      this.#skipWhatIsThere();
    } catch {
      // Not to be read now; the reading says so.
      this.#startOver();
    }
  }

  /**
   * @param last takes a last line without its end for a whole one
   * @throws what the system says of a file that is there and cannot be read
   */
  read(last: boolean): NewPoints {
    const handle = this.#open();
    if (handle === null) return { restarted: false, points: [] };
    try {
      const stat = this.#stat();
      const restarted = stat !== null && this.#isAnother(handle, stat);
      if (restarted) this.#startOver();
      this.#inode = stat?.ino ?? 0n;
      const points: ParsedPoint[] = [];
      for (let more = true; more; ) {
        const piece = Buffer.alloc(pieceBytes);
        const count = readSync(handle, piece, 0, pieceBytes, this.#offset);
        more = count === pieceBytes;
        for (const line of this.#lines(piece.subarray(0, count), last && !more)) {
          points.push(...this.#parser.line(line));
        }
      }
      return { restarted, points };
    } finally {
      closeSync(handle);
    }
  }

  #open(): number | null {
    try {
      return openSync(this.#path, 'r');
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #stat(): BigIntStats | null {
    return statSync(this.#path, { bigint: true, throwIfNoEntry: false }) ?? null;
  }

  /** Lines of an earlier run stay where they are; the header is needed all the same. */
  #skipWhatIsThere(): void {
    const stat = this.#stat();
    const handle = stat?.isFile() ? this.#open() : null;
    if (stat === null || handle === null) return;
    try {
      const size = Number(stat.size);
      const head = Buffer.alloc(Math.min(size, pieceBytes));
      readSync(handle, head, 0, head.length, 0);
      this.#parser.header(this.#decoder.decode(head).split('\n')[0] ?? '');
      this.#decoder = new TextDecoder();
      this.#tail = Buffer.alloc(Math.min(size, tailBytes));
      readSync(handle, this.#tail, 0, this.#tail.length, size - this.#tail.length);
      this.#offset = size;
      this.#inode = stat.ino;
      this.#untouched = stat.mtimeNs;
    } finally {
      closeSync(handle);
    }
  }

  /** Shorter, replaced, or with other bytes where we have read before: written anew. */
  #isAnother(handle: number, { size, ino, mtimeNs }: BigIntStats): boolean {
    if (this.#offset === 0) return false;
    if (Number(size) < this.#offset || ino !== this.#inode) return true;
    // A run that repeats an earlier one may write the same bytes between two looks.
    const same = Number(size) === this.#offset;
    if (same && this.#untouched !== null && mtimeNs !== this.#untouched) return true;
    const now = Buffer.alloc(this.#tail.length);
    readSync(handle, now, 0, now.length, this.#offset - now.length);
    return !now.equals(this.#tail);
  }

  #startOver(): void {
    this.#parser = new PointsParser(this.#path);
    this.#offset = 0;
    this.#tail = Buffer.alloc(0);
    this.#rest = '';
    this.#decoder = new TextDecoder();
    this.#untouched = null;
  }

  #lines(bytes: Buffer, last: boolean): string[] {
    if (bytes.length > 0) this.#untouched = null;
    this.#offset += bytes.length;
    this.#tail = Buffer.concat([this.#tail, bytes]).subarray(-tailBytes);
    const lines = (this.#rest + this.#decoder.decode(bytes, { stream: true })).split('\n');
    this.#rest = lines.pop() ?? '';
    if (last && this.#rest !== '') {
      lines.push(this.#rest);
      this.#rest = '';
    }
    return lines;
  }
}
