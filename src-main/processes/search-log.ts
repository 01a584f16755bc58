/** Looking through a log of any size, a stretch at a time: neither its lines nor its bytes are held. */
import { open } from 'node:fs/promises';
import { errnoOf } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';

export interface LogMatch {
  /** Byte offset of the beginning of its line. */
  readonly offset: number;
  /** Number of its line, from 1. */
  readonly line: number;
}

const stretchBytes = 4 * 2 ** 20;
const newline = 0x0a;
const esc = String.fromCharCode(27);
const bell = String.fromCharCode(7);
/** What a terminal would obey and not show (ECMA-48). No line ends in it, so that lines keep their numbers. */
const escapes = new RegExp(
  `${esc}(?:\\[[0-9;:?]*[ -/]*[@-~]|\\][^${bell}${esc}\n]*(?:${bell}|${esc}\\\\)?|[=>78cDEHM])`,
  'g',
);

/**
 * The lines that hold a text, whatever its case; colours within do not count.
 * @param limit the first of them; `cut` says whether there are more
 */
export async function searchLog(
  path: string,
  text: string,
  limit: number,
  work: Work = {},
): Promise<{ matches: LogMatch[]; cut: boolean }> {
  const wanted = text.toLowerCase();
  const matches: LogMatch[] = [];
  let cut = false;
  await eachStretch(path, work, (bytes, offset, line) => {
    const hay = plainText(bytes).toLowerCase();
    if (!hay.includes(wanted)) return true;
    const places = linesWith(hay, wanted);
    let [from, number] = [0, 0];
    for (const place of places) {
      for (; number < place; number++) from = bytes.indexOf(newline, from) + 1;
      if (matches.length === limit) {
        cut = true;
        return false;
      }
      matches.push({ offset: offset + from, line: line + number });
    }
    return true;
  });
  return { matches, cut };
}

/** The numbers of the lines of a text, from 0, in which something stands. */
function linesWith(hay: string, wanted: string): number[] {
  const found: number[] = [];
  let [line, from] = [0, 0];
  for (let at = hay.indexOf(wanted); at !== -1; at = hay.indexOf(wanted, from)) {
    let end = hay.indexOf('\n', from);
    for (; end !== -1 && end < at; end = hay.indexOf('\n', from)) {
      line += 1;
      from = end + 1;
    }
    found.push(line);
    if (end === -1) break;
    line += 1;
    from = end + 1;
  }
  return found;
}

/** Where a line begins; the last one's beginning where there are fewer. */
export async function findLogLine(path: string, line: number, work: Work = {}): Promise<LogMatch> {
  let found: LogMatch = { offset: 0, line: 1 };
  await eachStretch(path, work, (bytes, offset, first) => {
    let [from, number] = [0, first];
    while (number < line) {
      const end = bytes.indexOf(newline, from);
      if (end === -1 || end + 1 >= bytes.length) break;
      from = end + 1;
      number += 1;
    }
    if (bytes.length > 0) found = { offset: offset + from, line: number };
    return number < line;
  });
  return found;
}

function plainText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes(esc) ? text.replace(escapes, '') : text;
}

/** Whole lines, as many as a stretch holds; a line that is longer than that comes in parts. */
async function eachStretch(
  path: string,
  work: Work,
  use: (bytes: Buffer, offset: number, line: number) => boolean,
): Promise<void> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  });
  if (file === null) return;
  try {
    const { size } = await file.stat();
    const buffer = Buffer.alloc(Math.min(stretchBytes, size));
    let line = 1;
    for (let offset = 0; offset < size; ) {
      work.signal?.throwIfAborted();
      const { bytesRead } = await file.read(
        buffer,
        0,
        Math.min(buffer.length, size - offset),
        offset,
      );
      if (bytesRead === 0) return;
      const last = buffer.subarray(0, bytesRead).lastIndexOf(newline);
      const atEnd = offset + bytesRead >= size;
      const bytes = buffer.subarray(0, atEnd || last === -1 ? bytesRead : last + 1);
      if (!use(bytes, offset, line)) return;
      for (let at = bytes.indexOf(newline); at !== -1; at = bytes.indexOf(newline, at + 1))
        line += 1;
      offset += bytes.length;
      work.onProgress?.({ phase: 'log', done: offset, total: size, unit: 'bytes' });
    }
  } finally {
    await file.close();
  }
}
