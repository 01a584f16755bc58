import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunRow, useCall } from '../../client/index.ts';
import { useFilters } from '../../state/index.ts';
import { notifyError, notifyUndo, type Sort } from '../../ui/index.ts';
import { moveBefore } from './order.ts';
import type { TableData } from './use-table-data.ts';

/**
 * Giving the runs of one experiment another order: possible while the table shows all of them, by
 * number. Only labels change; ids, links and bundles stay.
 */
export function useRenumber(
  table: TableData,
  sort: Sort,
): {
  readonly enabled: boolean;
  move(id: string, before: string | null): void;
  onKey(event: KeyboardEvent, run: RunRow): boolean;
} {
  const { t } = useTranslation('runs');
  const call = useCall();
  const experimentId = useFilters((state) => state.runs.experimentId);
  const byNumber = sort.length === 1 && sort[0]?.id === 'run';
  const descending = sort[0]?.desc === true;
  const enabled =
    experimentId !== null &&
    byNumber &&
    table.rows.length === table.all.length &&
    table.all.length > 1;
  const ordered = (): string[] => {
    const ids = [...table.all].sort((a, b) => a.number - b.number).map((run) => run.id);
    return descending ? ids.reverse() : ids;
  };

  const apply = async (shown: readonly string[]): Promise<void> => {
    if (experimentId === null) return;
    const ids = descending ? [...shown].reverse() : [...shown];
    try {
      await call('experiments.reorderRuns', { experimentId, ids });
      const name = table.all[0]?.experimentName ?? '';
      notifyUndo(t('renumbered', { experiment: name }), () => {
        call('experiments.undo', {}).catch(notifyError);
      });
    } catch (error) {
      notifyError(error);
    }
  };

  return {
    enabled,
    move: (id, before) => void apply(moveBefore(ordered(), id, before)),
    onKey: (event, run) => {
      const way = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
      if (!event.altKey || way === 0) return false;
      if (!enabled) return true;
      const ids = ordered();
      const index = ids.indexOf(run.id);
      const target = index + way;
      if (target < 0 || target >= ids.length) return true;
      const before = way < 0 ? ids[target] : ids[target + 1];
      void apply(moveBefore(ids, run.id, before ?? null));
      return true;
    },
  };
}
