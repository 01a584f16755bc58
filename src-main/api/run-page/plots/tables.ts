/** The rows that a plot is drawn from, out of CSV, TSV, JSON or YAML as tools write them. */
import { parsePythonJson } from '../../../formats/python-json.ts';
import { parseYaml } from '../../../formats/yaml.ts';

export type PlotCell = string | number | null;

export interface PlotTable {
  /** Of the list within a JSON file; empty for the file itself. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly PlotCell[])[];
}

/** Plots of more rows are not drawn. */
const mostRows = 500_000;
const deepest = 6;

/**
 * @param path its extension tells the format
 * @param header whether the first line of a CSV or TSV file names the columns
 * @throws when the text is not what its name says
 */
export function readPlotTables(text: string, path: string, header = true): PlotTable[] {
  if (/\.(csv|tsv)$/i.test(path)) {
    const [first, ...rest] = parseDelimited(text, /\.tsv$/i.test(path) ? '\t' : ',');
    if (first === undefined) return [];
    const columns = header ? first : first.map((_, index) => String(index));
    const lines = header ? rest : [first, ...rest];
    return [{ name: '', columns, rows: lines.slice(0, mostRows).map((row) => row.map(toCell)) }];
  }
  const value = /\.ya?ml$/i.test(path) ? parseYaml(text, path).value : parsePythonJson(text);
  return tablesIn(value, '', 0);
}

/** Lists of objects wherever they are, `{columns, data}`, and objects of lists of the same length. */
function tablesIn(value: unknown, name: string, depth: number): PlotTable[] {
  if (depth > deepest) return [];
  if (Array.isArray(value)) {
    const records = value.filter(isObject).slice(0, mostRows);
    if (records.length === 0 || records.length < value.length / 2) return [];
    const columns = [...new Set(records.flatMap((record) => Object.keys(record)))].slice(0, 1000);
    return [
      { name, columns, rows: records.map((record) => columns.map((key) => toCell(record[key]))) },
    ];
  }
  if (!isObject(value)) return [];
  const { columns, data } = value;
  if (Array.isArray(columns) && Array.isArray(data) && data.every(Array.isArray)) {
    const rows = (data as unknown[][]).slice(0, mostRows).map((row) => row.map(toCell));
    return [{ name, columns: columns.map(String), rows }];
  }
  const lists = Object.entries(value).filter(
    (entry): entry is [string, unknown[]] =>
      Array.isArray(entry[1]) && entry[1].length > 0 && !entry[1].some((one) => isNested(one)),
  );
  // Of precision and recall there is one more than of their thresholds.
  const length = Math.max(0, ...lists.map(([, list]) => list.length));
  if (lists.length >= 2 && lists.every(([, list]) => list.length >= length - 1)) {
    const keys = lists.map(([key]) => key);
    const rows = Array.from({ length: Math.min(length, mostRows) }, (_, row) =>
      lists.map(([, list]) => toCell(list[row])),
    );
    return [{ name, columns: keys, rows }];
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    tablesIn(inner, name === '' ? key : `${name}.${key}`, depth + 1),
  );
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isNested(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !('toJSON' in value);
}

/** Numbers as numbers, also where they are written as texts; what YAML keeps of a float is its text. */
export function toCell(value: unknown): PlotCell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return String(value);
  const text = String(value);
  if (typeof value === 'object' && !/^[-+.\d]/.test(text)) return null;
  const trimmed = text.trim();
  if (trimmed === '') return null;
  if (/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(trimmed)) return Number(trimmed);
  if (/^[-+]?\.?(inf|infinity)$/i.test(trimmed)) {
    return trimmed.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  }
  return /^\.?nan$/i.test(trimmed) ? Number.NaN : text;
}

/** RFC 4180: fields in quotes may hold delimiters, line ends and doubled quotes. */
export function parseDelimited(text: string, delimiter: string): string[][] {
  const rows: string[][] = [];
  let [row, at]: [string[], number] = [[], text.charCodeAt(0) === 0xfeff ? 1 : 0];
  while (at < text.length && rows.length <= mostRows) {
    let field = '';
    if (text[at] === '"') {
      at += 1;
      for (;;) {
        const end = text.indexOf('"', at);
        field += text.slice(at, end === -1 ? text.length : end);
        at = end === -1 ? text.length : end + 1;
        if (text[at] !== '"' || end === -1) break;
        field += '"';
        at += 1;
      }
    }
    let end = at;
    while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end += 1;
    field += text.slice(at, text[end - 1] === '\r' && text[end] === '\n' ? end - 1 : end);
    row.push(field);
    at = end + 1;
    if (end >= text.length || text[end] === '\n') {
      if (row.length > 1 || row[0] !== '') rows.push(row);
      row = [];
    } else if (at >= text.length) {
      // The last line ends with a delimiter.
      rows.push([...row, '']);
    }
  }
  return rows;
}
