/** session.defaultSession, answered through the routes and permissions of one browser context. */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Request as PageRequest, Route } from '@playwright/test';
import { fromChromium, isAppAddress, toChromium } from './addresses.ts';

type ProtocolHandler = (request: Request) => Promise<Response> | Response;
type PermissionRequestHandler = (
  contents: unknown,
  permission: string,
  answer: (granted: boolean) => void,
  details: { requestingUrl: string; isMainFrame: boolean },
) => void;
type BeforeRequest = (
  details: { url: string; method: string },
  answer: (response: { cancel?: boolean }) => void,
) => void;

/** Electron's name of a permission, and the debugging protocol's. */
const permissions: Readonly<Record<string, string>> = {
  geolocation: 'geolocation',
  notifications: 'notifications',
  midi: 'midi',
  'clipboard-read': 'clipboard-read',
  'clipboard-sanitized-write': 'clipboard-write',
  'idle-detection': 'idle-detection',
  'screen-wake-lock': 'screen-wake-lock',
};

export class StandinSession extends EventEmitter {
  readonly #handlers = new Map<string, ProtocolHandler>();
  #permission: PermissionRequestHandler = (_contents, _permission, answer) => answer(true);
  #beforeRequest: { urls: readonly RegExp[]; listener: BeforeRequest } | null = null;

  readonly protocol = {
    handle: (scheme: string, handler: ProtocolHandler) => void this.#handlers.set(scheme, handler),
  };

  readonly webRequest = {
    onBeforeRequest: (filter: { urls: string[] }, listener: BeforeRequest) => {
      this.#beforeRequest = { urls: filter.urls.map(patternOf), listener };
    },
  };

  setPermissionRequestHandler(handler: PermissionRequestHandler): void {
    this.#permission = handler;
  }

  setPermissionCheckHandler(): void {}

  setDevicePermissionHandler(): void {}

  /** Asks the program about each permission once, and tells Chromium. */
  async applyPermissions(context: BrowserContext, address: string): Promise<void> {
    const browser = context.browser();
    const [page] = context.pages();
    if (page === undefined || browser === null) return;
    const protocol = await context.newCDPSession(page);
    const { origin } = new URL(toChromium(address));
    for (const [permission, name] of Object.entries(permissions)) {
      const granted = await new Promise<boolean>((resolve) =>
        this.#permission(null, permission, resolve, { requestingUrl: address, isMainFrame: true }),
      );
      const setting = granted ? 'granted' : 'denied';
      await protocol.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
    await protocol.detach();
  }

  /** Answers a request of a page as Electron would have: by a protocol handler, or not at all. */
  async answer(route: Route): Promise<void> {
    const request = route.request();
    if (!isAppAddress(request.url())) return this.#answerOther(route, request);
    const address = fromChromium(request.url());
    const handler = this.#handlers.get(new URL(address).protocol.slice(0, -1));
    if (handler === undefined) return route.abort('failed');
    const { method } = { method: request.method() };
    const response = await handler(new Request(address, { method, headers: request.headers() }));
    await route.fulfill({
      status: response.status,
      headers: Object.fromEntries(response.headers),
      body: Buffer.from(await response.arrayBuffer()),
    });
  }

  async #answerOther(route: Route, request: PageRequest): Promise<void> {
    const url = request.url();
    const filter = this.#beforeRequest;
    if (filter?.urls.some((pattern) => pattern.test(url))) {
      const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) =>
        filter.listener({ url, method: request.method() }, resolve),
      );
      if (cancel === true) return route.abort('blockedbyclient');
    }
    return route.continue();
  }
}

/** A match pattern of extensions (`https://*\/*`) as a regular expression. */
function patternOf(pattern: string): RegExp {
  const escaped = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');
  return new RegExp(`^${escaped}$`);
}
