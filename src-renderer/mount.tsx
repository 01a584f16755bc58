import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { type Client, ClientContext } from './client/index.ts';
import { startI18n } from './i18n/index.ts';
import { App, openAhead } from './shell/index.ts';
import { startNavigation, usePreferences } from './state/index.ts';
import { dressPage } from './ui/index.ts';

/** How long the window stays empty for the first answers of the core: then it is drawn without. */
const patienceMs = 400;

/** Draws the window into `element`, over a client that may still be connecting. */
export async function mount(element: HTMLElement, client: Client): Promise<void> {
  dressPage();
  startNavigation();
  const patience = new Promise<void>((resolve) => setTimeout(resolve, patienceMs));
  await Promise.all([
    startI18n(usePreferences.getState().locale),
    // What goes wrong here is asked for again by what shows it, and said there.
    Promise.race([openAhead(client.queries).catch(() => {}), patience]),
  ]);
  createRoot(element).render(
    <StrictMode>
      <ClientContext value={client}>
        <App />
      </ClientContext>
    </StrictMode>,
  );
}
