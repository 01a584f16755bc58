/** Tables as CSV: RFC 4180 with line feeds, as pandas and R write it. */
import { writeSync } from 'node:fs';
import type { Cell, Column, TableWriter } from './table.ts';

/** @param file descriptor of the open file */
export function csvWriter(file: number, columns: readonly Column[]): TableWriter {
  writeSync(file, csvLine(columns.map((column) => column.name)));
  return {
    write(batch) {
      const rows = batch[0]?.length ?? 0;
      let text = '';
      for (let row = 0; row < rows; row++) {
        text += csvLine(
          columns.map((column, index) => toText(column, batch[index]?.[row] ?? null)),
        );
      }
      writeSync(file, text);
    },
    end() {},
  };
}

function toText(column: Column, cell: Cell): string {
  if (cell === null) return '';
  if (column.type === 'time') return new Date(Number(cell)).toISOString();
  if (typeof cell === 'string') return cell;
  // What pandas and R read back as infinite.
  if (cell === Number.POSITIVE_INFINITY) return 'inf';
  return cell === Number.NEGATIVE_INFINITY ? '-inf' : String(cell);
}

/** One line of cells, quoted where they have to be. */
export function csvLine(cells: readonly string[]): string {
  return `${cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',')}\n`;
}
