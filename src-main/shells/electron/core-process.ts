/** The core of one window: forked, connected to the window by ports, put up again when it falls. */
import type { MessagePortMain, UtilityProcess } from 'electron';
import type { Logger } from '../../base/logger.ts';
import { Backoff } from './backoff.ts';
import { argumentFor, type FromCore, type ToCore } from './core-messages.ts';
import type { ElectronModule } from './electron.ts';

export interface CoreProcessOptions {
  /** The built `core.js`. */
  readonly entry: string;
  readonly logger: Logger;
  onMessage(message: FromCore): void;
  /** It fell: every port to it is dead. */
  onFell(): void;
  /** It fell too often in a row; `retry` tries again. */
  onGivenUp(retry: () => void): void;
}

/** How long the core may take to end by itself. */
const endGraceMs = 3000;

export class CoreProcess {
  readonly #electron: ElectronModule;
  readonly #options: CoreProcessOptions;
  readonly #backoff = new Backoff();
  #child: UtilityProcess | null = null;
  #ready = false;
  #ended = false;
  #timer: NodeJS.Timeout | undefined;
  #waiting: Array<(child: UtilityProcess) => void> = [];

  constructor(electron: ElectronModule, options: CoreProcessOptions) {
    this.#electron = electron;
    this.#options = options;
    this.#start();
  }

  /**
   * A port to the core goes to `give`, at once or when the core is up (again).
   * @param folder what the window has open, for a core that is new and has not
   */
  connect(folder: () => string | null, give: (port: MessagePortMain) => void): void {
    const connect = (child: UtilityProcess) => {
      const { port1, port2 } = new this.#electron.MessageChannelMain();
      this.#post(child, { type: 'connect', folder: folder() }, [port1]);
      give(port2);
    };
    if (this.#child !== null && this.#ready) connect(this.#child);
    else this.#waiting.push(connect);
  }

  /** Ends the core; runs it started go on. */
  end(): void {
    this.#ended = true;
    this.#waiting = [];
    clearTimeout(this.#timer);
    const child = this.#child;
    if (child === null) return;
    this.#post(child, { type: 'end' });
    const timer = setTimeout(() => child.kill(), endGraceMs);
    child.once('exit', () => clearTimeout(timer));
  }

  #start(): void {
    const child = this.#electron.utilityProcess.fork(
      this.#options.entry,
      [argumentFor(process.execPath)],
      {
        serviceName: 'Cairn core',
        stdio: 'inherit',
      },
    );
    this.#child = child;
    child.on('message', (message: FromCore) => {
      if (message.type === 'ready') this.#isReady(child);
      this.#options.onMessage(message);
    });
    child.once('exit', (code) => this.#fell(code));
  }

  #isReady(child: UtilityProcess): void {
    this.#ready = true;
    this.#backoff.up(Date.now());
    for (const connect of this.#waiting.splice(0)) connect(child);
  }

  #fell(code: number): void {
    this.#child = null;
    this.#ready = false;
    if (this.#ended) return;
    this.#options.onFell();
    const pause = this.#backoff.fell(Date.now());
    this.#options.logger.error(`The core ended with code ${code}`);
    if (pause !== null) this.#timer = setTimeout(() => this.#start(), pause);
    else {
      this.#options.onGivenUp(() => {
        this.#backoff.reset();
        if (!this.#ended) this.#start();
      });
    }
  }

  #post(child: UtilityProcess, message: ToCore, ports: MessagePortMain[] = []): void {
    child.postMessage(message, ports);
  }
}
