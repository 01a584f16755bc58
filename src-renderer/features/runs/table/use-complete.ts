import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../../client/index.ts';
import type { Complete } from '../../../ui/index.ts';

/** What could be written in a filter, as the core knows it. */
export function useComplete(): Complete {
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
