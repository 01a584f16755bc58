import { type AnsiStyle, plain, styleAfter } from '../../ui/index.ts';

/** One line: its raw text, and the style that the lines before it left on. */
export interface LogLine {
  readonly text: string;
  readonly style: AnsiStyle;
}

/** Longer lines are broken: nothing that is drawn may grow without end. */
const maxLineLength = 4000;
const maxLines = 400_000;

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
  /** Grows with every change; a view compares it. */
  version = 0;
  /** Whether lines were dropped at the beginning. */
  dropped = false;

  /** @param partial the bytes begin in the middle of the log: its first, incomplete line is left out */
  constructor(partial = false) {
    this.#skipFirst = partial;
  }

  push(bytes: Uint8Array): void {
    const text = this.#open + this.#decoder.decode(bytes, { stream: true });
    const parts = text.split('\n');
    this.#open = keepReturn(parts.pop() ?? '');
    for (const part of parts) {
      if (this.#skipFirst) this.#skipFirst = false;
      else this.#add(part);
    }
    while (this.#open.length > maxLineLength) {
      this.#add(this.#open.slice(0, maxLineLength));
      this.#open = this.#open.slice(maxLineLength);
    }
    if (this.#lines.length > maxLines) {
      this.#lines = this.#lines.slice(this.#lines.length - maxLines);
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

  /** Everything, without colours, for copying and searching. */
  *texts(): IterableIterator<string> {
    for (let index = 0; index < this.count; index++) yield this.line(index).text;
  }

  #add(raw: string): void {
    const text = lastRewrite(raw);
    for (let from = 0; from === 0 || from < text.length; from += maxLineLength) {
      const piece = text.slice(from, from + maxLineLength);
      this.#lines.push({ text: piece, style: this.#style });
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
