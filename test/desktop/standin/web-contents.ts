/** webContents: the page of a window with the built preload in a world of its own. */
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import type { CDPSession, Page } from '@playwright/test';
import { fromChromium, toChromium } from './addresses.ts';
import type { ChromiumHost, PageOwner } from './chromium.ts';
import type { ipcMain as IpcMain } from './ipc-main.ts';
import type { CarriedPort, MessagePortMain } from './message-channel.ts';
import { decode, encode } from './page/codec.ts';
import type { FromPage, ToPage } from './page/preload-world.ts';
import {
  bindingName,
  pageWorldScript,
  preloadWorldScript,
  receiverName,
  worldName,
} from './page/source.ts';

interface Details {
  readonly url: string;
}

type OpenHandler = (details: Details) => { action: 'allow' | 'deny' };

export interface ContentsOptions {
  readonly host: ChromiumHost;
  readonly ipcMain: typeof IpcMain;
  readonly preload: string | undefined;
}

export class WebContents extends EventEmitter implements PageOwner {
  readonly #options: ContentsOptions;
  /** The page with everything installed; loading waits for it. */
  readonly page: Promise<Page>;
  #protocol: CDPSession | null = null;
  #world: number | null = null;
  #ports = new Map<number, CarriedPort>();
  #nextPort = 1;
  /** Addresses that the program loads itself: no will-navigate for them. */
  readonly #own = new Set<string>();
  #url = '';
  #openHandler: OpenHandler = () => ({ action: 'allow' });

  constructor(options: ContentsOptions) {
    super();
    this.#options = options;
    this.page = this.#create();
  }

  async #create(): Promise<Page> {
    const page = await this.#options.host.newPage(this);
    const protocol = await page.context().newCDPSession(page);
    this.#protocol = protocol;
    page.on('load', () => this.emit('did-finish-load'));
    page.on('domcontentloaded', () => this.emit('dom-ready'));
    page.on('framenavigated', (frame) => {
      if (frame.parentFrame() === null) this.#url = fromChromium(frame.url());
    });
    const { preload } = this.#options;
    if (preload === undefined) return page;
    await protocol.send('Runtime.enable');
    await protocol.send('Page.enable');
    protocol.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === bindingName) this.#receive(decode(payload) as FromPage, executionContextId);
    });
    await protocol.send('Runtime.addBinding', {
      name: bindingName,
      executionContextName: worldName,
    });
    const secret = randomUUID();
    const add = (source: string, world?: string) =>
      protocol.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: world });
    await add(pageWorldScript(secret));
    await add(preloadWorldScript(secret, preload, process.platform), worldName);
    return page;
  }

  async loadURL(address: string): Promise<void> {
    const page = await this.page;
    await this.#options.host.applyPermissions(address);
    this.#own.add(address);
    await page.goto(toChromium(address));
  }

  reload(): void {
    this.#own.add(this.#url);
    void this.page.then((page) => page.reload()).catch(() => {});
  }

  getURL(): string {
    return this.#url;
  }

  send(channel: string, ...args: unknown[]): void {
    this.#post({ type: 'event', channel, args, ports: [] });
  }

  postMessage(channel: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      const id = this.#nextPort++;
      const carried = port.carry(
        (data) => this.#post({ type: 'port', id, data }),
        () => this.#post({ type: 'port-closed', id }),
      );
      this.#ports.set(id, carried);
      return id;
    });
    this.#post({ type: 'event', channel, args: [message], ports });
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.#openHandler = handler;
  }

  mayNavigate(address: string): boolean {
    const own = this.#own.delete(address);
    if (!own && !this.#emitPreventable('will-navigate', address)) return false;
    this.emit('did-start-navigation', { url: address, isMainFrame: true, isSameDocument: false });
    return true;
  }

  mayNavigateFrame(address: string): boolean {
    return this.#emitPreventable('will-frame-navigate', address);
  }

  windowOpened(address: string): void {
    this.#openHandler({ url: address });
  }

  /** The page is gone: so are its ports. */
  gone(): void {
    this.#world = null;
    for (const port of this.#ports.values()) port.close();
    this.#ports.clear();
  }

  #emitPreventable(event: string, url: string): boolean {
    let prevented = false;
    const preventDefault = () => {
      prevented = true;
    };
    this.emit(event, { url, isMainFrame: event === 'will-navigate', preventDefault });
    return !prevented;
  }

  #receive(message: FromPage, world: number): void {
    if (message.type === 'hello') {
      this.gone();
      this.#world = world;
      this.#url = fromChromium(message.url);
      return;
    }
    if (world !== this.#world) return;
    switch (message.type) {
      case 'input':
        this.#options.host.touched(this);
        this.emit('input-event', {}, { type: message.input });
        break;
      case 'send':
        this.#options.ipcMain.emit(message.channel, this.#event(), ...message.args);
        break;
      case 'invoke':
        void this.#invoke(message.id, message.channel, message.args);
        break;
      case 'port':
        this.#ports.get(message.id)?.deliver(message.data);
        break;
      case 'port-closed':
        this.#ports.get(message.id)?.close();
        this.#ports.delete(message.id);
    }
  }

  async #invoke(id: number, channel: string, args: unknown[]): Promise<void> {
    try {
      const value = await this.#options.ipcMain.answer(channel, this.#event(), args);
      this.#post({ type: 'result', id, value });
    } catch (error) {
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      const message = `Error invoking remote method '${channel}': ${reason}`;
      this.#post({ type: 'error', id, message });
    }
  }

  #event() {
    return { sender: this, senderFrame: { url: this.#url, parent: null }, ports: [] };
  }

  #post(message: ToPage): void {
    if (this.#world === null) return;
    const expression = `${receiverName}(${JSON.stringify(encode(message))})`;
    // The world can go while the message is on its way.
    this.#protocol
      ?.send('Runtime.evaluate', { expression, contextId: this.#world })
      .catch(() => {});
  }
}
