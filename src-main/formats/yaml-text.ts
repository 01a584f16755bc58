/**
 * Texts of YAML as ruamel.yaml's emitter writes them: plain where that reads back the same, else
 * quoted, folded at column 80.
 */

const width = 80;

/**
 * @param column where the text begins
 * @param indent of the lines it may be folded onto
 * @param key a key that stands on one line with its value, and is not folded
 */
export function writeText(text: string, column: number, indent: number, key: boolean): string {
  const style = analyse(text);
  if (style.plain && !resolves(text)) return key ? text : foldPlain(text, column, indent);
  if (style.single && !(key && style.multiline)) return singleQuoted(text, column, indent, key);
  return doubleQuoted(text, column, indent, key);
}

/** Whether a text has line ends, as YAML 1.1 counts them. */
export function isMultiline(text: string): boolean {
  return /[\n\u0085\u2028\u2029]/.test(text);
}

interface Style {
  readonly plain: boolean;
  readonly single: boolean;
  readonly multiline: boolean;
}

/** Which ways of writing a text read back the same (YAML 1.2, §7.3). */
function analyse(text: string): Style {
  if (text === '') return { plain: false, single: true, multiline: false };
  const multiline = isMultiline(text);
  const special = Array.from(text).some((char) => char !== '\n' && !isPrintable(char));
  const spaceBeforeBreak = / [\n\u0085\u2028\u2029]/.test(text);
  const edges = /^[ \n]|[ \n]$/.test(text);
  const indicators =
    /^(?:---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?:[\0 \t\r\n]|$)/.test(text) ||
    /:(?:[\0 \t\r\n]|$)/.test(text) ||
    /[\0 \t\r\n]#/.test(text);
  return {
    plain: !multiline && !special && !edges && !indicators,
    // Doubled quotes are avoided, even where that means backslashes.
    single: !special && !spaceBeforeBreak && !multiline && !text.includes("'"),
    multiline,
  };
}

function isPrintable(char: string): boolean {
  const code = char.codePointAt(0) as number;
  if (code === 0x85 || (code >= 0x20 && code <= 0x7e)) return true;
  return (
    (code >= 0xa0 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd && code !== 0xfeff) ||
    code >= 0x10000
  );
}

const implicit = [
  /^(?:true|True|TRUE|false|False|FALSE)$/,
  /^(?:~|null|Null|NULL)$/,
  /^(?:<<|=)$/,
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  /^(?:[-+]?0b[0-1_]+|[-+]?0o?[0-7_]+|[-+]?[0-9_]+|[-+]?0x[0-9a-fA-F_]+)$/,
  /^\d{4}-\d\d-\d\d$|^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/,
];

/** Whether a plain text would be read as something else than a text. */
function resolves(text: string): boolean {
  return !text.startsWith('_') && implicit.some((pattern) => pattern.test(text));
}

/**
 * A word that would lead past the width gets a line of its own, and the space before it stays where
 * it was; at a line that is full to the last column the space becomes the break. (ruamel.yaml also
 * breaks after several spaces, and then reads one of them.)
 */
export function foldPlain(text: string, column: number, indent: number): string {
  let out = '';
  let at = column;
  const breakLine = () => {
    out += `\n${' '.repeat(indent)}`;
    at = indent;
  };
  let spaces = '';
  for (const part of text.split(/( +)/)) {
    const size = length(part);
    if (part === ' ' && at >= width) {
      breakLine();
      spaces = '';
      continue;
    }
    const word = !part.startsWith(' ');
    if (word && at + size > width && at > indent && spaces.length < 2) breakLine();
    spaces = word ? '' : part;
    out += part;
    at += size;
  }
  return out;
}

/** Breaks at the first single space after the line is full. */
function fold(text: string, column: number, indent: number): string {
  let out = '';
  let at = column;
  for (const [index, word] of text.split(' ').entries()) {
    const single = index > 0 && word !== '' && !out.endsWith(' ');
    if (single && at > width) {
      out += `\n${' '.repeat(indent)}${word}`;
      at = indent + length(word);
    } else {
      out += index === 0 ? word : ` ${word}`;
      at += length(word) + (index === 0 ? 0 : 1);
    }
  }
  return out;
}

function singleQuoted(text: string, column: number, indent: number, key: boolean): string {
  const quoted = text.replaceAll("'", "''");
  if (key) return `'${quoted}'`;
  return `'${foldQuoted(quoted, column + 1, indent)}'`;
}

/** As {@link fold}; a space at either end of the text must not become a break. */
function foldQuoted(text: string, column: number, indent: number): string {
  const inner = text.trim();
  if (inner === '') return text;
  const from = text.indexOf(inner);
  const head = text.slice(0, from);
  return head + fold(inner, column + head.length, indent) + text.slice(from + inner.length);
}

const escapes: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\u0007': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\u000b': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\u001b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\u0085': '\\N',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

/**
 * Breaks at a space past the width, or right behind an escape. The break stands for the space where
 * a reader would fold it back to one; elsewhere a backslash keeps it from counting. (ruamel.yaml
 * sometimes leaves the backslash out behind an escape, and then reads a space that was not there.)
 */
function doubleQuoted(text: string, column: number, indent: number, key: boolean): string {
  const chars = Array.from(text);
  let out = '"';
  let at = column + 1;
  /** Characters that need no escape and are not written yet. */
  let pending = '';
  /** A space that a line break stands for. */
  let skip = false;
  for (const [index, char] of chars.entries()) {
    if (skip) {
      skip = false;
      continue;
    }
    const escaped = escapeOf(char);
    const isEscape = escaped !== char;
    if (isEscape) {
      out += pending + escaped;
      at += length(pending) + escaped.length;
      pending = '';
    }
    // The escape just written does not count, which is how ruamel.yaml comes to its columns.
    const reached = at + (isEscape ? -1 : length(pending));
    const full = reached > width && index > 0 && index < chars.length - 1;
    if (!key && full && (char === ' ' || pending === '')) {
      // What comes next: the space itself, or what stands behind the escape.
      const next = isEscape ? chars[index + 1] : char;
      const mayFold = isEscape ? next === ' ' : pending !== '';
      const folds = mayFold && foldsBack(chars, index);
      out += `${pending}${folds ? '' : '\\'}\n${' '.repeat(indent)}`;
      at = indent;
      pending = '';
      if (folds) {
        skip = isEscape;
        continue;
      }
      // A space at the start of a line would be read as indentation.
      if (next === ' ') {
        out += '\\';
        at += 1;
      }
    }
    if (!isEscape) pending += char;
  }
  return `${out}${pending}"`;
}

/** Whether a line break in place of the space at `index` is read as that one space. */
function foldsBack(chars: readonly string[], index: number): boolean {
  if (chars[index - 1] === ' ' && chars[index] === ' ') return false;
  const space = chars.indexOf(' ', index);
  if (space === -1) return false;
  const lineBreak = chars.indexOf('\n', index);
  const end = lineBreak !== -1 && lineBreak < space ? lineBreak : space;
  if (chars[end] === '\n' && chars[end + 1] !== ' ') return false;
  const next = chars[end + 1];
  if (next === undefined || next === ' ' || next === '\n') return false;
  return !chars.slice(index, end).some((char) => char === '"' || char === "'");
}

/** Columns as the width counts them: characters. */
export function length(text: string): number {
  return Array.from(text).length;
}

function escapeOf(char: string): string {
  const known = escapes[char];
  if (known !== undefined) return known;
  if (isPrintable(char)) return char;
  const code = char.codePointAt(0) as number;
  if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
  if (code <= 0xffff) return `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`;
  return `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
}
