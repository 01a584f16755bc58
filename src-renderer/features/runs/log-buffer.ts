import { type AnsiStyle, plain, styleAfter } from '../../ui/index.ts';

/** One line: its raw text, and the style that the lines before it left on. */
export interface LogLine {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** Longer lines are broken: nothing that is drawn may grow without end. */
const maxLineLength = 4000;
const newline = 0x0a;
const maxLines = 200_000;

/**
 * Bytes of a log as lines. Progress bars that rewrite their line with a carriage return take one
 * line, as in a terminal. Old lines are dropped when there are very many.
 */
export class LogBuffer {
  readonly #decoder = new TextDecoder();
  #lines: LogLine[] = [];
  #open = '';
  #style: AnsiStyle = plain;
  #skipFirst: boolean;
  /** Byte offset of the beginning of each line, and of the one that goes on. */
  #starts: number[] = [];
  #openStart: number;
  #end: number;
  /** Grows with every change; a view compares it. */
  version = 0;
  /** Whether lines were dropped at the beginning. */
  dropped = false;

  /**
   * @param partial the bytes begin in the middle of a line, which is left out
   * @param offset of the first byte in the log
   */
  constructor(partial = false, offset = 0) {
    this.#skipFirst = partial;
    this.#openStart = offset;
    this.#end = offset;
  }

  push(bytes: Uint8Array): void {
    const text = this.#open + this.#decoder.decode(bytes, { stream: true });
    const parts = text.split('\n');
    this.#open = keepReturn(parts.pop() ?? '');
    let from = 0;
    for (const part of parts) {
      if (this.#skipFirst) this.#skipFirst = false;
      else this.#add(part);
      from = bytes.indexOf(newline, from) + 1;
      this.#openStart = this.#end + from;
    }
    this.#end += bytes.length;
    while (this.#open.length > maxLineLength) {
      this.#add(this.#open.slice(0, maxLineLength));
      this.#open = this.#open.slice(maxLineLength);
    }
    if (this.#lines.length > maxLines) {
      this.#lines = this.#lines.slice(-maxLines);
      this.#starts = this.#starts.slice(-maxLines);
      this.dropped = true;
    }
    this.version += 1;
  }

  get count(): number {
    return this.#lines.length + (this.#open === '' || this.#skipFirst ? 0 : 1);
  }

  line(index: number): LogLine {
    return this.#lines[index] ?? { text: lastRewrite(this.#open), style: this.#style };
  }

  /** Byte of the log at which a line begins. */
  startOf(index: number): number {
    return this.#starts[index] ?? this.#openStart;
  }

  /** Bytes after the last that was taken. */
  get end(): number {
    return this.#end;
  }

  /** The line that begins at a byte of the log; -1 for one that is not here. */
  indexAt(offset: number): number {
    if (offset === this.#openStart && this.#open !== '') return this.#lines.length;
    let [low, high] = [0, this.#starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#starts[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return this.#starts[low] === offset ? low : -1;
  }

  /** Everything, without colours, for copying and searching. */
  *texts(): IterableIterator<string> {
    for (let index = 0; index < this.count; index++) yield this.line(index).text;
  }

  #add(raw: string): void {
    const text = lastRewrite(raw);
    for (let from = 0; from === 0 || from < text.length; from += maxLineLength) {
      const piece = text.slice(from, from + maxLineLength);
      this.#lines.push({ text: piece, style: this.#style });
      this.#starts.push(this.#openStart);
      this.#style = styleAfter(piece, this.#style);
    }
  }
}

/** The same for a line that goes on: a return at its end still waits for what comes over it. */
function keepReturn(line: string): string {
  return line.endsWith('\r') ? `${lastRewrite(line)}\r` : lastRewrite(line);
}

/** What is left on a line after carriage returns: the last text that was written over the others. */
function lastRewrite(line: string): string {
  if (!line.includes('\r')) return line;
  const pieces = line.split('\r').filter((piece) => piece !== '');
  return pieces.at(-1) ?? '';
}
