/** Outputs of notebook cells, each as the richest form that can be shown without running anything. */
import { asArray, asObject, asText, type Json } from './ipynb-json.ts';

export type NotebookOutput =
  | { readonly kind: 'text'; readonly text: string; readonly stream: 'stdout' | 'stderr' | null }
  | {
      readonly kind: 'error';
      readonly name: string;
      readonly message: string;
      readonly text: string;
    }
  /** Base64 of a bitmap. */
  | {
      readonly kind: 'image';
      readonly mime: string;
      readonly base64: string;
      readonly text: string;
    }
  | {
      readonly kind: 'svg' | 'html' | 'markdown' | 'latex' | 'json';
      readonly text: string;
    }
  /** Only forms that a script would have to draw; `what` is the media type. */
  | { readonly kind: 'script'; readonly what: string };

const bitmaps = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;

/** nbformat 3 has short names for the same. */
const shortNames: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  svg: 'image/svg+xml',
  html: 'text/html',
  latex: 'text/latex',
  json: 'application/json',
  text: 'text/plain',
};

export function readOutputs(outputs: readonly unknown[], major: number): NotebookOutput[] {
  const read: NotebookOutput[] = [];
  for (const output of outputs.slice(0, 10_000)) {
    const one = readOutput(asObject(output), major);
    if (one === null) continue;
    const last = read.at(-1);
    // A stream comes in as many pieces as the kernel flushed.
    if (one.kind === 'text' && last?.kind === 'text' && one.stream === last.stream && one.stream) {
      read[read.length - 1] = { ...last, text: last.text + one.text };
    } else read.push(one);
  }
  return read;
}

function readOutput(output: Json, major: number): NotebookOutput | null {
  const kind = output.output_type;
  if (kind === 'stream') {
    const name = major >= 4 ? output.name : output.stream;
    return {
      kind: 'text',
      text: asText(output.text),
      stream: name === 'stderr' ? 'stderr' : 'stdout',
    };
  }
  if (kind === 'error' || kind === 'pyerr') {
    const lines = asArray(output.traceback).filter((line) => typeof line === 'string');
    return {
      kind: 'error',
      name: asText(output.ename),
      message: asText(output.evalue),
      text: typeof output.traceback === 'string' ? output.traceback : lines.join('\n'),
    };
  }
  if (kind !== 'display_data' && kind !== 'execute_result' && kind !== 'pyout') return null;
  return richest(major >= 4 ? asObject(output.data) : longNames(output));
}

function longNames(output: Json): Json {
  const data: Record<string, unknown> = Object.create(null);
  for (const [key, value] of Object.entries(output)) {
    const name = Object.hasOwn(shortNames, key) ? shortNames[key] : undefined;
    if (name !== undefined) data[name] = value;
  }
  return data;
}

/** Pictures of a Markdown cell, `{name: {mime: base64}}`, each with its name as its text. */
export function readAttachments(attachments: Json): NotebookOutput[] {
  return Object.entries(attachments)
    .slice(0, 100)
    .flatMap(([name, data]) => bitmapOf(asObject(data), name) ?? []);
}

function bitmapOf(data: Json, text: string): NotebookOutput | null {
  for (const mime of bitmaps) {
    const base64 = asText(data[mime]).replace(/\s+/g, '');
    if (/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return { kind: 'image', mime, base64, text };
  }
  return null;
}

function richest(data: Json): NotebookOutput | null {
  const plain = asText(data['text/plain']);
  const bitmap = bitmapOf(data, plain);
  if (bitmap !== null) return bitmap;
  for (const [mime, kind] of [
    ['image/svg+xml', 'svg'],
    ['text/html', 'html'],
    ['text/markdown', 'markdown'],
    ['text/latex', 'latex'],
  ] as const) {
    const text = asText(data[mime]);
    if (text !== '' && (kind !== 'html' || showsWithoutScripts(text))) return { kind, text };
  }
  const json = Object.keys(data).find((mime) => /^application\/(.+\+)?json$/.test(mime));
  if (json !== undefined && plain === '') return { kind: 'json', text: jsonText(data[json]) };
  if (plain !== '') return { kind: 'text', text: plain, stream: null };
  const what = Object.keys(data)[0];
  return what === undefined ? null : { kind: 'script', what: what.slice(0, 200) };
}

/**
 * Whether anything of a page is seen where no script runs: of what Plotly, Bokeh and widgets leave,
 * an empty box is. Every search goes forward only, so that the time is that of the length.
 */
function showsWithoutScripts(html: string): boolean {
  let at = 0;
  while (at < html.length) {
    const tag = html.indexOf('<', at);
    if (html.slice(at, tag < 0 ? undefined : tag).trim() !== '') return true;
    if (tag < 0) return false;
    const begin = html.slice(tag, tag + 12).toLowerCase();
    if (/^<(img|svg|table|hr|input|progress|meter|video|audio|canvas|button)\b/.test(begin)) {
      return true;
    }
    const skipped = /^<(script|style|title|!--)/.exec(begin)?.[1];
    at = skipped === undefined ? endOf(html, '>', tag) : endOfSkipped(html, skipped, tag);
  }
  return false;
}

function endOfSkipped(html: string, name: string, from: number): number {
  if (name === '!--') return endOf(html, '-->', from);
  const closing = new RegExp(`</${name}`, 'gi');
  closing.lastIndex = from;
  const found = closing.exec(html);
  return found === null ? html.length : endOf(html, '>', found.index);
}

/** Behind the next `mark`; the end of the text without one. */
function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

function jsonText(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value, null, 2) ?? '';
  } catch {
    // Nested deeper than can be written down.
    return '';
  }
}
