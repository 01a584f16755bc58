/** Two tables: how many rows came, went and changed, which columns, and the first of the rows. */
import type { ColumnChange, RowChange, TableDiff } from '../../../contract/diff-table.ts';
import type { Input } from '../../../contract/index.ts';
import { number, oneLine, paint, print, printJson, table } from '../output.ts';
import type { CliSession, GlobalOptions } from '../session.ts';

const shownRows = 40;
const shownCells = 12;

export async function diffTables(
  cli: CliSession,
  options: GlobalOptions,
  pair: Pick<Input<'diff.table'>, 'left' | 'right'>,
): Promise<void> {
  const diff = await cli.call('diff.table', { ...pair, limit: options.json ? 5000 : shownRows });
  if (options.json) return printJson(diff);
  const { rows, key } = diff;
  const by = key.length === 0 ? 'by position' : `by ${key.join(', ')}`;
  print(
    `${rows.left} → ${rows.right} rows ${by}: ${rows.added} added, ${rows.removed} removed, ${rows.modified} changed, ${rows.same} the same`,
  );
  for (const note of diff.notes) print(paint('dim', note));
  printColumns(diff.columns.filter((one) => one.change !== 'same' || isDrifting(one)));
  printRows(diff);
}

function isDrifting({ drift }: ColumnChange): boolean {
  return drift !== null && drift.level !== 'none';
}

function printColumns(columns: readonly ColumnChange[]): void {
  if (columns.length === 0) return;
  const rows = columns.map((one) => [
    oneLine(one.name, 40),
    one.change,
    one.changedRows === null ? '' : number(one.changedRows),
    summary(one.left),
    summary(one.right),
    one.drift === null ? '' : `${one.drift.measure} ${number(one.drift.value)} ${one.drift.level}`,
  ]);
  print(`\n${table(['column', 'change', 'rows', 'before', 'after', 'drift'], rows, [2])}`);
}

function summary(stats: ColumnChange['left']): string {
  if (stats === null) return '–';
  const missing = stats.missing === 0 ? '' : `, ${number(stats.missing)} missing`;
  if (stats.mean !== null)
    return `mean ${number(stats.mean)} ± ${number(stats.std ?? 0)}${missing}`;
  const [first] = stats.top;
  return (
    oneLine(first === undefined ? `${stats.count} values` : `mostly ${first.value}`, 30) + missing
  );
}

function printRows({ shown, shownColumns, key, rows }: TableDiff): void {
  if (shown.length === 0) return;
  const keys = key.map((name) => shownColumns.indexOf(name));
  const head = ['', 'row', ...key, 'values'];
  const lines = shown.map((row) => {
    const values = row.right ?? row.left ?? [];
    const sign = { added: '+', removed: '−', modified: '~' }[row.change];
    return [
      sign,
      String(row.rightRow ?? row.leftRow),
      ...keys.map((at) => oneLine(values[at] ?? '', 30)),
      oneLine(cellsOf(row, shownColumns, keys), 110),
    ];
  });
  print(`\n${table(head, lines)}`);
  const differing = rows.added + rows.removed + rows.modified;
  if (differing > shown.length) print(`… and ${differing - shown.length} more rows.`);
}

function cellsOf(row: RowChange, names: readonly string[], keys: readonly number[]): string {
  const { left, right, changed } = row;
  if (row.change === 'modified') {
    return changed
      .map((at) => `${names[at]}: ${left?.[at] ?? '–'} → ${right?.[at] ?? '–'}`)
      .join(', ');
  }
  return (right ?? left ?? [])
    .flatMap((value, at) => (keys.includes(at) || value === null ? [] : [`${names[at]}: ${value}`]))
    .slice(0, shownCells)
    .join(', ');
}
