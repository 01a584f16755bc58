import { useCallback } from 'react';
import { useCall, useClient } from '../client/index.ts';
import { changeFolder, clearFilters, clearSelection, useOpening } from '../state/index.ts';
import { notifyError } from './messages.tsx';

/** What opens and closes folders in this window. */
export function useOpenFolder(): {
  /** Opens a folder, in this window or where it is open already. Errors are shown. */
  open(path: string): Promise<void>;
  /** Opens a folder in this window; true when it is open. Errors are shown. */
  openHere(path: string): Promise<boolean>;
  /** Copies the example project to a folder of the user's and opens that. */
  openExample(): Promise<void>;
  close(): Promise<void>;
} {
  const call = useCall();
  const { bridge, queries } = useClient();

  const openHere = useCallback(
    async (path: string): Promise<boolean> => {
      const abort = new AbortController();
      const show = useOpening.setState;
      try {
        const opening = { path, progress: null, cancel: () => abort.abort() };
        show({ opening });
        const { root } = await call(
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
        changeFolder(root);
        return true;
      } catch (error) {
        notifyError(error);
        return false;
      } finally {
        show({ opening: null });
      }
    },
    [call, queries],
  );

  const open = useCallback(
    async (path: string): Promise<void> => {
      try {
        if (bridge !== null && (await bridge.openFolder(path)) === 'elsewhere') return;
      } catch (error) {
        notifyError(error);
        return;
      }
      await openHere(path);
    },
    [bridge, openHere],
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
      changeFolder(null);
    } catch (error) {
      notifyError(error);
    }
  }, [call, queries]);

  return { open, openHere, openExample, close };
}
