/** A table's file: written beside its place, moved there when it is whole. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import { csvWriter } from './csv.ts';
import { parquetWriter } from './parquet.ts';
import type { Cell, Column } from './table.ts';

export interface ExportTarget {
  /** Absolute. */
  readonly path: string;
  readonly format: 'csv' | 'parquet';
  readonly overwrite: boolean;
}

export interface Exported {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Writes the batches of a table to a file.
 * @throws CairnError `conflict` when there is a file already and it may not be overwritten
 */
export async function writeTable(
  target: ExportTarget,
  columns: readonly Column[],
  batches: AsyncIterable<readonly (readonly Cell[])[]> | Iterable<readonly (readonly Cell[])[]>,
): Promise<Exported> {
  const { path, format, overwrite } = target;
  if (!overwrite && existsSync(path)) {
    throw new CairnError(
      'conflict',
      `${path} exists already. Choose another name, or overwrite it.`,
    );
  }
  const temporary = `${path}.${newId().slice(0, 8)}.part`;
  let rows = 0;
  let file: number | null = null;
  try {
    mkdirSync(dirname(path), { recursive: true });
    file = openSync(temporary, 'wx');
    const writer = format === 'csv' ? csvWriter(file, columns) : parquetWriter(temporary, columns);
    for await (const batch of batches) {
      rows += batch[0]?.length ?? 0;
      writer.write(batch);
    }
    writer.end();
    fsyncSync(file);
    closeSync(file);
    file = null;
    renameSync(temporary, path);
    return { path, rows, bytes: statSync(path).size };
  } catch (error) {
    if (file !== null) closeSync(file);
    rmSync(temporary, { force: true });
    throw asCairnError(error);
  }
}
