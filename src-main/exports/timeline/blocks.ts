/** Live blocks of notes as they are at the time of the export, in Markdown. */
import type { DiffSummary } from '../../contract/diff.ts';
import { cellOf, columnsOf } from '../../contract/note-block-columns.ts';
import type { RunRow } from '../../contract/runs.ts';
import { code, plain, short } from './cell-text.ts';

/** @param matching how many runs the filter finds, shown or not */
export function runsAsMarkdown(
  rows: readonly RunRow[],
  asked: readonly string[],
  matching: number,
): string {
  if (rows.length === 0) return '*No runs.*';
  const columns = columnsOf(rows, asked);
  const heads = ['Run', 'Status', ...columns.map(({ key }) => plain(key))];
  const lines = rows.map((run) => [
    plain(`${run.label} ${run.name}`),
    run.status.toLowerCase(),
    ...columns.map((column) => {
      const value = cellOf(run, column);
      return typeof value === 'number' ? short(value) : value === null ? '–' : code(value);
    }),
  ]);
  const table = [
    row(heads),
    row(['---', '---', ...columns.map(() => '---:')]),
    ...lines.map(row),
  ].join('\n');
  return rows.length < matching ? `${table}\n\n*${rows.length} of ${matching} runs.*` : table;
}

/** What differs between two sides, in short. */
export function diffAsMarkdown(summary: DiffSummary): string {
  const params = summary.params.filter((param) => param.change !== 'same');
  const metrics = summary.metrics.filter((metric) => metric.left !== metric.right);
  const counts = [
    counted(summary.code.length, 'file of the code', 'files of the code'),
    counted(differing(summary.data), 'tracked file', 'tracked files'),
    counted(differing(summary.environment), 'fact of the environment', 'facts of the environment'),
  ].filter((text) => text !== null);
  const rows = [
    ...params.map((one) => [plain(one.key), shown(one.left), shown(one.right), '']),
    ...metrics.map((one) => [
      plain(one.key),
      one.left === null ? '–' : short(one.left),
      one.right === null ? '–' : short(one.right),
      one.delta === null ? '' : `${one.delta > 0 ? '+' : ''}${short(one.delta)}`,
    ]),
  ];
  const table = [row(['', 'From', 'To', 'Change']), row(['---', '---:', '---:', '---:'])];
  return [
    `**${plain(summary.left.title)} → ${plain(summary.right.title)}**`,
    rows.length === 0 ? '' : [...table, ...rows.map(row)].join('\n'),
    counts.length > 0 ? `*Also ${counts.join(', ')}*` : '',
    rows.length + counts.length === 0 ? 'No difference.' : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function differing(all: readonly { readonly change: string }[]): number {
  return all.filter(({ change }) => change !== 'same').length;
}

function counted(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${count} ${count === 1 ? one : many}`;
}

function shown(value: string | null): string {
  return value === null ? '–' : code(value);
}

/** A pipe within code ends a cell of a table all the same. */
function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/(?<!\\)\|/g, '\\|')).join(' | ')} |`;
}
