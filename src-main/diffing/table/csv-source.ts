/** A CSV file, plain or packed with gzip, read from the beginning as often as needed. */
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { CairnError } from '../../base/errors.ts';
import { encodingOf } from '../decode.ts';
import { CsvParser, guessDelimiter } from './csv-parser.ts';
import { canonicalText, type TableBatch, type TableColumn, type TableSource } from './source.ts';

/** Heads of tens of thousands of names must fit. */
const sampleBytes = 2 << 20;
const guessedChars = 64 * 1024;
const batchRows = 4000;
/** Wide tables come in fewer rows at a time. */
const batchCells = 400_000;
const pieceBytes = 1 << 20;
/** Unpacked bytes for every packed one before it is a bomb. */
const maxRatio = 200;

/**
 * @param file absolute path
 * @param name as the user knows it; its extension may tell the delimiter
 * @param cellOf what a cell counts as; one notation for equal values unless told
 * @throws CairnError `corrupt` or `unsupported` for what is no such table
 */
export async function openCsv(
  file: string,
  name: string,
  cellOf: (text: string) => string | null = canonicalText,
): Promise<TableSource> {
  const { size } = await stat(file);
  const start = await firstBytes(file, sampleBytes);
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  const sampleOf = packed ? unpackStart(start) : start;
  const encoding = encodingOf(sampleOf, false);
  if (encoding === null) throw new CairnError('unsupported', `${name} is binary, not a table.`);
  const sample = new TextDecoder(encoding).decode(sampleOf, { stream: true });
  const delimiter = guessDelimiter(sample.slice(0, guessedChars), name);
  const [first, second] = firstRows(sample, delimiter, name);
  const head = looksLikeHead(first, second);
  const columns = head
    ? columnNames(first)
    : first.map((_, index) => column(`column ${index + 1}`));
  const notes = head ? [] : [`${name} has no head; its columns are called by their position.`];
  const wanted = Math.min(batchRows, Math.ceil(batchCells / columns.length));
  let ragged = 0;
  return {
    columns,
    size,
    notes,
    async *batches(done) {
      ragged = 0;
      let number = 0;
      let rows: string[][] = [];
      let skipped = !head;
      for await (const parsed of parse(file, packed, encoding, delimiter, name, size, done)) {
        for (const row of parsed) {
          if (!skipped) {
            skipped = true;
            continue;
          }
          if (row.length > columns.length) ragged++;
          rows.push(row);
          if (rows.length < wanted) continue;
          yield batchOf(rows, number, cellOf);
          number += rows.length;
          rows = [];
        }
      }
      if (rows.length > 0) yield batchOf(rows, number, cellOf);
      const sentence = `${name} has rows with more cells than its head; those were left out.`;
      if (ragged > 0 && !notes.includes(sentence)) notes.push(sentence);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

function batchOf(
  rows: readonly string[][],
  start: number,
  cellOf: (text: string) => string | null,
): TableBatch {
  const value = (row: readonly string[] | undefined, index: number) => {
    const cell = row?.[index];
    return cell === undefined ? null : cellOf(cell);
  };
  return {
    start,
    rows: rows.length,
    column: async (index) => rows.map((row) => value(row, index)),
    some: async (index, wanted) => wanted.map((at) => value(rows[at], index)),
  };
}

async function* parse(
  file: string,
  packed: boolean,
  encoding: string,
  delimiter: string,
  name: string,
  size: number,
  done: (bytes: number) => void,
): AsyncIterable<string[][]> {
  const decoder = new TextDecoder(encoding);
  const parser = new CsvParser(delimiter, name);
  const raw = createReadStream(file, { highWaterMark: pieceBytes });
  const bytes = packed ? raw.pipe(createGunzip({ chunkSize: pieceBytes })) : raw;
  raw.on('error', (error) => bytes.destroy(error));
  let unpacked = 0;
  try {
    for await (const chunk of bytes) {
      unpacked += (chunk as Buffer).length;
      if (packed && unpacked > pieceBytes + size * maxRatio) {
        throw new CairnError('unsupported', `${name} would unpack to far more than it can hold.`);
      }
      yield parser.push(decoder.decode(chunk as Buffer, { stream: true }));
      done(raw.bytesRead);
    }
  } catch (error) {
    if (error instanceof CairnError) throw error;
    throw new CairnError('corrupt', `${name} could not be read to its end.`, { cause: error });
  } finally {
    raw.destroy();
  }
  yield parser.push(decoder.decode());
  yield parser.end();
}

function firstRows(sample: string, delimiter: string, name: string): [string[], string[]] {
  const parser = new CsvParser(delimiter, name);
  const rows = parser.push(sample);
  // The sample is the whole file, or ends within a head that is too long for anyone.
  const [first, second = []] = rows.length > 0 ? rows : parser.end();
  if (first === undefined) throw new CairnError('unsupported', `${name} has no rows.`);
  return [first, second];
}

/** Names are unlike each other and no numbers; a file of numbers alone has no head. */
function looksLikeHead(first: readonly string[], second: readonly string[]): boolean {
  const isNumber = (text: string) => text.trim() !== '' && Number.isFinite(Number(text));
  if (first.some(isNumber)) return false;
  const names = first.filter((text) => text.trim() !== '');
  return new Set(names).size === names.length && (names.length > 0 || second.length > 0);
}

function columnNames(head: readonly string[]): TableColumn[] {
  return head.map((name, index) =>
    column(name.trim() === '' ? `column ${index + 1}` : name.trim()),
  );
}

function column(name: string): TableColumn {
  return { name, type: null };
}

async function firstBytes(path: string, count: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

function unpackStart(start: Buffer): Buffer {
  try {
    // The sample ends within the packed data; what is whole comes out all the same.
    const finishFlush = 2;
    return gunzipSync(start, { finishFlush, maxOutputLength: 64 * 2 ** 20 }).subarray(
      0,
      sampleBytes,
    );
  } catch {
    return Buffer.of(0);
  }
}
