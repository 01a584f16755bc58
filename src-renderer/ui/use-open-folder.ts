import { useCallback } from 'react';
import { useCall, useClient } from '../client/index.ts';
import { clearFilters, clearSelection, goTo, home, useOpening } from '../state/index.ts';
import { notifyError } from './messages.tsx';

/** What opens and closes folders in this window. */
export function useOpenFolder(): {
  /** Opens a folder; true when it is open here. Errors are shown. */
  open(path: string): Promise<boolean>;
  /** Copies the example project to a folder of the user's and opens that. */
  openExample(): Promise<void>;
  close(): Promise<void>;
} {
  const call = useCall();
  const { bridge, queries } = useClient();

  const open = useCallback(
    async (path: string): Promise<boolean> => {
      const abort = new AbortController();
      const show = (progress: Parameters<typeof useOpening.setState>[0]): void =>
        useOpening.setState(progress);
      try {
        if (bridge !== null && (await bridge.openFolder(path)) === 'elsewhere') return false;
        const opening = { path, progress: null, cancel: () => abort.abort() };
        show({ opening });
        await call(
          'workspace.open',
          { path },
          {
            signal: abort.signal,
            onItem: (progress) => show({ opening: { ...opening, progress } }),
          },
        );
        clearSelection();
        clearFilters();
        queries.clear();
        goTo(home);
        return true;
      } catch (error) {
        notifyError(error);
        return false;
      } finally {
        show({ opening: null });
      }
    },
    [call, bridge, queries],
  );

  const openExample = useCallback(async (): Promise<void> => {
    try {
      await open((await call('workspace.createExample', {})).path);
    } catch (error) {
      notifyError(error);
    }
  }, [call, open]);

  const close = useCallback(async (): Promise<void> => {
    try {
      await call('workspace.close', {});
      clearSelection();
      clearFilters();
      queries.clear();
      goTo(home);
    } catch (error) {
      notifyError(error);
    }
  }, [call, queries]);

  return { open, openExample, close };
}
