import type { ReactNode } from 'react';
import { type GrowingColumn, MiddleEllipsis } from '../../ui/index.ts';
import css from './models.module.css';

/** The column of a tensor's name, with a few words behind it where there are any. */
export function nameColumn<T extends { readonly name: string }>(
  header: string,
  beside: (tensor: T) => { readonly title: string; readonly text: ReactNode } | null,
): GrowingColumn<T> {
  return {
    id: 'name',
    header,
    width: 260,
    grow: 3,
    value: (tensor) => tensor.name,
    cell: (tensor) => {
      const more = beside(tensor);
      return (
        <span className={css.name}>
          <MiddleEllipsis text={tensor.name} max={56} mono />
          {more !== null && (
            <span className={css.dim} title={more.title}>
              {more.text}
            </span>
          )}
        </span>
      );
    },
  };
}
