/** A table's file. */
import { statSync } from 'node:fs';
import { csvWriter } from './csv.ts';
import { parquetWriter } from './parquet.ts';
import type { Cell, Column } from './table.ts';
import { writeWholeFile } from './whole-file.ts';

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
  const { path, format } = target;
  const rows = await writeWholeFile(target, async (file, temporary) => {
    let written = 0;
    const writer = format === 'csv' ? csvWriter(file, columns) : parquetWriter(temporary, columns);
    for await (const batch of batches) {
      written += batch[0]?.length ?? 0;
      writer.write(batch);
    }
    writer.end();
    return written;
  });
  return { path, rows, bytes: statSync(path).size };
}
