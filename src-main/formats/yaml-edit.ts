/**
 * Changes single values in the text of a YAML file, line by line, so that comments, order, quotes
 * and layout of everything else stay as their author left them.
 */
import { type Document, isMap, isScalar, type Pair, type YAMLMap } from 'yaml';
import { writeText } from './yaml-text.ts';

export interface ValueChange {
  /** Keys and indices down to a key of a map; the map is there. */
  readonly path: readonly (string | number)[];
  /** Undefined takes the key out. */
  readonly value: string | number | boolean | undefined;
}

interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** Whether the text is a line of its own, without its end. */
  readonly line?: boolean;
}

/**
 * @param text what `document` was parsed from
 * @returns the new text; null where the layout does not allow it (`{a: 1}` on one line, say)
 */
export function editYaml(
  text: string,
  document: Document.Parsed,
  changes: readonly ValueChange[],
): string | null {
  const edits: Edit[] = [];
  for (const { path, value } of changes) {
    const map = document.getIn(path.slice(0, -1));
    if (!isMap(map) || map.flow === true) return null;
    const edit = editOf(text, map, String(path.at(-1)), value);
    if (edit === null) return null;
    edits.push(edit);
  }
  let out = '';
  let at = 0;
  // Those at one place stay in the order in which they were asked for.
  const lineBreak = text.includes('\r\n') ? '\r\n' : '\n';
  for (const { from, to, text: inserted, line } of edits.toSorted((a, b) => a.from - b.from)) {
    if (from < at) return null;
    out += text.slice(at, from);
    if (line && !out.endsWith('\n')) out += lineBreak;
    out += line ? inserted + lineBreak : inserted;
    at = to;
  }
  return out + text.slice(at);
}

function editOf(text: string, map: YAMLMap, key: string, value: ValueChange['value']): Edit | null {
  const pair = map.items.find((one) => isScalar(one.key) && one.key.value === key);
  if (pair === undefined) return value === undefined ? null : addition(text, map, key, value);
  const line = lineOf(text, pair);
  if (line === null) return null;
  if (value !== undefined) return { from: line.value, to: line.valueEnd, text: write(value) };
  // The first key of a list's item shares its line with the dash.
  return /^ *$/.test(text.slice(line.from, line.key)) ? { ...line, text: '' } : null;
}

/** Where a pair stands that is one line; null when it is more. */
function lineOf(text: string, pair: Pair) {
  const { key, value } = pair;
  if (!isScalar(key) || !isScalar(value) || !key.range || !value.range) return null;
  const [from, to] = [text.lastIndexOf('\n', key.range[0]) + 1, lineEnd(text, value.range[1])];
  if (text.slice(key.range[0], value.range[1]).includes('\n')) return null;
  return { from, to, key: key.range[0], value: value.range[0], valueEnd: value.range[1] };
}

function addition(
  text: string,
  map: YAMLMap,
  key: string,
  value: string | number | boolean,
): Edit | null {
  const [first, last] = [map.items[0], map.items.at(-1)];
  const [start, end] = [
    first === undefined ? undefined : rangeOf(first.key)?.[0],
    last === undefined ? undefined : rangeOf(last.value)?.[1],
  ];
  if (start === undefined || end === undefined) return null;
  const at = text[end - 1] === '\n' ? end : lineEnd(text, end);
  const before = text.slice(text.lastIndexOf('\n', start) + 1, start);
  // What else stands before a key (`? key`, an anchor) says nothing about where the next belongs.
  if (!/^[ -]*$/.test(before)) return null;
  const indent = ' '.repeat(before.length);
  return { from: at, to: at, text: `${indent}${key}: ${write(value)}`, line: true };
}

function rangeOf(node: unknown): readonly number[] | undefined {
  return (node as { range?: readonly number[] | null } | null)?.range ?? undefined;
}

/** Behind the line end at or after an offset. */
function lineEnd(text: string, offset: number): number {
  const at = text.indexOf('\n', offset);
  return at < 0 ? text.length : at + 1;
}

function write(value: string | number | boolean): string {
  return typeof value === 'string' ? writeText(value, 0, 0, true) : String(value);
}
