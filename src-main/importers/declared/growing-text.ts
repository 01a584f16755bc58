/** A text of metrics that grows: read from where the last reading ended, a piece at a time. */
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Work } from '../../base/progress.ts';
import { PointsParser } from '../../formats/metric-lines.ts';
import { PointColumns } from '../points.ts';
import type { ImportedSeries } from '../types.ts';

const pieceBytes = 4 << 20;
const headBytes = 1024;
const newline = 0x0a;

/** How far a file was read. */
export interface TextState {
  readonly offset: number;
  /** Rows so far: what has no step has its row's number. */
  readonly rows: number;
  /** The first line of a table. */
  readonly header: string;
  /** Of the file's first bytes: another one there means that it was written anew. */
  readonly head: string;
}

export const begin: TextState = { offset: 0, rows: 0, header: '', head: '' };

export interface TextPart {
  readonly series: readonly ImportedSeries[];
  /** Epoch ms of its first and last row, where they say. `first` only at the file's beginning. */
  readonly first: number | null;
  readonly last: number | null;
  readonly skipped: string | null;
}

export class GrowingText {
  readonly #file: FileHandle;
  readonly #path: string;
  readonly #size: number;
  readonly #modified: number;

  constructor(file: FileHandle, path: string, size: number, modified: number) {
    this.#file = file;
    this.#path = path;
    this.#size = size;
    this.#modified = modified;
  }

  /** Whether it still begins as it did. */
  async goesOn(state: TextState | null): Promise<boolean> {
    if (state === null || state.offset > this.#size) return false;
    return (await this.#head(Math.min(headBytes, state.offset))) === state.head;
  }

  /** @param settled whether a last line without an end is whole */
  async read(
    from: TextState,
    settled: boolean,
    work: Work,
    onPart: (part: TextPart) => void,
  ): Promise<TextState> {
    const parser = new PointsParser(this.#path, from.rows);
    parser.header(from.header);
    let { offset, header } = from;
    const begun = offset === 0 ? new Set<string>() : null;
    const isTable = /\.[ct]sv$/i.test(this.#path);
    const buffer = Buffer.allocUnsafe(Math.min(pieceBytes, Math.max(1, this.#size - offset)));
    while (offset < this.#size) {
      work.signal?.throwIfAborted();
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, offset);
      if (bytesRead === 0) break;
      const isLast = offset + bytesRead >= this.#size;
      const whole = isLast && settled ? bytesRead : buffer.lastIndexOf(newline, bytesRead - 1) + 1;
      let skipped: string | null = null;
      if (whole === 0 && !isLast) {
        offset += await this.#lengthOfLine(offset);
        skipped = 'A line longer than 4 MB was left out.';
      }
      const lines = whole === 0 ? [] : buffer.toString('utf8', 0, whole).split('\n');
      if (offset === 0 && isTable) header = lines[0] ?? '';
      const isFirst = begun?.size === 0;
      const part = this.#part(parser, lines, begun);
      if (part.series.length > 0 || skipped !== null) {
        onPart({ ...part, first: isFirst ? part.first : null, skipped });
      }
      if (whole === 0 && isLast) break;
      offset += whole;
      work.onProgress?.({ phase: 'declared', done: offset, total: this.#size, unit: 'bytes' });
    }
    const head = await this.#head(Math.min(headBytes, offset));
    return { offset, rows: parser.rows, header, head };
  }

  /** @param begun keys handed over so far, when all is read from its beginning */
  #part(parser: PointsParser, lines: readonly string[], begun: Set<string> | null): TextPart {
    const columns = new PointColumns();
    let [first, last]: [number | null, number | null] = [null, null];
    for (const line of lines) {
      for (const { key, step, time, value } of parser.line(line)) {
        columns.add(key, step, time ?? this.#modified, value);
        if (time === null) continue;
        first = Math.min(first ?? time, time);
        last = Math.max(last ?? time, time);
      }
    }
    const series = columns.series().map((one) => {
      const reset = begun !== null && !begun.has(one.key);
      begun?.add(one.key);
      return { ...one, reset };
    });
    return { series, first, last, skipped: null };
  }

  /** Of a line longer than a piece, with its end. */
  async #lengthOfLine(offset: number): Promise<number> {
    const buffer = Buffer.allocUnsafe(pieceBytes);
    for (let length = 0; ; ) {
      const { bytesRead } = await this.#file.read(buffer, 0, pieceBytes, offset + length);
      const end = buffer.subarray(0, bytesRead).indexOf(newline);
      if (end !== -1) return length + end + 1;
      length += bytesRead;
      if (bytesRead === 0) return length;
    }
  }

  async #head(length: number): Promise<string> {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(buffer, 0, length, 0);
    return createHash('md5').update(buffer.subarray(0, bytesRead)).digest('base64');
  }
}
