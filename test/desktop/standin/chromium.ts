/** The one Chromium of the stand-in: its context, which requests go where, which pages are windows. */
import { rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type BrowserContext,
  chromium,
  type Frame,
  type Page,
  type Request,
  type Route,
} from '@playwright/test';
import { chromiumArguments, chromiumPath } from '../../support/browser.ts';
import { fromChromium } from './addresses.ts';
import type { StandinSession } from './session.ts';

/** What a window decides about its own page. */
export interface PageOwner {
  /** False when the program prevented it. */
  mayNavigate(address: string): boolean;
  mayNavigateFrame(address: string): boolean;
  windowOpened(address: string): void;
}

export class ChromiumHost {
  readonly #session: StandinSession;
  readonly #owners = new Map<Page, PageOwner>();
  /** Pages the stand-in asked for itself; every other new page is a window.open. */
  #expected = 0;
  #context: BrowserContext | null = null;
  #folder: string | null = null;
  #last: PageOwner | null = null;

  constructor(session: StandinSession) {
    this.#session = session;
  }

  /**
   * @param folder for the browser's own files
   * @returns the address at which a second debugger may connect
   */
  async start(folder: string): Promise<string> {
    this.#folder = folder;
    this.#context = await chromium.launchPersistentContext(this.#folder, {
      executablePath: chromiumPath(),
      headless: true,
      args: [...chromiumArguments(), '--remote-debugging-port=0'],
    });
    await this.#context.route('**/*', (route) => this.#route(route));
    this.#context.on('page', (page) => void this.#appeared(page));
    const text = await readFile(join(this.#folder, 'DevToolsActivePort'), 'utf8');
    return `http://127.0.0.1:${text.split('\n')[0]}`;
  }

  async newPage(owner: PageOwner): Promise<Page> {
    if (this.#context === null) throw new Error('The app is not ready.');
    this.#expected++;
    const page = await this.#context.newPage();
    this.#owners.set(page, owner);
    this.#last = owner;
    page.once('close', () => this.#owners.delete(page));
    return page;
  }

  applyPermissions(address: string): Promise<void> {
    return this.#context === null
      ? Promise.resolve()
      : this.#session.applyPermissions(this.#context, address);
  }

  /** The user's last input went to this window: a popup, which does not say whose it is, is its. */
  touched(owner: PageOwner): void {
    this.#last = owner;
  }

  async stop(): Promise<void> {
    await this.#context?.close();
    if (this.#folder !== null)
      rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  async #appeared(page: Page): Promise<void> {
    if (this.#expected > 0) this.#expected--;
    // A popup: its request told the owner already. One without a request (about:blank) is told here.
    else await page.close().catch(() => {});
  }

  async #route(route: Route): Promise<void> {
    const request = route.request();
    const address = fromChromium(request.url());
    try {
      if (!request.isNavigationRequest()) return await this.#session.answer(route);
      const frame = frameOf(request);
      const owner = frame === null ? undefined : this.#owners.get(frame.page());
      if (frame === null || owner === undefined) {
        this.#last?.windowOpened(address);
        return await route.abort('aborted');
      }
      const main = frame.parentFrame() === null;
      const allowed = main ? owner.mayNavigate(address) : owner.mayNavigateFrame(address);
      if (!allowed) return await route.abort('aborted');
      await this.#session.answer(route);
    } catch (error) {
      // A page that was closed meanwhile wants no answer.
      if (!/closed|Target|handled/.test(String(error))) throw error;
    }
  }
}

/** The frame that navigates; null for the first request of a popup, which is made before its page is known. */
function frameOf(request: Request): Frame | null {
  try {
    return request.frame();
  } catch {
    return null;
  }
}
