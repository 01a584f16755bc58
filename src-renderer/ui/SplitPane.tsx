import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import css from './SplitPane.module.css';

export interface SplitPaneProps {
  readonly first: ReactNode;
  /** Null folds the second pane away. */
  readonly second: ReactNode | null;
  /** Width of the pane that keeps it when the window changes, in pixels. */
  readonly size: number;
  readonly onSize: (size: number) => void;
  readonly fixed: 'first' | 'second';
  readonly min?: number;
  readonly max?: number;
  readonly label: string;
}

const step = 16;

/** Two panes side by side, with a border that can be dragged or moved with the arrow keys. */
export function SplitPane({
  first,
  second,
  size,
  onSize,
  fixed,
  min = 200,
  max = 900,
  label,
}: SplitPaneProps) {
  const { t } = useTranslation();
  const root = useRef<HTMLDivElement>(null);
  const clamp = (value: number): number => {
    const room = (root.current?.clientWidth ?? Number.POSITIVE_INFINITY) - min;
    return Math.round(Math.max(min, Math.min(max, room, value)));
  };
  const drag = (event: PointerEvent): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || root.current === null) return;
    const box = root.current.getBoundingClientRect();
    onSize(clamp(fixed === 'first' ? event.clientX - box.left : box.right - event.clientX));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const way = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0;
    if (way === 0) return;
    event.preventDefault();
    onSize(clamp(size + way * step * (fixed === 'first' ? 1 : -1)));
  };
  const pane = (which: 'first' | 'second') => ({
    className: which === fixed ? css.fixed : css.free,
    style: which === fixed && second !== null ? { width: size } : undefined,
  });
  return (
    <div ref={root} className={css.root}>
      {(second !== null || fixed === 'second') && <div {...pane('first')}>{first}</div>}
      {second === null && fixed === 'first' && <div className={css.free}>{first}</div>}
      {second !== null && (
        <>
          <hr
            className={css.handle}
            aria-orientation="vertical"
            aria-label={`${label}: ${t('resize')}`}
            aria-valuenow={size}
            aria-valuemin={min}
            aria-valuemax={max}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={drag}
          />
          <div {...pane('second')}>{second}</div>
        </>
      )}
    </div>
  );
}
