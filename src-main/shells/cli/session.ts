/** A command's way into the core: the same operations as the window, in this process. */
import { type App, createApp } from '../../app.ts';
import { createLogger } from '../../base/logger.ts';
import type { Input, Item, OperationName, Output, ParsedInput } from '../../contract/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import { ProgressBar } from './progress.ts';

/** Options that every command has. */
export interface GlobalOptions {
  readonly directory: string;
  readonly json: boolean;
}

export interface CallOptions<N extends OperationName> {
  readonly onItem?: (item: Item<N>) => void | Promise<void>;
  readonly signal?: AbortSignal;
}

/** The core, opened on a folder or on none, and one function to call it. */
export class CliSession {
  readonly app: App;
  readonly #interrupt: AbortController;

  private constructor(app: App, interrupt: AbortController) {
    this.app = app;
    this.#interrupt = interrupt;
  }

  static async start(): Promise<CliSession> {
    const level = process.env.CAIRN_DEBUG === undefined ? 'error' : 'debug';
    const logger = createLogger(level, (line) => process.stderr.write(line));
    const interrupt = new AbortController();
    return new CliSession(await createApp({ logger, runnerCommand: runnerCommand() }), interrupt);
  }

  /** Aborted by Ctrl+C once {@link cancelOnInterrupt} was called. */
  get signal(): AbortSignal {
    return this.#interrupt.signal;
  }

  /** The first Ctrl+C cancels what is under way; a second one ends the program. */
  cancelOnInterrupt(): void {
    process.once('SIGINT', () => this.#interrupt.abort());
  }

  /** Calls an operation with what a user typed. */
  async call<N extends OperationName>(
    name: N,
    input: Input<N>,
    options: CallOptions<N> = {},
  ): Promise<Output<N>> {
    const { operations } = await import('../../contract/index.ts');
    return this.ask(name, operations[name].input.parse(input) as ParsedInput<N>, options);
  }

  /**
   * Calls an operation with what this program put together: the compiler has checked it, and a quick
   * command need not load the schemas. Items that are progress reports become a bar on the terminal.
   */
  async ask<N extends OperationName>(
    name: N,
    input: ParsedInput<N>,
    options: CallOptions<N> = {},
  ): Promise<Output<N>> {
    const bar = new ProgressBar();
    const handler = this.app.handlers[name] as unknown as (
      input: unknown,
      call: Parameters<Handlers[N]>[1],
    ) => Promise<Output<N>>;
    try {
      return await handler(input, {
        signal: options.signal ?? this.signal,
        emit: async (item: Item<N>) => {
          if (isProgress(item)) bar.report(item);
          else bar.clear();
          await options.onItem?.(item);
        },
      } as Parameters<Handlers[N]>[1]);
    } finally {
      bar.clear();
    }
  }

  async end(): Promise<void> {
    await this.app.dispose();
  }
}

/** Runs `work` with the workspace around `options.directory` opened, and closes it. */
export async function withWorkspace<T>(
  options: GlobalOptions,
  work: (cli: CliSession) => Promise<T>,
  open: { index?: boolean; sources?: boolean } = {},
): Promise<T> {
  const cli = await CliSession.start();
  try {
    await cli.app.openQuietly(options.directory, {
      index: open.index ?? false,
      sources: open.sources ?? false,
    });
    return await work(cli);
  } finally {
    await cli.end();
  }
}

/** How to start this program again as a runner. */
export function runnerCommand(): string[] {
  return [process.execPath, process.argv[1] as string, '__runner'];
}

function isProgress(
  item: unknown,
): item is { phase: string; done: number; total: number; unit: 'items' } {
  return typeof item === 'object' && item !== null && 'phase' in item && 'done' in item;
}
