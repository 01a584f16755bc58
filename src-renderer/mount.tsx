import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Client, ClientContext } from './client/index.ts';
import { startI18n } from './i18n/index.ts';
import { App } from './shell/index.ts';
import { startNavigation, usePreferences } from './state/index.ts';

/** Draws the window into `element`, over a client that may still be connecting. */
export function mount(element: HTMLElement, client: Client): void {
  startI18n(usePreferences.getState().locale);
  startNavigation();
  createRoot(element).render(
    <StrictMode>
      <ClientContext value={client}>
        <App />
      </ClientContext>
    </StrictMode>,
  );
}
