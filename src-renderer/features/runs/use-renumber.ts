import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { topics, useCall, useOperation } from '../../client/index.ts';
import { notifyError, notifyUndo } from '../../ui/index.ts';
import { moveBefore } from './order.ts';
import type { Listed } from './table/use-places.ts';
import { directionOf, type View } from './table/view.ts';

/**
 * Giving the runs of one experiment another order: possible while the table shows all of them, one
 * by one and by number. Only labels change; ids, links and bundles stay.
 */
export function useRenumber(
  view: View,
  listed: Listed,
): {
  readonly enabled: boolean;
  move(id: string, before: string | null): void;
  onKey(event: KeyboardEvent, run: { readonly id: string }): boolean;
} {
  const { t } = useTranslation('runs');
  const call = useCall();
  const { experimentId } = view;
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] });
  const byNumber = view.order.every(({ field }) => field === 'run');
  const descending = directionOf(view, 'run') === 'desc';
  const { ids } = listed;
  const enabled =
    experimentId !== null &&
    byNumber &&
    view.filter.trim() === '' &&
    view.group.kind === 'none' &&
    ids.length > 1;

  const apply = async (shown: readonly string[]): Promise<void> => {
    if (experimentId === null) return;
    const ordered = descending ? [...shown].reverse() : [...shown];
    try {
      await call('experiments.reorderRuns', { experimentId, ids: ordered });
      const own = experiments.data?.experiments.find(({ id }) => id === experimentId);
      notifyUndo(t('renumbered', { experiment: own?.name ?? '' }), () => {
        call('experiments.undo', {}).catch(notifyError);
      });
    } catch (error) {
      notifyError(error);
    }
  };

  return {
    enabled,
    move: (id, before) => void apply(moveBefore(ids, id, before)),
    onKey: (event, run) => {
      const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (!event.altKey || way === 0) return false;
      if (!enabled) return true;
      const target = ids.indexOf(run.id) + way;
      if (target < 0 || target >= ids.length) return true;
      const before = way < 0 ? ids[target] : ids[target + 1];
      void apply(moveBefore(ids, run.id, before ?? null));
      return true;
    },
  };
}
