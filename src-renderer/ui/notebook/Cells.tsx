import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useLayoutEffect, useRef, useState } from 'react';
import type { NotebookCell } from '../../client/index.ts';
import { Markdown } from '../notes/index.ts';
import { Code } from './Code.tsx';
import css from './notebook.module.css';
import { Outputs } from './Outputs.tsx';
import { placed } from './placed.ts';

/** Beyond this many, only those in view are there; below it, the browser's own search finds all. */
const mostAtOnce = 150;
const lineHeight = 18;

export interface CellsProps {
  cells: readonly NotebookCell[];
  language: string | null;
  /** What scrolls, and holds the cells. */
  scroller: RefObject<HTMLElement | null>;
}

export default function Cells(props: CellsProps) {
  if (props.cells.length > mostAtOnce) return <ManyCells {...props} />;
  return (
    <div className={css.cells}>
      {placed(props.cells).map(({ place, item }) => (
        <Cell key={place} cell={item} language={props.language} />
      ))}
    </div>
  );
}

function ManyCells({ cells, language, scroller }: CellsProps) {
  const list = useRef<HTMLDivElement>(null);
  const [above, setAbove] = useState(0);
  useLayoutEffect(() => setAbove(list.current?.offsetTop ?? 0), []);
  const virtual = useVirtualizer({
    count: cells.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(cells[index]),
    scrollMargin: above,
    overscan: 8,
  });
  return (
    <div ref={list} className={css.manyCells} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map(({ index, key, start }) => {
        const cell = cells[index];
        if (cell === undefined) return null;
        return (
          <div
            key={key}
            ref={virtual.measureElement}
            data-index={index}
            style={{ transform: `translateY(${start - above}px)` }}
          >
            <Cell cell={cell} language={language} />
          </div>
        );
      })}
    </div>
  );
}

const Cell = memo(function Cell({
  cell,
  language,
}: {
  cell: NotebookCell;
  language: string | null;
}) {
  return (
    <article className={css.cell} data-type={cell.type}>
      {cell.type === 'markdown' ? (
        <Markdown text={cell.source} />
      ) : (
        <>
          {cell.type === 'code' && (
            <span className={css.count}>[{cell.executionCount ?? ' '}]</span>
          )}
          <Code text={cell.source} language={cell.type === 'code' ? language : null} />
        </>
      )}
      <Outputs outputs={cell.outputs} />
    </article>
  );
});

/** Before a cell has been drawn once. */
function heightOf(cell: NotebookCell | undefined): number {
  if (cell === undefined) return 0;
  const lines = cell.source.split('\n').length;
  return 50 + lines * lineHeight + cell.outputs.length * 100;
}
