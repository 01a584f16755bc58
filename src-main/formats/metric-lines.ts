/** Points over steps from the lines of JSONL, CSV and TSV files. */

export interface ParsedPoint {
  readonly key: string;
  readonly step: number;
  /** Epoch ms, or null when the line does not say. */
  readonly time: number | null;
  readonly value: number;
}

const stepNames = ['step', 'global_step', 'iteration', 'iter', 'epoch', 'batch'];
const timeNames = ['timestamp', 'time', 'wall_time', '_timestamp', 'datetime'];

/** Reads one file line by line; a line that makes no sense is passed over. */
export class PointsParser {
  readonly #separator: string | null;
  #header: string[] | null = null;
  #rows: number;

  /**
   * @param path only its extension matters
   * @param rows how many came before, when reading goes on behind them
   */
  constructor(path: string, rows = 0) {
    this.#rows = rows;
    const csv = /\.csv$/i.test(path);
    this.#separator = csv ? ',' : /\.tsv$/i.test(path) ? '\t' : null;
  }

  /** Rows of values so far. */
  get rows(): number {
    return this.#rows;
  }

  /** Takes the first line of a table that is not read otherwise. */
  header(text: string): void {
    if (this.#separator !== null) this.line(text);
  }

  line(text: string): ParsedPoint[] {
    const trimmed = text.replace(/\r$/, '');
    if (trimmed.trim() === '') return [];
    const row =
      this.#separator === null ? jsonRow(trimmed) : this.#tableRow(trimmed, this.#separator);
    if (row === null) return [];
    const step = find(row, stepNames);
    const time = find(row, timeNames);
    const at = step === null ? this.#rows : step.value;
    this.#rows += 1;
    return row
      .filter(([key]) => key !== step?.key && key !== time?.key)
      .map(([key, value]) => ({
        key,
        step: at,
        time: time === null || !Number.isFinite(time.value) ? null : toMs(time.value),
        value,
      }));
  }

  #tableRow(text: string, separator: string): [string, number][] | null {
    const cells = splitCells(text, separator);
    if (this.#header === null) {
      this.#header = cells;
      return null;
    }
    return this.#header.flatMap((key, index): [string, number][] => {
      const value = toNumber(cells[index]);
      return value === null || key === '' ? [] : [[key, value]];
    });
  }
}

/** Nested objects become `a/b`, as DVCLive names them. */
function jsonRow(text: string): [string, number][] | null {
  let parsed: unknown;
  try {
    // Python writes NaN and Infinity, which JSON has no words for.
    parsed = JSON.parse(text.replace(/(?<=[:[,]\s*)(-?Infinity|NaN)(?=\s*[,\]}])/g, '"$1"'));
  } catch {
    return null;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return null;
  return flatten(parsed, '');
}

function flatten(value: object, prefix: string): [string, number][] {
  return Object.entries(value).flatMap(([name, part]: [string, unknown]): [string, number][] => {
    const key = prefix === '' ? name : `${prefix}/${name}`;
    if (typeof part === 'object' && part !== null && !Array.isArray(part))
      return flatten(part, key);
    const number =
      typeof part === 'number' ? part : typeof part === 'string' ? toNumber(part) : null;
    return number === null ? [] : [[key, number]];
  });
}

/** RFC 4180: cells in quotes may hold the separator. */
export function splitCells(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = '';
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    const char = text[index] as string;
    if (char === '"') {
      if (quoted && text[index + 1] === '"') {
        cell += '"';
        index += 1;
      } else quoted = !quoted;
    } else if (char === separator && !quoted) {
      cells.push(cell.trim());
      cell = '';
    } else cell += char;
  }
  return [...cells, cell.trim()];
}

function toNumber(text: string | undefined): number | null {
  if (text === undefined || text.trim() === '') return null;
  const word = text.trim().toLowerCase();
  if (/^[+-]?(nan)$/.test(word)) return Number.NaN;
  const infinite = /^([+-]?)inf(inity)?$/.exec(word);
  if (infinite !== null)
    return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const value = Number(word);
  return Number.isNaN(value) ? null : value;
}

function find(
  row: [string, number][],
  names: readonly string[],
): { key: string; value: number } | null {
  for (const name of names) {
    const found = row.find(([key]) => key.toLowerCase() === name);
    if (found !== undefined && Number.isFinite(found[1])) return { key: found[0], value: found[1] };
  }
  return null;
}

/** Seconds until the year 5138, milliseconds from 1973 on. */
function toMs(value: number): number {
  return Math.round(Math.abs(value) < 1e11 ? value * 1000 : value);
}
