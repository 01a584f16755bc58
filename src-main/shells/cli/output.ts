/** How the command line prints: tables, sizes, durations, JSON, errors. */
import { once } from 'node:events';
import { formatBytes } from '../../base/bytes.ts';
import { asCairnError, errnoOf } from '../../base/errors.ts';

const colours = { dim: 2, bold: 1, red: 31, green: 32, yellow: 33, blue: 34 } as const;

/** Colours a text on a terminal that wants it (https://no-color.org). */
export function paint(colour: keyof typeof colours, text: string): string {
  const wanted = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  return wanted ? `\u001b[${colours[colour]}m${text}\u001b[0m` : text;
}

export function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Waits for a reader that is slower than the writer: a log of any size must not pile up here. */
export async function printBytes(bytes: Uint8Array): Promise<void> {
  if (!process.stdout.write(bytes)) await once(process.stdout, 'drain');
}

/** One JSON document, for programs. Typed arrays become arrays; NaN and infinities strings. */
export function printJson(value: unknown): void {
  print(
    JSON.stringify(
      value,
      (_key, part: unknown) => {
        if (ArrayBuffer.isView(part)) return Array.from(part as unknown as ArrayLike<number>);
        if (typeof part === 'number' && !Number.isFinite(part)) return String(part);
        return part;
      },
      2,
    ),
  );
}

/** Prints the sentence, or with `json` an object with code and place; sets the exit code. */
export function printError(thrown: unknown, json: boolean): void {
  const error = asCairnError(thrown);
  if (json) {
    printJson({ error: { code: error.code, message: error.message, place: error.place } });
  } else {
    process.stderr.write(`cairn: ${oneLine(error.message)}\n`);
  }
  if (process.env.CAIRN_DEBUG !== undefined)
    process.stderr.write(`${error.stack}\n${error.cause}\n`);
  process.exitCode ||= error.code === 'cancelled' ? 130 : 1;
}

/** Says what became of the output when it cannot be written; call once. */
export function guardStreams(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      // Whoever reads has seen enough (`| head`): no error, and nothing more to say.
      if (errnoOf(error) === 'EPIPE') process.exit();
      // A full disk behind `>`. A runner, whose troubles nobody can be told then, goes on.
      if (stream === process.stdout) printError(error, false);
      process.exitCode = 1;
    });
  }
}

/** Columns padded to the widest cell; `right` aligns the columns of these indices to the right. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const widths = head.map((title, column) =>
    Math.max(width(title), ...rows.map((row) => width(row[column] ?? ''))),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, (widths[column] ?? 0) - width(cell)));
        return right.includes(column) ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return [paint('dim', line(head)), ...rows.map(line)].join('\n');
}

/** Cells that a terminal gives to a text: two for Chinese, Japanese and Korean characters. */
export function width(text: string): number {
  let cells = 0;
  for (const char of stripColours(text)) {
    const code = char.codePointAt(0) ?? 0;
    const wide =
      (code >= 0x1100 && code <= 0x115f) ||
      (code >= 0x2e80 && code <= 0xa4cf) ||
      (code >= 0xac00 && code <= 0xd7a3) ||
      (code >= 0xf900 && code <= 0xfaff) ||
      (code >= 0xfe30 && code <= 0xfe6f) ||
      (code >= 0xff00 && code <= 0xff60) ||
      (code >= 0x1f300 && code <= 0x1faff) ||
      (code >= 0x20000 && code <= 0x3fffd);
    cells += wide ? 2 : 1;
  }
  return cells;
}

function stripColours(text: string): string {
  return text
    .split('\u001b[')
    .map((part, index) => (index === 0 ? part : part.slice(part.indexOf('m') + 1)))
    .join('');
}

/** Keeps a table in shape: line breaks and control characters become spaces, long texts are cut. */
export function oneLine(text: string, limit = Number.POSITIVE_INFINITY): string {
  const flat = Array.from(text, (char) => (char < ' ' || char === '\u007f' ? ' ' : char)).join('');
  return flat.length > limit ? `${flat.slice(0, limit - 1)}…` : flat;
}

/** `1.2 MB` */
export function size(bytes: number | null): string {
  if (bytes === null) return '';
  return formatBytes(bytes);
}

/** `2026-11-21 20:15:03` by the clock of this machine, whatever the locale: it sorts. '' for what is no time. */
export function localTime(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return '';
  return new Date(at - date.getTimezoneOffset() * 60_000)
    .toISOString()
    .slice(0, 19)
    .replace('T', ' ');
}

/** `3 m 12 s` */
export function duration(ms: number | null): string {
  if (ms === null) return '';
  if (ms < 1000) return `${Math.round(ms)} ms`;
  const seconds = Math.round(ms / 100) / 10;
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return hours > 0 ? `${hours} h ${minutes} m` : `${minutes} m ${Math.round(seconds % 60)} s`;
}

/** Four digits that matter. */
export function number(value: number | null): string {
  if (value === null) return '';
  if (Number.isInteger(value) && Math.abs(value) < 1e15) return String(value);
  return String(Number(value.toPrecision(4)));
}
