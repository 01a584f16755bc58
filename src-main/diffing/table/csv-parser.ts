/**
 * Comma-separated values in pieces (RFC 4180, and what others make of it): any delimiter, quotes
 * within a cell doubled, line ends of every system. Nothing larger than a cell is held back.
 */
import { CairnError } from '../../base/errors.ts';

/** A longer cell is a quote that was never closed. */
const maxCell = 4_000_000;
const maxCells = 20_000;

const quote = 0x22;
const newline = 0x0a;
const carriageReturn = 0x0d;

export class CsvParser {
  readonly #delimiter: number;
  readonly #name: string;
  #rows: string[][] = [];
  #row: string[] = [];
  /** What is known of the cell that is being read. */
  #cell = '';
  #quoted = false;
  /** A quote was read in a quoted cell: the end, or the first of two. */
  #pending = false;
  /** A quote began the cell, which may be empty all the same. */
  #begun = false;
  #line = 1;

  /** @param name what errors call the file */
  constructor(delimiter: string, name: string) {
    this.#delimiter = delimiter.charCodeAt(0);
    this.#name = name;
  }

  /** Takes a piece of text and gives back the rows that ended in it. */
  push(text: string): string[][] {
    const delimiter = this.#delimiter;
    const highest = Math.max(delimiter, quote);
    let from = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      // Digits and letters, which is nearly all there is: they begin and end nothing.
      if (code > highest && !this.#pending) continue;
      if (this.#quoted) {
        if (this.#pending) {
          this.#pending = false;
          if (code === quote) {
            // The first of the two was left out when it was met.
            this.#take(text, at, at + 1);
            from = at + 1;
            continue;
          }
          this.#quoted = false;
          from = at;
        } else {
          if (code === quote) {
            this.#take(text, from, at);
            this.#pending = true;
            from = at + 1;
          } else if (code === newline) this.#line++;
          continue;
        }
      }
      if (code === delimiter) {
        // Nearly every cell is within one piece and without quotes.
        if (this.#cell === '' && !this.#begun && at - from <= maxCell) this.#add(text, from, at);
        else {
          this.#take(text, from, at);
          this.#endCell();
        }
        from = at + 1;
      } else if (code === newline) {
        this.#line++;
        this.#take(text, from, at);
        this.#endRow();
        from = at + 1;
      } else if (code === carriageReturn) {
        this.#take(text, from, at);
        this.#endRow();
        from = at + 1;
      } else if (code === quote && at === from && this.#cell === '') {
        this.#quoted = true;
        this.#begun = true;
        from = at + 1;
      }
    }
    if (!this.#pending) this.#take(text, from, text.length);
    return this.#drain();
  }

  /** The last row, where no line end stands behind it. @throws CairnError for an open quote */
  end(): string[][] {
    if (this.#quoted && !this.#pending) {
      throw new CairnError('corrupt', `${this.#name} is cut short: a quoted cell does not end.`);
    }
    if (!this.#isEmpty()) this.#endRow();
    return this.#drain();
  }

  #isEmpty(): boolean {
    return this.#row.length === 0 && this.#cell === '' && !this.#begun;
  }

  #take(text: string, from: number, to: number): void {
    if (to <= from) return;
    this.#cell += text.slice(from, to);
    if (this.#cell.length <= maxCell) return;
    throw new CairnError(
      'corrupt',
      `${this.#name} has a cell of more than ${maxCell / 1e6} MB near line ${this.#line}; a quote may not be closed.`,
    );
  }

  #endCell(): void {
    const cell = this.#cell;
    this.#cell = '';
    this.#begun = false;
    this.#quoted = false;
    this.#pending = false;
    this.#add(cell, 0, cell.length);
  }

  #add(text: string, from: number, to: number): void {
    if (this.#row.push(text.slice(from, to)) <= maxCells) return;
    throw new CairnError('unsupported', `${this.#name} has more than ${maxCells} columns.`);
  }

  #endRow(): void {
    // A blank line is no row, nor is what stands between the two signs of a line end.
    if (this.#isEmpty()) return;
    this.#endCell();
    this.#rows.push(this.#row);
    this.#row = [];
  }

  #drain(): string[][] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }
}

const candidates = [',', '\t', ';', '|'];

/** The delimiter that cuts the first lines into equally many cells, and into the most. */
export function guessDelimiter(sample: string, path: string): string {
  if (/\.(tsv|tab)(\.gz)?$/i.test(path)) return '\t';
  let best = ',';
  let score = 0;
  for (const delimiter of candidates) {
    const rows = rowsOf(sample, delimiter).slice(0, 50);
    const cells = rows[0]?.length ?? 0;
    const even = rows.filter((row) => row.length === cells).length / Math.max(1, rows.length);
    const own = cells > 1 ? even * (1 + Math.min(cells, 100) / 1000) : 0;
    if (own > score) [best, score] = [delimiter, own];
  }
  return best;
}

function rowsOf(sample: string, delimiter: string): string[][] {
  try {
    return new CsvParser(delimiter, '').push(sample);
  } catch {
    return [];
  }
}
