import { createContext, type ReactNode, useContext } from 'react';
import { createPortal } from 'react-dom';
import css from './page.module.css';
import { MiddleEllipsis } from './values.tsx';

/** A view: its heading, its tools, and what scrolls below them. */
export function Page({
  title,
  hint,
  actions,
  toolbar,
  children,
  scroll = true,
}: {
  title: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
  toolbar?: ReactNode;
  children: ReactNode;
  /** False when the content scrolls by itself, as a table does. */
  scroll?: boolean;
}) {
  return (
    <section className={css.page}>
      <PageHeader title={title} hint={hint} actions={actions} />
      {toolbar !== undefined && <Toolbar>{toolbar}</Toolbar>}
      {scroll ? (
        <div className={css.body}>{children}</div>
      ) : (
        <div className={css.fill}>{children}</div>
      )}
    </section>
  );
}

export function PageHeader({
  title,
  hint,
  actions,
}: {
  title: ReactNode;
  hint?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className={css.header}>
      <h1 className={css.title}>{title}</h1>
      {hint !== undefined && <div className={css.hint}>{hint}</div>}
      {actions !== undefined && <div className={css.headerActions}>{actions}</div>}
    </header>
  );
}

/** The row of filters and switches above a list. */
export function Toolbar({ children }: { children: ReactNode }) {
  return <div className={css.toolbar}>{children}</div>;
}

/** Pushes what follows it in a toolbar to the end of the row. */
export function Spacer() {
  return <div className={css.spacer} />;
}

/** A titled part of a page. */
export function Section({
  title,
  actions,
  children,
}: {
  title: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className={css.section}>
      <div className={css.sectionHead}>
        <h2 className={css.sectionTitle}>{title}</h2>
        {actions}
      </div>
      {children}
    </section>
  );
}

/**
 * Names and values under each other.
 * @param nameLength characters of a name that are shown, cut in the middle; whole ones may break
 */
export function Facts({
  items,
  nameLength,
}: {
  readonly items: readonly (readonly [string, ReactNode])[];
  readonly nameLength?: number;
}) {
  return (
    <dl className={css.facts}>
      {items.map(([name, value]) => (
        <div key={name} className={css.fact}>
          <dt data-cut={nameLength === undefined ? undefined : true}>
            {nameLength === undefined ? name : <MiddleEllipsis text={name} max={nameLength} />}
          </dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where the shell has put the inspector; null while it is folded. */
export const InspectorContext = createContext<HTMLElement | null>(null);

/** Shows its children in the inspector instead of the shell's own account of the selection. */
export function Inspect({ children }: { children: ReactNode }) {
  const target = useContext(InspectorContext);
  return target === null ? null : createPortal(children, target);
}
