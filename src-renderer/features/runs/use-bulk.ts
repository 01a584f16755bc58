import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Input, useCall } from '../../client/index.ts';
import { selectRuns } from '../../state/index.ts';
import { notify, notifyError, notifyUndo } from '../../ui/index.ts';

type Edit = Omit<Input<'runs.edit'>, 'ids'>;

/** What can be done to many runs at once; each says what it did, with a button that takes it back. */
export interface Bulk {
  /** @returns whether it was done */
  edit(ids: readonly string[], change: Edit): Promise<boolean>;
  trash(ids: readonly string[]): Promise<void>;
  merge(into: string, ids: readonly string[]): Promise<boolean>;
}

export function useBulk(): Bulk {
  const { t } = useTranslation('runs');
  const call = useCall();
  const undo = useCallback(() => {
    call('experiments.undo', {}).catch(notifyError);
  }, [call]);
  return useMemo(
    () => ({
      edit: async (ids, change) => {
        try {
          const { changed } = await call('runs.edit', { ids: [...ids], ...change });
          if (changed.length === 0) notify(t('bulk.unchanged'));
          else notifyUndo(t('bulk.changed', { count: changed.length }), undo);
          return true;
        } catch (error) {
          notifyError(error);
          return false;
        }
      },
      trash: async (ids) => {
        try {
          const { moved, kept } = await call('trash.move', { ids: [...ids] });
          selectRuns(kept.map((run) => run.id));
          if (moved.length === 0) return notify(t('bulk.stillRunning', { count: kept.length }));
          const left = kept.length === 0 ? '' : t('bulk.leftRunning', { count: kept.length });
          notifyUndo(`${t('bulk.trashed', { count: moved.length })}${left}`, () => {
            call('trash.restore', { ids: moved }).catch(notifyError);
          });
        } catch (error) {
          notifyError(error);
        }
      },
      merge: async (into, ids) => {
        try {
          const { merged } = await call('runs.mergeDuplicates', { into, ids: [...ids] });
          selectRuns([into]);
          notifyUndo(t('bulk.merged', { count: merged.length }), undo);
          return true;
        } catch (error) {
          notifyError(error);
          return false;
        }
      },
    }),
    [call, t, undo],
  );
}
