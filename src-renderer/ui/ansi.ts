/**
 * Terminal colours (ECMA-48 SGR sequences) as spans. Everything else a terminal would obey is left
 * out: a log is text, and moves no cursor.
 */
export interface AnsiStyle {
  readonly color: string | null;
  readonly background: string | null;
  readonly bold: boolean;
  readonly dim: boolean;
  readonly italic: boolean;
  readonly underline: boolean;
  readonly struck: boolean;
  /** Text and background changed for each other. */
  readonly inverse: boolean;
}

export interface AnsiSpan {
  /** Where it begins in the line. */
  readonly at: number;
  readonly text: string;
  readonly style: AnsiStyle;
}

export const plain: AnsiStyle = {
  color: null,
  background: null,
  bold: false,
  dim: false,
  italic: false,
  underline: false,
  struck: false,
  inverse: false,
};

const names = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'] as const;
const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
// CSI sequences, OSC sequences up to their terminator, and other two-character escapes.
const escapes = new RegExp(
  `${esc}(?:\\[([0-9;:]*)([ -/]*[@-~])|\\][^${bell}${esc}]*(?:${bell}|${esc}\\\\)?|[=>78cDEHM])`,
  'g',
);

/** Splits a line into spans; `style` is what the lines before left on. */
export function parseAnsi(
  line: string,
  style: AnsiStyle = plain,
): { spans: AnsiSpan[]; style: AnsiStyle } {
  const spans: AnsiSpan[] = [];
  let current = style;
  let from = 0;
  const add = (at: number, to?: number): void => {
    const text = printable(line.slice(at, to));
    if (text !== '') spans.push({ at, text, style: current });
  };
  for (const match of line.matchAll(escapes)) {
    add(from, match.index);
    from = match.index + match[0].length;
    if (match[2] === 'm') current = applyCodes(current, match[1] ?? '');
  }
  add(from);
  return { spans, style: current };
}

/** The style that a line leaves on for the next. */
export function styleAfter(line: string, style: AnsiStyle): AnsiStyle {
  return line.includes(esc) ? parseAnsi(line, style).style : style;
}

/** The text of a line without any escape. */
export function stripAnsi(line: string): string {
  return line.includes(esc) ? printable(line.replace(escapes, '')) : printable(line);
}

/** Control characters that would otherwise be invisible, or an escape that was cut off. */
function printable(text: string): string {
  return [...text].some(isControl)
    ? [...text].map((character) => (isControl(character) ? '�' : character)).join('')
    : text;
}

function isControl(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code < 32 && code !== 9) || code === 127;
}

function applyCodes(style: AnsiStyle, codes: string): AnsiStyle {
  const list = codes === '' ? [0] : codes.split(/[;:]/).map(Number);
  let next: AnsiStyle = style;
  for (let i = 0; i < list.length; i++) {
    const code = list[i] ?? 0;
    if (code === 38 || code === 48) {
      const { color, used } = extendedColor(list.slice(i + 1));
      next = code === 38 ? { ...next, color } : { ...next, background: color };
      i += used;
    } else next = applyCode(next, code);
  }
  return next;
}

function applyCode(style: AnsiStyle, code: number): AnsiStyle {
  if (code === 0) return plain;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 3) return { ...style, italic: true };
  if (code === 4) return { ...style, underline: true };
  if (code === 7) return { ...style, inverse: true };
  if (code === 9) return { ...style, struck: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 23) return { ...style, italic: false };
  if (code === 24) return { ...style, underline: false };
  if (code === 27) return { ...style, inverse: false };
  if (code === 29) return { ...style, struck: false };
  if (code === 39) return { ...style, color: null };
  if (code === 49) return { ...style, background: null };
  if (code >= 30 && code <= 37) return { ...style, color: named(code - 30) };
  if (code >= 90 && code <= 97) return { ...style, color: bright(code - 90) };
  if (code >= 40 && code <= 47) return { ...style, background: named(code - 40) };
  if (code >= 100 && code <= 107) return { ...style, background: bright(code - 100) };
  return style;
}

function named(index: number): string {
  return `var(--ansi-${names[index]})`;
}

/** A bright colour is no other on a page, but for black: what is written in it steps back. */
function bright(index: number): string {
  return index === 0 ? 'var(--ansi-gray)' : named(index);
}

/** `5;n` (256 colours) or `2;r;g;b`, and how many codes it took. */
function extendedColor(codes: readonly number[]): { color: string | null; used: number } {
  if (codes[0] === 2) {
    const [r = 0, g = 0, b = 0] = codes.slice(1, 4).map((value) => Math.min(255, value || 0));
    return { color: `rgb(${r} ${g} ${b})`, used: 4 };
  }
  if (codes[0] !== 5) return { color: null, used: 0 };
  const index = codes[1] ?? 0;
  if (index < 8) return { color: named(index), used: 2 };
  if (index < 16) return { color: bright(index - 8), used: 2 };
  if (index >= 232) {
    const grey = 8 + (Math.min(index, 255) - 232) * 10;
    return { color: `rgb(${grey} ${grey} ${grey})`, used: 2 };
  }
  const cube = index - 16;
  const level = (value: number): number => (value === 0 ? 0 : 55 + value * 40);
  const [r, g, b] = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(level);
  return { color: `rgb(${r} ${g} ${b})`, used: 2 };
}
