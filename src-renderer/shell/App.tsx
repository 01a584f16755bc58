import { Notifications } from '@mantine/notifications';
import { lazy, Suspense } from 'react';
import { ErrorBoundary, NoteBlockContext, Skeletons, Theme } from '../ui/index.ts';
import { Frame } from './Frame.tsx';

const NoteBlock = lazy(() => import('../features/note-blocks/index.tsx'));

/** Live blocks stand in notes of several features, which do not know each other. */
function LazyNoteBlock({ source }: { source: string }) {
  return (
    <Suspense fallback={<Skeletons rows={3} />}>
      <NoteBlock source={source} />
    </Suspense>
  );
}

/** The whole window, inside a client. */
export function App() {
  return (
    <Theme>
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <ErrorBoundary resetKey="window">
        <NoteBlockContext value={LazyNoteBlock}>
          <Frame />
        </NoteBlockContext>
      </ErrorBoundary>
    </Theme>
  );
}
