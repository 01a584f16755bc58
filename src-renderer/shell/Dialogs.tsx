import { lazy, Suspense } from 'react';
import { type Dialog, showDialog } from '../state/index.ts';
import { ShortcutSheet } from './ShortcutSheet.tsx';

const NewRun = lazy(() => import('../features/runs/NewRun.tsx'));
const Tour = lazy(() => import('./tour/Tour.tsx'));
const OpenFolder = lazy(() => import('../features/welcome/OpenFolder.tsx'));

/** The dialog that some view asked for. */
export function Dialogs({ dialog }: { dialog: Dialog }) {
  const close = (): void => showDialog(null);
  return (
    <Suspense>
      {dialog?.kind === 'new-run' && <NewRun from={dialog.from ?? null} onClose={close} />}
      {dialog?.kind === 'open-folder' && <OpenFolder onClose={close} />}
      {dialog?.kind === 'tour' && <Tour onClose={close} />}
      {dialog?.kind === 'shortcuts' && <ShortcutSheet onClose={close} />}
    </Suspense>
  );
}
