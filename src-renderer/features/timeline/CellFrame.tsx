import type { ReactNode } from 'react';
import { ClockTime } from '../../ui/index.ts';
import css from './timeline.module.css';

/** The grid every cell stands in: time, what it is, and its content. */
export function CellFrame({
  at,
  mark,
  head,
  aside,
  actions,
  children,
}: {
  at: number;
  /** The sign of the kind, on the line that runs down the notebook. */
  mark: ReactNode;
  head: ReactNode;
  aside?: ReactNode;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div className={css.cell}>
      <div className={css.time}>
        <ClockTime at={at} />
      </div>
      <div className={css.mark}>{mark}</div>
      <div className={css.content}>
        <div className={css.head}>
          <div className={css.headMain}>{head}</div>
          {actions !== undefined && <div className={css.actions}>{actions}</div>}
          <div className={css.aside}>{aside}</div>
        </div>
        {children}
      </div>
    </div>
  );
}
