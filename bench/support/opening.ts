/** How long a view takes from opening its address until it shows something, beside an empty page. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContext, Page } from '@playwright/test';
import { report, say } from './served.ts';

export interface Opening {
  readonly what: string;
  /** By the clock, ms. */
  readonly aim: number;
  readonly address: string;
  /** Waits for what must be seen. */
  readonly shown: (page: Page) => Promise<void>;
}

/**
 * Opens the view in page after page, and in turn a page of one line from a plain server: what that
 * takes is the browser's own. Prints both, and what the page's thread worked until then.
 */
export async function reportOpening(context: BrowserContext, opening: Opening): Promise<void> {
  const { what, aim, address, shown } = opening;
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end('<!doctype html><title>Empty</title><p>Here it is.</p>');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const [empty, busy]: [number[], number[]] = [[], []];
  try {
    await report(what, aim, async () => {
      const plain = await open(context, `http://127.0.0.1:${port}/`, (page) =>
        page.getByText('Here it is.').waitFor(),
      );
      const { took, cpu } = await open(context, address, shown);
      empty.push(plain.took);
      busy.push(cpu - plain.cpu);
      return took;
    });
  } finally {
    server.close();
    server.closeAllConnections();
  }
  say('  of which an empty page from a plain server takes', empty);
  say('  time of the page’s thread on the processor, less that of the empty page', busy);
}

/** By the clock and on the processor, ms. */
async function open(
  context: BrowserContext,
  address: string,
  shown: (page: Page) => Promise<void>,
): Promise<{ took: number; cpu: number }> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const start = performance.now();
  await page.goto(address);
  await shown(page);
  const took = performance.now() - start;
  const { metrics } = await session.send('Performance.getMetrics');
  const busy = metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN;
  await page.close();
  return { took, cpu: busy * 1000 };
}
