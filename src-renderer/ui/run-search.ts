/** Filters of runs: what could be written, and what is wrong with what is. */
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClientError, useCall } from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import type { Complete } from './use-completion.ts';

/** What could be written in a filter, as the core knows it. */
export function useRunCompletion(): Complete {
  const { t } = useTranslation('table');
  const call = useCall();
  return useCallback(
    async (filter, at) => {
      const { from, to, items } = await call('table.complete', { filter, at });
      return {
        from,
        to,
        items: items.map(({ text, kind, runs }) => ({
          text,
          detail: runs === null ? t(`suggest.${kind}`) : t('suggest.runs', { count: runs }),
        })),
      };
    },
    [call, t],
  );
}

/** What is wrong with a filter, and from which character on (from 0). */
export function filterProblem(error: ClientError): { sentence: string; at: number | null } {
  const column = error.place?.file === 'filter' ? error.place.column : null;
  return { sentence: localized(error.message), at: column === null ? null : column - 1 };
}
