/**
 * The endpoint of an open folder: on the port it had last time, so that shells with an address from
 * yesterday log on. When another process of Cairn has the folder open, that one listens, and this
 * one takes over when it ends.
 */
import { createHash } from 'node:crypto';
import { errnoOf } from '../base/errors.ts';
import { readSetting, writeSetting } from '../store/settings.ts';
import type { MlflowContext } from './context.ts';
import { isListening, newToken, readCredentials, writeCredentials } from './credentials.ts';
import { type Endpoint, listen } from './listen.ts';

const portSetting = 'mlflow.port';
/** Below the ports that systems give out by themselves. */
const firstPort = 20_000;
const portCount = 10_000;
/** How many are tried when the folder's own is taken. */
const maxTries = 50;
const takeOverMs = 5000;

export class WorkspaceEndpoint {
  readonly #context: MlflowContext;
  readonly #file: string;
  #endpoint: Endpoint | null = null;
  /** Where another process listens for this folder. */
  #other: number | null = null;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;

  private constructor(context: MlflowContext, file: string) {
    this.#context = context;
    this.#file = file;
  }

  /**
   * Never throws: a folder opens all the same when nothing can listen.
   * @param file of the credentials, in the user's data folder
   */
  static async start(context: MlflowContext, file: string): Promise<WorkspaceEndpoint> {
    const endpoint = new WorkspaceEndpoint(context, file);
    await endpoint.#start();
    return endpoint;
  }

  /** Where clients log to, whichever process answers; null when nothing listens. */
  get url(): string | null {
    const port = this.#endpoint?.port ?? this.#other;
    return port === null ? null : `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#endpoint?.close();
  }

  async #start(): Promise<void> {
    const { store, root, logger } = this.#context;
    try {
      const known = readCredentials(this.#file);
      const token = known?.token ?? newToken();
      const first = Number(readSetting(store, portSetting)) || portOf(root);
      const port = await this.#listenFrom(first, token);
      if (port === null) return;
      if (known?.port !== port) writeCredentials(this.#file, { token, port });
      if (readSetting(store, portSetting) !== String(port)) {
        writeSetting(store, portSetting, String(port));
      }
    } catch (error) {
      logger.warn('MLflow’s clients cannot log here: the endpoint could not listen', error);
    }
  }

  /** @returns the port, or null when another process listens for this folder */
  async #listenFrom(first: number, token: string): Promise<number | null> {
    for (let port = first; ; port++) {
      try {
        const endpoint = await listen(this.#context, { token, port });
        if (this.#closed) await endpoint.close();
        else this.#endpoint = endpoint;
        this.#other = null;
        return port;
      } catch (error) {
        if (errnoOf(error) !== 'EADDRINUSE' && errnoOf(error) !== 'EACCES') throw error;
        if (await isListening(port, token)) {
          this.#other = port;
          this.#takeOverLater();
          return null;
        }
        if (port >= first + maxTries) throw error;
      }
    }
  }

  #takeOverLater(): void {
    if (this.#closed) return;
    this.#timer = setTimeout(() => void this.#start(), takeOverMs);
    this.#timer.unref();
  }
}

/** Of each folder another, and always the same. */
function portOf(root: string): number {
  return firstPort + (createHash('sha256').update(root).digest().readUInt32BE(0) % portCount);
}
