/**
 * What a sandboxed preload finds: `require('electron')` with `contextBridge`, `ipcRenderer`
 * and `webUtils`, and a little of `process`. It runs in an isolated world of the page, beside which the page cannot see.
 * No imports: it is put together with its neighbours and the built preload into one script.
 */
import type { Bridge } from './bridge.ts';

/** From the page's preload to the stand-in. */
export type FromPage =
  | { type: 'hello'; url: string }
  | { type: 'input'; input: 'mouseDown' | 'rawKeyDown' }
  | { type: 'send'; channel: string; args: unknown[] }
  | { type: 'invoke'; id: number; channel: string; args: unknown[] }
  | { type: 'port'; id: number; data: unknown }
  | { type: 'port-closed'; id: number };

/** From the stand-in to the page's preload. */
export type ToPage =
  | { type: 'event'; channel: string; args: unknown[]; ports: number[] }
  | { type: 'result'; id: number; value: unknown }
  | { type: 'error'; id: number; message: string }
  | { type: 'port'; id: number; data: unknown }
  | { type: 'port-closed'; id: number };

type Listener = (event: { ports: readonly MessagePort[] }, ...args: unknown[]) => void;

export function createPreloadWorld(
  bridge: Bridge,
  post: (message: FromPage) => void,
  platform: string,
) {
  const listeners = new Map<string, Set<Listener>>();
  const invocations = new Map<number, PromiseWithResolvers<unknown>>();
  const ports = new Map<number, MessagePort>();
  let nextInvocation = 1;

  const ipcRenderer = {
    on(channel: string, listener: Listener) {
      const set = listeners.get(channel) ?? new Set();
      listeners.set(channel, set.add(listener));
      return ipcRenderer;
    },
    off(channel: string, listener: Listener) {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
    send: (channel: string, ...args: unknown[]) => post({ type: 'send', channel, args }),
    invoke(channel: string, ...args: unknown[]) {
      const id = nextInvocation++;
      const pending = Promise.withResolvers<unknown>();
      invocations.set(id, pending);
      post({ type: 'invoke', id, channel, args });
      return pending.promise;
    },
  };

  /** The page's end of a port whose other end is in Node. */
  function carry(id: number): MessagePort {
    const { port1, port2 } = new MessageChannel();
    ports.set(id, port1);
    port1.onmessage = ({ data }) => post({ type: 'port', id, data });
    port1.addEventListener('close', () => post({ type: 'port-closed', id }));
    return port2;
  }

  function receive(message: ToPage): void {
    if (message.type === 'event') {
      const event = { ports: message.ports.map(carry) };
      for (const listener of listeners.get(message.channel) ?? []) listener(event, ...message.args);
    } else if (message.type === 'port') ports.get(message.id)?.postMessage(message.data);
    else if (message.type === 'port-closed') {
      ports.get(message.id)?.close();
      ports.delete(message.id);
    } else {
      const pending = invocations.get(message.id);
      invocations.delete(message.id);
      if (message.type === 'result') pending?.resolve(message.value);
      else pending?.reject(new Error(message.message));
    }
  }

  const contextBridge = {
    exposeInMainWorld: (name: string, api: Record<string, unknown>) => bridge.expose(name, api),
  };
  // A page cannot be given a file of the machine's from outside: what is dropped lies nowhere.
  const webUtils = { getPathForFile: (_file: unknown) => '' };
  const electron = { contextBridge, ipcRenderer, webUtils };
  const input = (kind: 'mouseDown' | 'rawKeyDown') => (event: Event) => {
    if (event.isTrusted) post({ type: 'input', input: kind });
  };
  addEventListener('mousedown', input('mouseDown'), true);
  addEventListener('keydown', input('rawKeyDown'), true);
  post({ type: 'hello', url: location.href });
  return {
    receive,
    process: { platform, type: 'renderer', contextIsolated: true, sandboxed: true, versions: {} },
    require(name: string) {
      if (name === 'electron') return electron;
      throw new Error(`A sandboxed preload cannot require ${name}.`);
    },
  };
}
