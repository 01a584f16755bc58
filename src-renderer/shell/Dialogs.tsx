import { lazy, Suspense, useEffect } from 'react';
import { type Dialog, showDialog, useDialogs } from '../state/index.ts';
import { dropKeys, holdKeys, watchEarlyKeys } from '../ui/index.ts';
import { ShortcutSheet } from './ShortcutSheet.tsx';

const loadNewRun = () => import('../features/runs/NewRun.tsx');
const loadOpenFolder = () => import('../features/welcome/OpenFolder.tsx');
const NewRun = lazy(loadNewRun);
const Tour = lazy(() => import('./tour/Tour.tsx'));
const OpenFolder = lazy(loadOpenFolder);

/** When the window has drawn itself and got what it shows first. */
const quietMs = 3_000;

/** The dialog that some view asked for. */
export function Dialogs({ dialog }: { dialog: Dialog }) {
  const close = (): void => showDialog(null);
  useEffect(() => {
    const end = watchEarlyKeys(() => showDialog(null));
    // The moment it is asked for: drawing it may have to wait for its code.
    const forget = useDialogs.subscribe(({ dialog }) => {
      if (dialog === null || dialog.kind === 'tour') dropKeys();
      else holdKeys();
    });
    const timer = setTimeout(() => {
      // What cannot be fetched now is asked for again when it is wanted.
      for (const load of [loadNewRun, loadOpenFolder]) load().catch(() => {});
    }, quietMs);
    return () => {
      end();
      forget();
      clearTimeout(timer);
    };
  }, []);
  return (
    <Suspense>
      {dialog?.kind === 'new-run' && <NewRun from={dialog.from ?? null} onClose={close} />}
      {dialog?.kind === 'open-folder' && <OpenFolder onClose={close} />}
      {dialog?.kind === 'tour' && <Tour onClose={close} />}
      {dialog?.kind === 'shortcuts' && <ShortcutSheet onClose={close} />}
    </Suspense>
  );
}
