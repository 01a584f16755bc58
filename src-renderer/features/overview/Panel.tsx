import type { ReactNode } from 'react';
import css from './overview.module.css';

/** A part of the page: what it is, what can be done with it, and a few lines. */
export function Panel({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.panel}>
      <header className={css.head}>
        <h2>{title}</h2>
        <div className={css.actions}>{actions}</div>
      </header>
      {children}
    </section>
  );
}

/** A line that opens something. */
export function Line({
  onOpen,
  main,
  aside,
}: {
  onOpen: () => void;
  main: ReactNode;
  aside?: ReactNode;
}) {
  return (
    <li>
      <button type="button" className={css.line} onClick={onOpen}>
        <span className={css.main}>{main}</span>
        <span className={css.aside}>{aside}</span>
      </button>
    </li>
  );
}
