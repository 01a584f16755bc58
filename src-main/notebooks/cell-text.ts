/**
 * The sources of a notebook's cells as one text that knows where each character stands in the file,
 * so that a name can be changed without writing the file anew: spaces, order, outputs stay.
 */
import type { Span } from './references.ts';

interface Segment {
  /** Where it begins in the joined text. */
  readonly at: number;
  readonly length: number;
  /** Where its characters begin in the file; one more than there are, for the end. */
  readonly raw: number | Uint32Array;
}

export interface CellText {
  readonly text: string;
  /** Spans of the joined text as spans of the file; null when one does not stand in one string. */
  toFile(spans: readonly Span[]): Span[] | null;
}

interface Frame {
  readonly array: boolean;
  key: string;
}

/** @param json a text that `JSON.parse` takes */
export function readCellText(json: string): CellText {
  const segments: Segment[] = [];
  let text = '';
  let cell = -1;
  for (const token of sourceStrings(json)) {
    if (cell !== -1 && token.cell !== cell) text += '\n';
    cell = token.cell;
    const raw = json.slice(token.from, token.to);
    const value = raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
    const places = value === raw ? token.from : placesOf(raw, token.from, value.length);
    segments.push({ at: text.length, length: value.length, raw: places });
    text += value;
  }
  return { text, toFile: (spans) => toFile(segments, spans) };
}

function toFile(segments: readonly Segment[], spans: readonly Span[]): Span[] | null {
  const found: Span[] = [];
  let index = 0;
  for (const { from, to, text } of spans) {
    while (index < segments.length && endOf(segments[index]) < to) index += 1;
    const segment = segments[index];
    if (segment === undefined || from < segment.at) return null;
    const place = (offset: number): number =>
      typeof segment.raw === 'number' ? segment.raw + offset : (segment.raw[offset] ?? 0);
    found.push({
      from: place(from - segment.at),
      to: place(to - segment.at),
      text: JSON.stringify(text).slice(1, -1),
    });
  }
  return found;
}

function endOf(segment: Segment | undefined): number {
  return segment === undefined ? 0 : segment.at + segment.length;
}

/** For each UTF-16 unit of a decoded string, where it stands in the file. */
function placesOf(raw: string, from: number, length: number): Uint32Array {
  const places = new Uint32Array(length + 1);
  let at = 0;
  for (let unit = 0; unit < length; unit += 1) {
    places[unit] = from + at;
    if (raw[at] !== '\\') at += 1;
    else at += raw[at + 1] === 'u' ? 6 : 2;
  }
  places[length] = from + at;
  return places;
}

/** The strings below `cells[].source` (and nbformat 3's `worksheets[].cells[].input`). */
function* sourceStrings(json: string): Generator<{ from: number; to: number; cell: number }> {
  const stack: Frame[] = [];
  let cell = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json[at];
    if (character === '{' || character === '[') {
      if (isCells(stack)) cell += 1;
      stack.push({ array: character === '[', key: '' });
    } else if (character === '}' || character === ']') stack.pop();
    else if (character === '"') {
      const end = endOfString(json, at + 1);
      const top = stack.at(-1);
      if (top !== undefined && !top.array && isKey(json, end + 1)) {
        top.key = json.slice(at + 1, end);
      } else if (isSource(stack)) yield { from: at + 1, to: end, cell };
      at = end;
    }
  }
}

function isCells(stack: readonly Frame[]): boolean {
  return stack.at(-1)?.array === true && stack.at(-2)?.key === 'cells' && isNotebookPath(stack, 2);
}

function isSource(stack: readonly Frame[]): boolean {
  const lines = stack.at(-1)?.array === true ? 1 : 0;
  const key = stack.at(-1 - lines)?.key;
  if (key !== 'source' && key !== 'input') return false;
  const above = stack.slice(0, stack.length - 1 - lines);
  return above.at(-1)?.array === true && above.at(-2)?.key === 'cells' && isNotebookPath(above, 2);
}

/** Whether the frames above the last `count` are the notebook itself, or one of its worksheets. */
function isNotebookPath(stack: readonly Frame[], count: number): boolean {
  const above = stack.length - count;
  return above === 0 || (above === 2 && stack[0]?.key === 'worksheets' && stack[1]?.array === true);
}

function isKey(json: string, from: number): boolean {
  for (let at = from; at < json.length; at += 1) {
    const character = json[at];
    if (character === ':') return true;
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') {
      return false;
    }
  }
  return false;
}

function endOfString(json: string, from: number): number {
  let at = from;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}
