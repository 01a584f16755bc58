/** The three ways a client and a server are connected, for the suite that runs over each. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { createPair, messagePort, type Port, socketPort } from '../../../src-main/rpc/index.ts';

export interface Transport {
  readonly name: string;
  /** Two connected ends: the client's and the server's. */
  connect(): Promise<[Port, Port]>;
}

/** Node's real MessagePort, which has the shape of a page's. */
const channel: Transport = {
  name: 'MessagePort',
  async connect() {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    return [messagePort(port1), messagePort(port2)];
  },
};

/** A page's: it is not told when the other end is closed. */
const pagePort: Transport = {
  name: 'MessagePort of a page',
  async connect() {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    const page = (port: typeof port1) => ({
      postMessage: (message: unknown) => port.postMessage(message),
      start: () => port.start(),
      close: () => port.close(),
      addEventListener(type: string, listener: (event: unknown) => void) {
        if (type === 'message') port.on(type, (data: unknown) => listener({ data, ports: [] }));
      },
    });
    return [messagePort(page(port1)), messagePort(page(port2))];
  },
};

/** The shape of Electron's MessagePortMain: `on`, and events with `data`. */
const mainPort: Transport = {
  name: 'MessagePortMain',
  async connect() {
    const { port1, port2 } = new MessageChannel();
    onTestFinished(() => port1.close());
    const electron = (port: typeof port1) => ({
      postMessage: (message: unknown) => port.postMessage(message),
      start: () => port.start(),
      close: () => port.close(),
      on(type: string, listener: (event: unknown) => void) {
        port.on(type, (data: unknown) => listener({ data, ports: [] }));
      },
    });
    return [messagePort(electron(port1)), messagePort(electron(port2))];
  },
};

/** A real server, and the `ws` client; both have the shape of a page's WebSocket. */
const webSocket: Transport = {
  name: 'WebSocket',
  async connect() {
    const http = createServer();
    const server = new WebSocketServer({ server: http });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
    onTestFinished(() => {
      for (const client of server.clients) client.terminate();
      server.close();
      http.close();
    });
    const accepted = once(server, 'connection');
    const socket = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}`);
    const client = socketPort(socket);
    const [peer] = (await accepted) as [WebSocket];
    return [client, socketPort(peer)];
  },
};

const inProcess: Transport = { name: 'in process', connect: async () => createPair() };

export const transports: readonly Transport[] = [channel, pagePort, mainPort, webSocket, inProcess];
