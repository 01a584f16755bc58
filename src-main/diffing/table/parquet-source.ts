/** A Parquet file, a row group and a column at a time. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import {
  type AsyncBuffer,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { CairnError } from '../../base/errors.ts';
import { PositionalFile } from '../../formats/positional.ts';
import { canonicalValue, type TableSource } from './source.ts';

/** Rows of one group, all of which are in memory for one column at a time. */
const maxGroupRows = 20_000_000;
const maxPage = 512 * 2 ** 20;
const maxFooter = 64 * 2 ** 20;

/**
 * @param most rows at the beginning that are read; all unless told
 * @throws CairnError `corrupt` for a broken file, `unsupported` for a way of packing nobody reads
 */
export async function openParquet(
  path: string,
  name: string,
  most = Number.POSITIVE_INFINITY,
): Promise<TableSource> {
  const file = await PositionalFile.open(path);
  try {
    const buffer = bufferOf(file);
    const metadata = await readFooter(file, buffer, name);
    const columns = parquetSchema(metadata).children.map(({ element }) => ({
      name: element.name,
      type: typeOf(element),
    }));
    return {
      columns,
      size: file.size,
      notes: [],
      batches: (done) => readGroups(buffer, metadata, columns, name, most, done),
      [Symbol.asyncDispose]: () => file[Symbol.asyncDispose](),
    };
  } catch (error) {
    await file[Symbol.asyncDispose]();
    throw error;
  }
}

async function* readGroups(
  buffer: AsyncBuffer,
  metadata: FileMetaData,
  columns: TableSource['columns'],
  name: string,
  most: number,
  done: (bytes: number) => void,
): ReturnType<TableSource['batches']> {
  const scan = await guarded(name, () => parquetScan({ file: buffer, metadata, compressors }));
  let read = 0;
  for (const { rowStart, rowEnd: groupEnd } of scan.ranges) {
    if (rowStart > most) return;
    // One more than is wanted tells that there are more.
    const rowEnd = Math.min(groupEnd, most + 1);
    const raw = async (index: number): Promise<ArrayLike<unknown>> => {
      const column = columns[index]?.name ?? '';
      const values = await guarded(name, () => scan.readColumn({ column, rowStart, rowEnd }));
      if (values.length !== rowEnd - rowStart) throw broken(name);
      read += buffer.byteLength / columns.length / scan.ranges.length;
      done(Math.min(buffer.byteLength, read));
      return values as ArrayLike<unknown>;
    };
    yield {
      start: rowStart,
      rows: rowEnd - rowStart,
      column: async (index) => Array.from(await raw(index), canonicalValue),
      some: async (index, rows) => {
        const values = await raw(index);
        return rows.map((at) => canonicalValue(values[at]));
      },
    };
  }
}

async function readFooter(file: PositionalFile, buffer: AsyncBuffer, name: string) {
  // The length that the file claims for its own description is checked before it is read.
  const tail = await file.read(Math.max(0, file.size - 8), Math.min(8, file.size));
  const length = tail.length === 8 ? tail.readUInt32LE(0) : 0;
  if (tail.toString('latin1', 4) !== 'PAR1' || length > Math.min(maxFooter, file.size - 12)) {
    throw broken(name);
  }
  const metadata = await guarded(name, () => parquetMetadataAsync(buffer));
  for (const { num_rows: rows } of metadata.row_groups) {
    if (rows < 0n || rows > maxGroupRows) {
      throw new CairnError(
        'unsupported',
        `${name} has groups of more rows than can be held at once.`,
      );
    }
  }
  return metadata;
}

async function guarded<T>(name: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CairnError) throw error;
    const message = error instanceof Error ? error.message : '';
    if (message.includes('unsupported compression')) {
      throw new CairnError('unsupported', `${name} is packed in a way that is not read here.`, {
        cause: error,
      });
    }
    throw broken(name, error);
  }
}

function broken(name: string, cause?: unknown): CairnError {
  return new CairnError('corrupt', `${name} is no whole Parquet file.`, { cause });
}

function bufferOf(file: PositionalFile): AsyncBuffer {
  const read = async (start: number, end = file.size): Promise<ArrayBuffer> => {
    const from = start < 0 ? file.size + start : start;
    const length = Math.min(end, file.size) - from;
    // Places in a damaged file may be no numbers at all.
    if (!(from >= 0 && length >= 0)) throw broken(file.path);
    const bytes = await file.read(from, length);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + length) as ArrayBuffer;
  };
  return {
    byteLength: file.size,
    slice: (start, end) => {
      const bytes = read(start, end);
      // The library reads ahead, and may stop before it looks at what it asked for.
      bytes.catch(() => {});
      return bytes;
    },
  };
}

function checked(unpack: (input: Uint8Array, length: number) => Uint8Array): Compressors['SNAPPY'] {
  return (input, length) => {
    if (length < 0 || length > maxPage) throw new Error('a page of this size is not unpacked');
    return unpack(input, length);
  };
}

const limits = (length: number) => ({ maxOutputLength: Math.max(1, length) });

const compressors: Compressors = {
  SNAPPY: checked((input, length) => {
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  }),
  GZIP: checked((input, length) => gunzipSync(input, limits(length))),
  ZSTD: checked((input, length) => zstdDecompressSync(input, limits(length))),
  BROTLI: checked((input, length) => brotliDecompressSync(input, limits(length))),
};

function typeOf(element: ReturnType<typeof parquetSchema>['element']): string {
  const {
    type,
    logical_type: logical,
    converted_type: converted,
    num_children: children,
  } = element;
  const name = logical?.type ?? converted ?? type ?? (children === undefined ? 'unknown' : 'group');
  return name.toLowerCase();
}
