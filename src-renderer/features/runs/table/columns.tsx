import type { Aggregate, Cell } from '../../../client/index.ts';
import {
  Absent,
  type AppColumn,
  Duration,
  formatNumber,
  LiveDuration,
  MiddleEllipsis,
  NumberText,
  RelativeTime,
  RunStatusBadge,
  Size,
  StatusBadge,
} from '../../../ui/index.ts';
import type { GroupLine, Line, RunLine } from './lines.ts';
import { GroupName, RunName } from './Names.tsx';
import css from './table.module.css';
import { type ColumnSpec, fieldOf, type View } from './view.ts';

/** What the cells and headers say beside values. */
export interface ColumnWords {
  /** Of a column of every run, by its id. */
  readonly name: (id: string) => string;
  /** How many different values the runs of a group have. */
  readonly different: (count: number) => string;
  readonly summary: (summary: View['summary']) => string;
  readonly none: string;
}

const numericKinds: readonly ColumnSpec['kind'][] = ['metric', 'param'];
const numericAttributes = ['duration', 'memory', 'cpu', 'exit_code'];
const attributeWidths: Readonly<Record<string, number>> = {
  status: 104,
  created: 128,
  ended: 128,
  duration: 92,
  command: 320,
  note: 240,
  error: 240,
  experiment: 140,
};

/** The column of the table for a field. */
export function tableColumn(
  spec: ColumnSpec,
  view: View,
  words: ColumnWords,
  onFold: (key: string) => void,
): AppColumn<Line> {
  const width = view.columns.find((column) => column.field === spec.id)?.width;
  if (spec.kind === 'run') {
    return {
      id: 'run',
      header: words.name('run'),
      width: width ?? 240,
      value: nothing,
      cell: (line) =>
        line.kind === 'run' ? (
          <RunName line={line} onFold={onFold} />
        ) : (
          <GroupName line={line} onFold={onFold} />
        ),
    };
  }
  const field = fieldOf(spec, view);
  const isOwn = spec.kind === 'attribute';
  const header = isOwn ? words.name(spec.id) : shortHeader(spec.key);
  const isNumeric = numericKinds.includes(spec.kind) || numericAttributes.includes(spec.id);
  return {
    id: spec.id,
    header:
      spec.kind === 'metric' && view.summary !== 'last'
        ? `${words.summary(view.summary)} ${header}`
        : header,
    ...(isOwn ? {} : { hint: field }),
    width: width ?? (isOwn ? (attributeWidths[spec.id] ?? 110) : keyWidth(header, view)),
    ...(isNumeric ? { align: 'end' as const } : {}),
    value: nothing,
    cell: (line) =>
      line.kind === 'run' ? runCell(line, spec, field) : groupCell(line, spec, field, view, words),
  };
}

/** Rows are ordered by the core; that there is a value at all makes a header one to click. */
const nothing = (): null => null;

function runCell({ row }: RunLine, spec: ColumnSpec, field: string) {
  if (row === null) return <span className={css.loading} />;
  const { head } = row;
  switch (spec.kind === 'attribute' ? spec.id : '') {
    case 'status':
      return <RunStatusBadge run={head} />;
    case 'created':
      return <RelativeTime at={head.startedAt ?? head.createdAt} />;
    case 'duration':
      return <LiveDuration from={head.startedAt} to={head.endedAt} />;
  }
  const value = row.values.get(field);
  return value === undefined ? <span className={css.loading} /> : valueCell(value, spec);
}

function valueCell(value: Cell, spec: ColumnSpec) {
  if (value === null || value === '') return null;
  if (spec.kind === 'attribute' && typeof value === 'number') return measure(value, spec.id);
  if (typeof value === 'number') return <NumberText value={value} />;
  const isCode = ['command', 'commit', 'notebook'].includes(spec.id);
  return <MiddleEllipsis text={firstLine(value)} max={isCode ? 44 : 28} mono={isCode} />;
}

/** A number of a run by what it is: a time, a duration, a size. */
function measure(value: number, id: string) {
  if (id === 'created' || id === 'ended') return <RelativeTime at={value} />;
  if (id === 'duration' || id === 'cpu') return <Duration ms={value} />;
  return id === 'memory' ? <Size bytes={value} /> : <NumberText value={value} />;
}

function groupCell(
  { sums }: GroupLine,
  spec: ColumnSpec,
  field: string,
  view: View,
  words: ColumnWords,
) {
  if (sums === null) return <span className={css.loading} />;
  const sum = sums.get(field);
  if (sum === undefined) return <span className={css.loading} />;
  if (sum.distinct === 0) return null;
  const isConstant = sum.distinct === 1 && (spec.kind !== 'metric' || sum.n < 2);
  if (isConstant && spec.id === 'status') return sameStatus(sum.same);
  if (isConstant) return valueCell(sum.same, spec);
  if (sum.n === 0 || spec.kind === 'tag' || (spec.kind === 'param' && sum.deviation === null)) {
    return <span className={css.several}>{words.different(sum.distinct)}</span>;
  }
  if (spec.kind === 'attribute') {
    const value = sum[view.ofGroup === 'best' ? 'mean' : view.ofGroup];
    return value === null ? <Absent label={words.none} /> : measure(value, spec.id);
  }
  return <GroupNumber sum={sum} of={view.ofGroup} />;
}

function sameStatus(value: Cell) {
  const known = ['SCHEDULED', 'RUNNING', 'FINISHED', 'FAILED', 'KILLED'] as const;
  const status = known.find((one) => one === value);
  return status === undefined ? null : <StatusBadge status={status} />;
}

/** The mean of a group with its deviation, or the one of its numbers that was asked for. */
function GroupNumber({ sum, of }: { sum: Aggregate; of: View['ofGroup'] }) {
  const value = of === 'best' ? (sum.best ?? sum.mean) : sum[of];
  if (value === null) return null;
  const spread = of === 'mean' && sum.deviation !== null && sum.n > 1 ? sum.deviation : null;
  return (
    <span
      className={css.groupNumber}
      title={spread === null ? `${value} (n = ${sum.n})` : `${value} ± ${spread} (n = ${sum.n})`}
    >
      {formatNumber(value, 4)}
      {spread !== null && <span className={css.spread}> ±{formatNumber(spread, 2)}</span>}
    </span>
  );
}

function firstLine(text: string): string {
  const end = text.indexOf('\n');
  return end === -1 ? text : `${text.slice(0, end)} …`;
}

function shortHeader(key: string): string {
  return key.length <= 22 ? key : `…${key.slice(-21)}`;
}

/** As wide as the name and the values: a mean comes with its deviation. */
function keyWidth(header: string, { group, ofGroup }: View): number {
  const hasMeans = (group.kind === 'seed' || group.kind === 'by') && ofGroup === 'mean';
  return Math.min(190, Math.max(hasMeans ? 138 : 92, 26 + header.length * 7));
}
