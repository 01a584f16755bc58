import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../client/index.ts';
import { localized } from '../i18n/index.ts';
import { forgetUndo, notify, notifyError } from '../ui/index.ts';

/** Undo and redo of what was done to experiments, runs and numbers. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const call = useCall();
  const { t } = useTranslation();
  const undo = useCallback(() => {
    const act = async (): Promise<void> => {
      const { undo: what } = await call('experiments.undoState', {});
      if (what === null) return notify(t('toast.nothingToUndo'));
      await call('experiments.undo', {});
      forgetUndo();
      notify(`${t('toast.undone')}: ${localized(what)}`);
    };
    act().catch(notifyError);
  }, [call, t]);
  const redo = useCallback(() => {
    const act = async (): Promise<void> => {
      const { redo: what } = await call('experiments.undoState', {});
      if (what === null) return notify(t('toast.nothingToRedo'));
      await call('experiments.redo', {});
      forgetUndo();
      notify(`${t('toast.redone')}: ${localized(what)}`);
    };
    act().catch(notifyError);
  }, [call, t]);
  return { undo, redo };
}
