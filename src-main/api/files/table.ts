/** The first rows of a table, as they are written. */
import type { Output, ParsedInput } from '../../contract/index.ts';
import { openCsv, openParquet } from '../../diffing/index.ts';
import type { HandlerContext } from '../../rpc/index.ts';
import { readJsonTable } from './json-table.ts';
import type { RunFileContent } from './locate.ts';

const mostColumns = 300;
/** Of all cells together. */
const mostCells = 2_000_000;
const longestCell = 1000;
const rowsAtOnce = 1000;

/** @throws CairnError for what is no table, or a broken one */
export async function readTable(
  content: RunFileContent,
  isParquet: boolean,
  limit: ParsedInput<'files.table'>['limit'],
  call: HandlerContext<'files.table'>,
): Promise<Output<'files.table'>> {
  const { file, path } = content;
  await using source = isParquet
    ? await openParquet(file, path, limit)
    : await openCsv(file, path, (cell) => cell);
  const columns = source.columns.slice(0, mostColumns);
  const most = Math.min(limit, Math.ceil(mostCells / Math.max(1, columns.length)));
  let sent = 0;
  let cut = false;
  for await (const batch of source.batches(() => {})) {
    call.signal.throwIfAborted();
    if (sent >= most) {
      cut = batch.rows > 0;
      break;
    }
    const values: (readonly (string | null)[])[] = [];
    for (const index of columns.keys()) values.push(await batch.column(index));
    const end = Math.min(batch.rows, most - sent);
    cut = end < batch.rows;
    for (let from = 0; from < end; from += rowsAtOnce) {
      const to = Math.min(end, from + rowsAtOnce);
      const rows = Array.from({ length: to - from }, (_, at) =>
        values.map((column) => shorten(column[from + at] ?? null)),
      );
      await call.emit({ rows });
    }
    sent += end;
    if (cut) break;
  }
  return {
    columns: columns.map(({ name, type }) => ({ name: shorten(name) ?? '', type })),
    moreColumns: source.columns.length - columns.length,
    cut,
    notes: [...source.notes],
  };
}

/** The same of a table in JSON, which is read as a whole. @throws CairnError as `readJsonTable` */
export async function sendJsonTable(
  text: string,
  path: string,
  limit: ParsedInput<'files.table'>['limit'],
  call: HandlerContext<'files.table'>,
): Promise<Output<'files.table'>> {
  const table = readJsonTable(text, path);
  const columns = table.columns.slice(0, mostColumns);
  const most = Math.min(limit, Math.ceil(mostCells / Math.max(1, columns.length)));
  const rows = table.rows.slice(0, most);
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    call.signal.throwIfAborted();
    const some = rows.slice(from, from + rowsAtOnce);
    await call.emit({ rows: some.map((row) => row.slice(0, mostColumns).map(shorten)) });
  }
  return {
    columns: columns.map((name) => ({ name: shorten(name) ?? '', type: null })),
    moreColumns: table.columns.length - columns.length,
    cut: rows.length < table.rows.length,
    notes: [],
  };
}

function shorten(text: string | null): string | null {
  return text !== null && text.length > longestCell
    ? `${text.slice(0, longestCell).toWellFormed()}…`
    : text;
}
