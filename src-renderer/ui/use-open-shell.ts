import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { asClientError, useCall } from '../client/index.ts';
import { confirm, notify, notifyError } from './messages.tsx';

/**
 * Opens the system's terminal in the folder of a run (null: of the workspace), or in a new one with
 * the run's code. Where the folder is not trusted, asks first.
 */
export function useOpenShell(): (id: string | null, code?: boolean) => void {
  const { t } = useTranslation('runPage');
  const call = useCall();
  return useCallback(
    (id, code = false) => {
      const open = async (anyway: boolean): Promise<void> => {
        const { folder } = await call('runs.openShell', { id, code, anyway });
        notify(t('shell.opened', { folder }));
      };
      const ask = async (): Promise<void> => {
        const info = await call('workspace.info', {});
        const yes = await confirm({
          title: t('shell.untrusted'),
          body: t('shell.untrustedBody', { folder: info?.root ?? '' }),
          action: t('shell.open'),
        });
        if (yes) await open(true);
      };
      open(false)
        .catch((error: unknown) => {
          if (asClientError(error).code === 'untrusted') return ask();
          throw error;
        })
        .catch(notifyError);
    },
    [call, t],
  );
}
