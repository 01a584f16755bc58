import { createContext, type ReactNode, useContext } from 'react';
import { ClockTime, ShortDate } from '../../ui/index.ts';
import css from './timeline.module.css';

/** How the row that a cell stands in shows it. */
export const CellContext = createContext({
  /** Pointed at or active: what can be done with it is shown. */
  handled: false,
  withDate: false,
});

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
  /** Made only for the cell that is handled: hundreds of buttons are slow to scroll. */
  actions?: () => ReactNode;
  children?: ReactNode;
}) {
  const { handled, withDate } = useContext(CellContext);
  return (
    <div className={css.cell}>
      <div className={css.time}>
        {withDate && (
          <>
            <ShortDate at={at} />{' '}
          </>
        )}
        <ClockTime at={at} />
      </div>
      <div className={css.mark}>{mark}</div>
      <div className={css.content}>
        <div className={css.head}>
          <div className={css.headMain}>{head}</div>
          <div className={css.aside}>{aside}</div>
        </div>
        {handled && actions !== undefined && (
          <div className={css.actions} data-top={aside === undefined || undefined}>
            {actions()}
          </div>
        )}
        {children}
      </div>
    </div>
  );
}
