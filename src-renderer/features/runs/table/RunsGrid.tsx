import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { focusOn, selectRuns, useSelection } from '../../../state/index.ts';
import { Grid, type HeadTools, type RunTarget } from '../../../ui/index.ts';
import { moveColumn, resizeColumn, shiftColumn } from './change-columns.ts';
import { type ColumnWords, tableColumn } from './columns.tsx';
import { HeadMenu } from './HeadMenu.tsx';
import { isGroupKey, type Line, tickedKeys, tickedRuns } from './lines.ts';
import { pointAtRow, usePointedCurve } from './pointed.ts';
import { useLines } from './use-lines.ts';
import type { Listed } from './use-places.ts';
import { type ColumnSpec, directionOf, fieldOf, toggleOrder, type View } from './view.ts';
import { changeView, toggleFold } from './view-store.ts';

/** What keys and clicks need to know of a run. */
export interface TableRun extends RunTarget {
  readonly experimentId: string;
}

/** The table itself. */
export function RunsGrid({
  view,
  listed,
  columns: specs,
  pinned,
  empty,
  onOpen,
  onKey,
  onReorder,
}: {
  view: View;
  listed: Listed;
  columns: readonly ColumnSpec[];
  pinned: number;
  empty: ReactNode;
  onOpen: (run: TableRun) => void;
  onKey: (event: KeyboardEvent, run: TableRun) => boolean;
  /** Given, runs can be put in another order. */
  onReorder: ((id: string, before: string | null) => void) | undefined;
}) {
  const { t } = useTranslation(['table', 'runs']);
  const selected = useSelection((state) => state.runIds);
  const focus = useSelection((state) => state.focus);
  // A group is no run that the inspector could show.
  const [activeGroup, setActiveGroup] = useState<string | null>(null);
  const words = useMemo(
    (): ColumnWords => ({
      name: (id) => t(`name.${id as 'run'}`),
      different: (count) => t('different', { count }),
      summary: (summary) => t(`summary.${summary}`),
      none: t('noValue'),
    }),
    [t],
  );
  const columns = useMemo(
    () => specs.map((spec) => tableColumn(spec, view, words, toggleFold)),
    [specs, view, words],
  );
  const fields = useMemo(() => specs.map((spec) => fieldOf(spec, view)), [specs, view]);
  const { lineAt, onSight } = useLines(listed.places, fields, pinned);
  const ticked = useMemo(() => tickedKeys(selected, listed.groups), [selected, listed.groups]);
  const byId = (id: string): ColumnSpec | undefined => specs.find((spec) => spec.id === id);
  const head: HeadTools = {
    onMove: (id, before) => changeView((now) => moveColumn(now, specs, id, before)),
    onShift: (id, way) => changeView((now) => shiftColumn(now, specs, id, way)),
    onResize: (id, width) => changeView((now) => resizeColumn(now, specs, id, width)),
    menu: (id) => {
      const column = byId(id);
      return column === undefined ? null : <HeadMenu column={column} view={view} shown={specs} />;
    },
  };
  const open = (line: Line): void => {
    if (line.kind === 'group') toggleFold(line.key);
    else if (line.row !== null) onOpen(targetOf(line.row));
  };
  return (
    <Grid
      label={t('runs:label')}
      keys={listed.places.keys}
      rowAt={lineAt}
      columns={columns}
      pinned={pinned}
      activeKey={activeGroup ?? (focus?.kind === 'run' ? focus.id : null)}
      onActive={(key) => {
        setActiveGroup(isGroupKey(key) ? key : null);
        if (!isGroupKey(key)) focusOn({ kind: 'run', id: key });
      }}
      onOpen={open}
      onPoint={pointAtRow}
      litKey={usePointedCurve()}
      isBlank={(line) => line.row === null}
      selected={ticked}
      onSelect={(keys) => selectRuns(tickedRuns(ticked, keys, listed.groups))}
      directionOf={(id) => directionOf(view, id)}
      onSort={(id, multi) => {
        const column = byId(id);
        if (column !== undefined) changeView((now) => toggleOrder(now, column, multi));
      }}
      onKey={(event, line) => {
        if (foldByKey(event, line)) return true;
        return line.kind === 'run' && line.row !== null && onKey(event, targetOf(line.row));
      }}
      onReorder={onReorder}
      dragType="application/x-cairn-runs"
      carriedWith={(key) => {
        const group = listed.groups.find((one) => one.key === key);
        const own = group === undefined ? [key] : group.group.ids;
        return own.every((id) => selected.includes(id)) ? selected : own;
      }}
      rowName={(line) => (line.row === null ? '' : line.row.head.label)}
      rowTone={(line) => (line.kind === 'group' ? 'group' : undefined)}
      filterKey={JSON.stringify([view.filter, view.experimentId, view.order, view.group])}
      head={head}
      onSight={onSight}
      empty={empty}
    />
  );
}

/** Left folds and right unfolds. */
function foldByKey(event: KeyboardEvent, line: Line): boolean {
  if (event.altKey || event.ctrlKey || event.metaKey) return false;
  const wanted = event.key === 'ArrowRight' ? true : event.key === 'ArrowLeft' ? false : null;
  if (wanted === null || line.open === null) return false;
  if (line.open !== wanted) toggleFold(line.key);
  return true;
}

function targetOf({ head }: NonNullable<Line['row']>): TableRun {
  const { id, label, status, starred, experimentId } = head;
  return { id, label, status, starred, experimentId };
}
