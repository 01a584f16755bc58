/** Parameters given on a command line, as the lines of a cell in the language of a notebook. */
import { CairnError } from '../base/errors.ts';

export interface Given {
  readonly name: string;
  /** As it was typed: numbers keep their form. */
  readonly value: string;
}

/** @throws CairnError `invalid` for what is not `key=value` */
export function readGiven(params: readonly string[]): Given[] {
  return params.map((param) => {
    const at = param.indexOf('=');
    const name = param.slice(0, Math.max(0, at)).trim();
    if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return { name, value: param.slice(at + 1).trim() };
    throw new CairnError('invalid', `-p takes name=value, such as lr=0.1, not “${param}”.`);
  });
}

const words = {
  python: { true: 'True', false: 'False', null: 'None', assign: ' = ' },
  r: { true: 'TRUE', false: 'FALSE', null: 'NULL', assign: ' = ' },
  julia: { true: 'true', false: 'false', null: 'nothing', assign: ' = ' },
} as const;
type Words = (typeof words)[keyof typeof words];

/** Of a language, or of a kernel that is called like one; null for any other name. */
function knownLanguage(name: string): keyof typeof words | null {
  if (/^i?r$/i.test(name)) return 'r';
  if (/^julia/i.test(name)) return 'julia';
  return /^i?python/i.test(name) ? 'python' : null;
}

/**
 * @param named what may say the language: kernels have any name, such as that of an environment
 * @returns the first that is known here; else the first that is named; Python where none is
 */
export function languageOf(named: readonly (string | null)[]): string {
  const told = named.filter((name) => name !== null);
  return told.find((name) => knownLanguage(name) !== null) ?? told[0] ?? 'python';
}

/** @throws CairnError `unsupported` for a language that is not known here */
export function assignments(language: string, given: readonly Given[]): string {
  const known = knownLanguage(language);
  if (known === null) {
    throw new CairnError(
      'unsupported',
      `Parameters can be given to notebooks in Python, R and Julia, not in ${language}. Set them in the notebook.`,
    );
  }
  const lines = given.map(
    (one) => one.name + words[known].assign + literal(one.value, words[known], known),
  );
  return ['# Parameters', ...lines, ''].join('\n');
}

/** As papermill reads a value: a number, true, false, nothing; else JSON; else a string. */
function literal(value: string, word: Words, language: keyof typeof words): string {
  if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true' ? word.true : word.false;
  if (/^(none|null)$/i.test(value)) return word.null;
  if (/^[-+]?(?:0|[1-9]\d*)$/.test(value)) return value;
  if (/^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i.test(value) && !/^[-+]?0\d/.test(value))
    return value;
  if (language !== 'julia' && language !== 'r' && /^[[{"]/.test(value)) {
    try {
      return write(JSON.parse(value), word);
    } catch {
      // Then it is a text that begins so.
    }
  }
  return text(value, language);
}

function write(value: unknown, word: Words): string {
  if (value === null) return word.null;
  if (typeof value === 'boolean') return value ? word.true : word.false;
  if (Array.isArray(value)) return `[${value.map((one) => write(one, word)).join(', ')}]`;
  if (typeof value === 'object') {
    const pairs = Object.entries(value).map(
      ([key, one]) => `${JSON.stringify(key)}: ${write(one, word)}`,
    );
    return `{${pairs.join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** JSON's strings are strings of Python, R and Julia; only Julia's dollar says more. */
function text(value: string, language: keyof typeof words): string {
  const quoted = JSON.stringify(value);
  return language === 'julia' ? quoted.replaceAll('$', '\\$') : quoted;
}
