/** utilityProcess: a forked Node, its ports carried over the channel between parent and child. */
import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { type CarriedPort, MessageChannelMain, type MessagePortMain } from './message-channel.ts';

/** Tells the hook file that it is in a utility process. */
export const utilityMark = 'CAIRN_STANDIN_UTILITY';

/** Both ways. */
type Carried =
  | { readonly type: 'message'; readonly data: unknown; readonly ports: readonly number[] }
  | { readonly type: 'port'; readonly id: number; readonly data: unknown }
  | { readonly type: 'port-closed'; readonly id: number };

const running = new Set<UtilityProcess>();

export class UtilityProcess extends EventEmitter {
  readonly serviceName: string;
  readonly #child: ChildProcess;
  readonly #ports = new Map<number, CarriedPort>();
  #nextPort = 1;

  constructor(entry: string, args: readonly string[], serviceName: string) {
    super();
    this.serviceName = serviceName;
    this.#child = fork(entry, args, {
      execArgv: ['--import', new URL('./register.ts', import.meta.url).href],
      env: { ...process.env, [utilityMark]: '1' },
      serialization: 'advanced',
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    running.add(this);
    this.#child.once('spawn', () => this.emit('spawn'));
    this.#child.on('message', (message: Carried) => this.#receive(message));
    this.#child.on('error', () => {});
    this.#child.once('exit', (code, signal) => {
      running.delete(this);
      for (const port of this.#ports.values()) port.close();
      this.emit('exit', code ?? (signal === null ? 1 : 128));
    });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  postMessage(data: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ports = transfer.map((port) => {
      const id = this.#nextPort++;
      const carried = port.carry(
        (message) => this.#send({ type: 'port', id, data: message }),
        () => this.#send({ type: 'port-closed', id }),
      );
      this.#ports.set(id, carried);
      return id;
    });
    this.#send({ type: 'message', data, ports });
  }

  kill(): boolean {
    return this.#child.kill();
  }

  #send(message: Carried): void {
    if (this.#child.connected) this.#child.send(message);
  }

  #receive(message: Carried): void {
    if (message.type === 'message') this.emit('message', message.data);
    else if (message.type === 'port') this.#ports.get(message.id)?.deliver(message.data);
    else {
      this.#ports.get(message.id)?.close();
      this.#ports.delete(message.id);
    }
  }
}

export const utilityProcess = {
  fork: (entry: string, args: readonly string[] = [], options: { serviceName?: string } = {}) =>
    new UtilityProcess(entry, args, options.serviceName ?? 'Node Utility Process'),
};

/** The utility processes that are running. */
export function utilityProcesses(): UtilityProcess[] {
  return [...running];
}

/** The child's side: `process.parentPort`. It ends with the process that forked it. */
export function installParentPort(): void {
  const parentPort = new EventEmitter() as EventEmitter & { postMessage(data: unknown): void };
  parentPort.postMessage = (data) => void send({ type: 'message', data, ports: [] });
  const ports = new Map<number, CarriedPort>();
  const early: Carried[] = [];
  const send = (message: Carried) => process.connected && process.send?.(message);

  const take = (id: number): MessagePortMain => {
    const { port1, port2 } = new MessageChannelMain();
    const carried = port1.carry(
      (data) => send({ type: 'port', id, data }),
      () => send({ type: 'port-closed', id }),
    );
    ports.set(id, carried);
    return port2;
  };
  const receive = (message: Carried) => {
    if (message.type === 'message') {
      parentPort.emit('message', { data: message.data, ports: message.ports.map(take) });
    } else if (message.type === 'port') ports.get(message.id)?.deliver(message.data);
    else ports.get(message.id)?.close();
  };
  process.on('message', (message: Carried) => {
    if (parentPort.listenerCount('message') === 0) early.push(message);
    else receive(message);
  });
  parentPort.on('newListener', (event) => {
    if (event === 'message') queueMicrotask(() => early.splice(0).forEach(receive));
  });
  process.on('disconnect', () => process.exit(0));
  Object.defineProperty(process, 'parentPort', { value: parentPort });
}
