/** MessageChannelMain and MessagePortMain, over Node's MessageChannel. */
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

export class MessagePortMain extends EventEmitter {
  #port: MessagePort | null;
  #started = false;

  constructor(port: MessagePort) {
    super();
    this.#port = port;
    port.on('close', () => this.emit('close'));
  }

  postMessage(message: unknown): void {
    this.#port?.postMessage(message);
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#port?.on('message', (data) => this.emit('message', { data, ports: [] }));
  }

  close(): void {
    this.#port?.close();
  }

  /**
   * Hands the port to another process: what arrives goes out through `send`. Afterwards the port is
   * of no use to whoever had it, as after a transfer.
   */
  carry(send: (data: unknown) => void, closed: () => void): CarriedPort {
    const port = this.#port;
    if (port === null || this.#started) throw new Error('The port cannot be transferred any more.');
    this.#port = null;
    this.removeAllListeners();
    port.on('message', send);
    port.on('close', closed);
    return {
      deliver: (data) => port.postMessage(data),
      close: () => port.close(),
    };
  }
}

/** A port of which the other process has the end. */
export interface CarriedPort {
  deliver(data: unknown): void;
  close(): void;
}

export class MessageChannelMain {
  readonly port1: MessagePortMain;
  readonly port2: MessagePortMain;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    this.port1 = new MessagePortMain(port1);
    this.port2 = new MessagePortMain(port2);
  }
}
