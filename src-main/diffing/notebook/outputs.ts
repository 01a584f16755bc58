/** Outputs of notebook cells, each by the richest form that can be compared without running it. */
import type { CellOutput } from '../../contract/diff-content.ts';
import { asArray, asObject, asText } from '../../formats/ipynb.ts';
import { readHtmlTable } from './html-table.ts';

type Json = Readonly<Record<string, unknown>>;

export interface Output {
  /** Its place among the outputs of the cell as the file has them. */
  readonly at: number;
  readonly kind: CellOutput['kind'];
  readonly mime: string;
  /** Text, or base64 of an image. */
  readonly content: string;
  /** The name of a stream; null for everything else. */
  readonly stream: 'stdout' | 'stderr' | null;
}

/** Texts and tables in an answer end here; whole ones are in the files. */
const maxText = 20_000;
const maxRows = 200;

const bitmaps = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/bmp'] as const;

/** Short names of nbformat 3. */
const longNames: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  html: 'text/html',
  latex: 'text/latex',
  json: 'application/json',
  text: 'text/plain',
};

/** Null for what is no output. */
export function readOutput(output: Json, major: number, at: number): Output | null {
  const type = output.output_type;
  if (type === 'stream') {
    const stderr = (major >= 4 ? output.name : output.stream) === 'stderr';
    const stream = stderr ? 'stderr' : 'stdout';
    return { at, kind: 'text', mime: stream, content: asText(output.text), stream };
  }
  if (type === 'error' || type === 'pyerr') {
    const trace = asArray(output.traceback).filter((line) => typeof line === 'string');
    const title = `${asText(output.ename)}: ${asText(output.evalue)}`;
    const content = trace.length === 0 ? title : trace.join('\n');
    return { at, kind: 'error', mime: 'error', content: withoutColours(content), stream: null };
  }
  if (type !== 'display_data' && type !== 'execute_result' && type !== 'pyout') return null;
  const [mime, content, kind] = richest(major >= 4 ? asObject(output.data) : renamed(output));
  return { at, kind, mime, content, stream: null };
}

function renamed(output: Json): Json {
  const data: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(output)) {
    if (Object.hasOwn(longNames, key)) data[longNames[key] as string] = value;
  }
  return data;
}

function richest(data: Json): [mime: string, content: string, kind: Output['kind']] {
  for (const mime of bitmaps) {
    const base64 = asText(data[mime]).replace(/\s+/g, '');
    if (base64 !== '') return [mime, base64, 'image'];
  }
  const svg = asText(data['image/svg+xml']);
  if (svg !== '') return ['image/svg+xml', svg, 'image'];
  // A figure of a plotting library: its numbers say more than the page it draws itself on.
  const figure = Object.keys(data).find((mime) => /^application\/vnd\.(plotly|vega)/.test(mime));
  if (figure !== undefined) return [figure, written(data[figure]), 'data'];
  const html = asText(data['text/html']);
  if (html !== '') {
    const table = /<table[\s>]/i.test(html) && readHtmlTable(html, 2) !== null;
    return ['text/html', html, table ? 'table' : 'html'];
  }
  for (const mime of ['text/markdown', 'text/latex']) {
    const text = asText(data[mime]);
    if (text !== '') return [mime, text, 'text'];
  }
  const plain = asText(data['text/plain']);
  if (plain !== '') return ['text/plain', plain, 'text'];
  const [mime] = Object.keys(data);
  return mime === undefined ? ['none', '', 'data'] : [mime, written(data[mime]), 'data'];
}

function written(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((line) => typeof line === 'string'))
    return value.join('');
  try {
    return JSON.stringify(value, null, 1) ?? '';
  } catch {
    // Nested deeper than can be written down.
    return '';
  }
}

/** What decides whether two outputs are the same: addresses in memory differ with every run. */
export function outputKey(output: Output): string {
  const text = output.kind === 'text' || output.kind === 'error';
  const content = text ? output.content.replace(/\b0x[0-9a-f]{6,}\b/gi, '0x') : output.content;
  return `${output.mime}\n${content}`;
}

/** @param whole whether the content is to be shown, which nobody needs of what did not change */
export function viewOutput(output: Output, whole: boolean): CellOutput {
  const { at, kind, mime, content } = output;
  const bytes =
    kind === 'image' && mime !== 'image/svg+xml' ? (content.length * 3) / 4 : content.length;
  const view = { at, kind, mime, bytes: Math.floor(bytes), text: null, cut: false, rows: null };
  if (!whole || kind === 'image') return view;
  if (kind === 'table') {
    const rows = readHtmlTable(content, maxRows + 1);
    if (rows !== null) {
      return { ...view, rows: rows.slice(0, maxRows), cut: rows.length > maxRows };
    }
  }
  return { ...view, text: content.slice(0, maxText).toWellFormed(), cut: content.length > maxText };
}

/** Colours of a terminal, as tracebacks have them. */
const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g');

function withoutColours(text: string): string {
  return text.replace(colours, '');
}
