import type { ReactNode } from 'react';
import type { ClientError } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import css from './note-blocks.module.css';

/** What is wrong with a block, with what was written. */
export function Problem({ source, children }: { source?: string; children: ReactNode }) {
  return (
    <div className={css.problem} role="alert">
      {children}
      {source !== undefined && <code>{source}</code>}
    </div>
  );
}

/** What the core has against a block: a filter it cannot read, a run that is not there. */
export function Refusal({ error, source }: { error: ClientError; source: string }) {
  return <Problem source={source}>{localized(error.message)}</Problem>;
}
