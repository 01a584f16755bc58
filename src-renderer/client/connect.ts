import {
  type ShellBridge,
  shellBridgeName,
  shellPortLostMessage,
  shellPortMessage,
} from '../../src-main/contract/shell.ts';
// Not the index: what answers requests knows every schema, and a page has no use for them.
import { createClient } from '../../src-main/rpc/client.ts';
import { messagePort } from '../../src-main/rpc/message-port.ts';
import type { Port } from '../../src-main/rpc/port.ts';
import { socketPort } from '../../src-main/rpc/socket-port.ts';
import type { Connect, Transport } from './connection.ts';

/** A connection that does not open within this time counts as failed. */
const openTimeoutMs = 10_000;

/** A transport over any port of rpc/. */
export function transportOver(port: Port): Transport {
  const client = createClient(port);
  return {
    call: (name, input, options) => client.call(name, input, options),
    onClose: (listener) => client.onClose(listener),
    close: () => client.close(),
  };
}

/** The desktop shell's bridge; null on a page in a browser. */
export function findBridge(): ShellBridge | null {
  return (Reflect.get(window, shellBridgeName) as ShellBridge | undefined) ?? null;
}

/** Connects a desktop window: the preload hands over a port to the core. */
export function connectBridge(bridge: Pick<ShellBridge, 'connect'>): Connect {
  return () =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        clearTimeout(timer);
        window.removeEventListener('message', receive);
      };
      const receive = (event: MessageEvent): void => {
        const port = event.ports[0];
        if (event.source !== window || event.data !== shellPortMessage || !port) return;
        stop();
        resolve(transportOver(closedWhenLost(messagePort(port))));
      };
      const timer = setTimeout(() => {
        stop();
        reject(new Error('The core of Cairn did not answer.'));
      }, openTimeoutMs);
      window.addEventListener('message', receive);
      bridge.connect();
    });
}

/** Closes `port` when the shell says that the core behind it is gone. */
function closedWhenLost(port: Port): Port {
  const lost = (event: MessageEvent): void => {
    if (event.source === window && event.data === shellPortLostMessage) port.close();
  };
  window.addEventListener('message', lost);
  port.onClose(() => window.removeEventListener('message', lost));
  return port;
}

/** Connects a page to the server that served it: a WebSocket to `/rpc` of the same origin. */
export function connectSocket(url: URL): Connect {
  return () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url);
      const timer = setTimeout(() => socket.close(), openTimeoutMs);
      socket.addEventListener('open', () => {
        clearTimeout(timer);
        resolve(transportOver(socketPort(socket)));
      });
      socket.addEventListener('close', () => {
        clearTimeout(timer);
        reject(new Error('The server did not accept the connection.'));
      });
    });
}

/** The address of the socket for a page at `href`. The token travels in the page's cookie. */
export function socketUrl(href: string): URL {
  const url = new URL('/rpc', href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  return url;
}
