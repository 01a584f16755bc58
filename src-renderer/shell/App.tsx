import { Notifications } from '@mantine/notifications';
import { ErrorBoundary, Theme } from '../ui/index.ts';
import { Frame } from './Frame.tsx';

/** The whole window, inside a client. */
export function App() {
  return (
    <Theme>
      <Notifications position="bottom-right" limit={4} zIndex={400} />
      <ErrorBoundary resetKey="window">
        <Frame />
      </ErrorBoundary>
    </Theme>
  );
}
