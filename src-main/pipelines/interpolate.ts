/**
 * Replaces `${…}` in the values of dvc.yaml. A text that is one expression keeps the type of its
 * value; inside a longer text the value is printed as Python prints it. Source: DVC's user guide,
 * “Templating”; the printing of dicts follows `parsing.bool` and `parsing.list` of DVC's config.
 */
import { CairnError } from '../base/errors.ts';
import type { Context } from './context.ts';
import { findExpressions, parseExpression, unescapeBraces } from './expression.ts';
import { isRecord, pythonText } from './values.ts';

export interface Parsing {
  readonly bool: 'store_true' | 'boolean_optional';
  readonly list: 'nargs' | 'append';
  readonly platform: NodeJS.Platform;
}

/** What may stand in for an expression: `cmd` also takes a dict, `foreach` and `matrix` anything. */
export type Place = 'value' | 'cmd' | 'iterable';

/**
 * Resolves every text in a value, keys included.
 * @throws CairnError `invalid`
 */
export function interpolate(
  value: unknown,
  context: Context,
  parsing: Parsing,
  place: Place,
): unknown {
  if (typeof value === 'string') return interpolateText(value, context, parsing, place);
  if (Array.isArray(value)) {
    return value.map((item) => interpolate(item, context, parsing, place));
  }
  if (isRecord(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [
        printed(interpolateText(key, context, parsing, place), parsing),
        interpolate(item, context, parsing, place),
      ]),
    );
  }
  return value;
}

/** Checks the spelling of every expression without needing values. */
export function checkExpressions(value: unknown): void {
  if (typeof value === 'string') {
    for (const { source } of findExpressions(value)) parseExpression(source);
  } else if (Array.isArray(value)) {
    for (const item of value) checkExpressions(item);
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) {
      checkExpressions(key);
      checkExpressions(item);
    }
  }
}

function interpolateText(text: string, context: Context, parsing: Parsing, place: Place): unknown {
  const found = findExpressions(text);
  const [first] = found;
  if (first === undefined) return unescapeBraces(text);
  if (found.length === 1 && first.start === 0 && first.end === text.length) {
    const value = lookUp(first.source, context, place);
    // A dict can only be the arguments of a command, so it is printed even when it stands alone.
    return place === 'cmd' && isRecord(value) ? printed(value, parsing) : value;
  }
  let result = '';
  let at = 0;
  for (const { start, end, source } of found) {
    result += text.slice(at, start) + printed(lookUp(source, context, place), parsing);
    at = end;
  }
  return unescapeBraces(result + text.slice(at));
}

function lookUp(source: string, context: Context, place: Place): unknown {
  const value = context.select(parseExpression(source));
  if (place === 'iterable') return value;
  if (Array.isArray(value) || (isRecord(value) && place !== 'cmd')) {
    const type = Array.isArray(value) ? 'a list' : 'a mapping';
    throw new CairnError(
      'invalid',
      `“\${${source}}” is ${type}; only a single value can stand here.`,
    );
  }
  return value;
}

function printed(value: unknown, parsing: Parsing): string {
  if (value === true) return 'true';
  if (value === false) return 'false';
  return isRecord(value) ? asArguments(value, parsing) : pythonText(value);
}

/** `{lr: 0.1, deep: {on: true}}` → `--lr 0.1 --deep.on` */
function asArguments(values: Record<string, unknown>, parsing: Parsing): string {
  const words: string[] = [];
  for (const [name, value] of flatten(values, '')) {
    if (value === true) {
      words.push(`--${name}`);
    } else if (value === false) {
      if (parsing.bool === 'boolean_optional') words.push(`--no-${name}`);
    } else if (Array.isArray(value)) {
      value.forEach((item: unknown, index) => {
        if (Array.isArray(item) || isRecord(item)) {
          throw new CairnError('invalid', `the list “${name}” holds lists; it cannot be printed.`);
        }
        if (index === 0 || parsing.list === 'append') words.push(`--${name}`);
        words.push(argument(item, parsing));
      });
    } else {
      words.push(`--${name}`, argument(value, parsing));
    }
  }
  return words.join(' ');
}

function argument(value: unknown, parsing: Parsing): string {
  return typeof value === 'string' ? quote(value, parsing.platform) : pythonText(value);
}

function flatten(values: Record<string, unknown>, prefix: string): [string, unknown][] {
  return Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    return isRecord(value) ? flatten(value, name) : [[name, value]];
  });
}

/** One shell word, as Python's `shlex.quote` and, on Windows, `list2cmdline` write it. */
export function quote(word: string, platform: NodeJS.Platform): string {
  if (platform === 'win32') {
    if (word !== '' && !/[ \t"]/.test(word)) return word;
    // A backslash is doubled only before a quote, and at the end before the closing one.
    const escaped = word.replace(/(\\*)"/g, '$1$1\\"');
    return /[ \t]/.test(word) || word === '' ? `"${escaped.replace(/(\\+)$/, '$1$1')}"` : escaped;
  }
  if (word === '') return "''";
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'"'"'`)}'`;
}
