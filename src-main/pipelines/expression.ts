/**
 * `${…}` in dvc.yaml: where the expressions of a string are, and what they name. There are no
 * operators and no environment: `model.layers[0].units` is all there is.
 * Source: DVC's user guide, “Templating”.
 */
import { CairnError } from '../base/errors.ts';

export interface Expression {
  /** Offsets of `${` and behind `}` in the text. */
  readonly start: number;
  readonly end: number;
  /** What stands between the braces. */
  readonly source: string;
}

/**
 * Where the expressions of a text are. `\${` is an escape; an expression ends at the first brace and
 * never spans lines. Takes time in proportion to the text, whatever is in it.
 */
export function findExpressions(text: string): Expression[] {
  const found: Expression[] = [];
  let close = -1;
  let lineEnd = -1;
  let at = text.indexOf('${');
  while (at >= 0) {
    if (close < at) close = text.indexOf('}', at);
    if (close < 0) break;
    if (lineEnd < at) lineEnd = indexOrEnd(text, '\n', at);
    const escaped = text[at - 1] === '\\';
    const whole = !escaped && close < lineEnd;
    if (whole) found.push({ start: at, end: close + 1, source: text.slice(at + 2, close) });
    at = text.indexOf('${', whole ? close + 1 : at + 2);
  }
  return found;
}

function indexOrEnd(text: string, part: string, from: number): number {
  const index = text.indexOf(part, from);
  return index < 0 ? text.length : index;
}

export function hasExpression(text: string): boolean {
  return findExpressions(text).length > 0;
}

/** Turns `\${` into `${`, once every expression has been replaced. */
export function unescapeBraces(text: string): string {
  return text.replaceAll('\\${', '${');
}

/**
 * The steps of an expression: `a.b[0]` → `['a', 'b', '0']`.
 * @throws CairnError `invalid` for anything else
 */
export function parseExpression(source: string): string[] {
  const steps: string[] = [];
  const word = /[^.[\]]+/y;
  let at = 0;
  const take = (): void => {
    word.lastIndex = at;
    const match = word.exec(source);
    if (match === null) throw malformed(source, at);
    steps.push(match[0].trim());
    at += match[0].length;
  };
  take();
  while (at < source.length) {
    const mark = source[at];
    if (mark !== '.' && mark !== '[') throw malformed(source, at);
    at++;
    take();
    if (mark === '[') {
      if (source[at] !== ']') throw malformed(source, at);
      at++;
    }
  }
  return steps;
}

function malformed(source: string, at: number): CairnError {
  const where =
    at >= source.length ? 'at its end' : `at “${source.slice(at, at + 12)}” (character ${at + 1})`;
  return new CairnError(
    'invalid',
    `“\${${source}}” cannot be read ${where}. Only names, “.” and “[index]” are allowed between the braces; write “\\\${” for a literal one.`,
  );
}
