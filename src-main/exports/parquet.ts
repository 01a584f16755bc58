/** Tables as Parquet: every column optional, texts as UTF8, times as milliseconds in UTC. */
import { fileWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import { programVersion } from '../base/program-folder.ts';
import type { Cell, Column, TableWriter } from './table.ts';

/** Rows that are kept until they make a group. */
const groupRows = 100_000;

export function parquetWriter(path: string, columns: readonly Column[]): TableWriter {
  const writer = new ParquetWriter({
    writer: fileWriter(path),
    schema: [{ name: 'root', num_children: columns.length }, ...columns.map(element)],
    createdBy: `cairn version ${programVersion()}`,
  });
  let held: Cell[][] = columns.map(() => []);
  const flush = () => {
    if ((held[0]?.length ?? 0) === 0) return;
    const columnData = columns.map((column, index) => ({
      name: column.name,
      data: (held[index] ?? []).map((cell) => toParquet(column, cell)),
    }));
    writer.write({ columnData, rowGroupSize: groupRows });
    held = columns.map(() => []);
  };
  return {
    write(batch) {
      batch.forEach((cells, index) => {
        const column = held[index] as Cell[];
        for (const cell of cells) column.push(cell);
      });
      if ((held[0]?.length ?? 0) >= groupRows) flush();
    },
    end() {
      flush();
      writer.finish();
    },
  };
}

function element(column: Column): SchemaElement {
  const { name } = column;
  const optional = { name, repetition_type: 'OPTIONAL' } as const;
  if (column.type === 'number') return { ...optional, type: 'DOUBLE' };
  if (column.type === 'time') {
    return { ...optional, type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' };
  }
  return { ...optional, type: 'BYTE_ARRAY', converted_type: 'UTF8' };
}

function toParquet(column: Column, cell: Cell): string | number | Date | undefined {
  if (cell === null) return undefined;
  return column.type === 'time' ? new Date(cell) : cell;
}
