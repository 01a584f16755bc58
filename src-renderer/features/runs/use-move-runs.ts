import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../client/index.ts';
import { notifyError, notifyUndo } from '../../ui/index.ts';

/** Moves runs to another experiment, with a message that takes it back. */
export function useMoveRuns(): (
  runIds: readonly string[],
  experiment: { readonly id: string; readonly name: string },
) => Promise<void> {
  const { t } = useTranslation('runs');
  const call = useCall();
  return useCallback(
    async (runIds, experiment) => {
      try {
        await call('experiments.moveRuns', { runIds: [...runIds], experimentId: experiment.id });
        notifyUndo(t('moved', { count: runIds.length, experiment: experiment.name }), () => {
          call('experiments.undo', {}).catch(notifyError);
        });
      } catch (error) {
        notifyError(error);
      }
    },
    [call, t],
  );
}
