import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../client/index.ts';
import { notify, notifyError } from '../ui/index.ts';

/** Undo and redo of what was done to experiments, runs and numbers. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const call = useCall();
  const { t } = useTranslation();
  const undo = useCallback(() => {
    const act = async (): Promise<void> => {
      const { undo: what } = await call('experiments.undoState', {});
      if (what === null) return notify(t('toast.nothingToUndo'));
      await call('experiments.undo', {});
      notify(`${t('toast.undone')}: ${what}`);
    };
    act().catch(notifyError);
  }, [call, t]);
  const redo = useCallback(() => {
    const act = async (): Promise<void> => {
      const { redo: what } = await call('experiments.undoState', {});
      if (what === null) return notify(t('toast.nothingToRedo'));
      await call('experiments.redo', {});
      notify(`${t('toast.redone')}: ${what}`);
    };
    act().catch(notifyError);
  }, [call, t]);
  return { undo, redo };
}
