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

// `\${` is an escape. An expression ends at the first brace and never spans lines.
const pattern = /(?<!\\)\$\{(.*?)\}/g;

export function findExpressions(text: string): Expression[] {
  if (!text.includes('${')) return [];
  return Array.from(text.matchAll(pattern), (match) => ({
    start: match.index,
    end: match.index + match[0].length,
    source: match[1] as string,
  }));
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
