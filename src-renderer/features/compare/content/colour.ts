/** Source code cut into coloured pieces, line by line. */
import { json } from '@codemirror/lang-json';
import { markdown } from '@codemirror/lang-markdown';
import { python } from '@codemirror/lang-python';
import { yaml } from '@codemirror/lang-yaml';
import { highlightCode, tagHighlighter, tags } from '@lezer/highlight';
import type { Grammar } from '../../../ui/code/language.ts';
import type { Range } from './line-diff.ts';

export interface Piece {
  readonly text: string;
  /** A colour's name for `data-token`; empty for plain text. */
  readonly token: string;
  readonly changed: boolean;
}

const styles = tagHighlighter([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], class: 'keyword' },
  { tag: [tags.string, tags.special(tags.string)], class: 'string' },
  { tag: tags.comment, class: 'comment' },
  { tag: [tags.number, tags.bool, tags.null], class: 'literal' },
  { tag: [tags.function(tags.variableName), tags.propertyName], class: 'name' },
  { tag: tags.heading, class: 'heading' },
]);

const languages = { python, json, yaml, markdown };
/** Colouring more than this would keep the page waiting. */
const mostColoured = 60_000;

type Token = Pick<Piece, 'text' | 'token'>;

/** The pieces of every line of a text. */
export function colourLines(text: string, grammar: Grammar): readonly (readonly Token[])[] {
  const normal = text.replaceAll('\r\n', '\n');
  if (grammar === 'plain' || normal.length > mostColoured) {
    return normal.split('\n').map((line) => [{ text: line, token: '' }]);
  }
  const lines: Token[][] = [[]];
  const { parser } = languages[grammar]().language;
  highlightCode(
    normal,
    parser.parse(normal),
    styles,
    (piece, token) => lines.at(-1)?.push({ text: piece, token }),
    () => lines.push([]),
  );
  return lines;
}

/** The pieces of one line, cut again where a changed stretch begins or ends. */
export function markPieces(tokens: readonly Token[], ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const { text, token } of tokens) {
    const end = at + text.length;
    let from = at;
    for (const [start, stop] of ranges) {
      if (stop <= from || start >= end) continue;
      if (start > from)
        pieces.push({ text: text.slice(from - at, start - at), token, changed: false });
      const [a, b] = [Math.max(start, from), Math.min(stop, end)];
      pieces.push({ text: text.slice(a - at, b - at), token, changed: true });
      from = b;
    }
    if (from < end) pieces.push({ text: text.slice(from - at), token, changed: false });
    at = end;
  }
  return pieces;
}
