import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Client, ClientContext } from './client/index.ts';
import { startI18n } from './i18n/index.ts';
import { App, preloadView } from './shell/index.ts';
import { startNavigation, useNavigation, usePreferences } from './state/index.ts';

/** Draws the window into `element`, over a client that may still be connecting. */
export async function mount(element: HTMLElement, client: Client): Promise<void> {
  startNavigation();
  const view = useNavigation.getState().place?.main.view;
  if (view !== undefined) preloadView(view);
  await startI18n(usePreferences.getState().locale);
  createRoot(element).render(
    <StrictMode>
      <ClientContext value={client}>
        <App />
      </ClientContext>
    </StrictMode>,
  );
}
