/**
 * The core of one window: an Electron utility process (or anything that has its `parentPort`). Ports
 * arrive from the shell, one per page that connects; every one is served the same operations.
 */
import { join } from 'node:path';
import type { MessagePortMain } from 'electron';
import { createApp } from '../../app.ts';
import { createLogger } from '../../base/logger.ts';
import { type Handlers, messagePort, serve } from '../../rpc/index.ts';
import { type FromCore, programArgument, type ToCore } from './core-messages.ts';

const logger = createLogger('warn', (line) => process.stderr.write(line));
const shell = process.parentPort;
const tell = (message: FromCore) => shell.postMessage(message);

// The runner is this program as plain Node. In a utility process the binary can be a helper of the
// application, so that the shell passes its own.
const node = programArgument(process.argv) ?? process.execPath;
const app = createApp({
  logger,
  runnerCommand: [node, join(import.meta.dirname, 'cli.js'), '__runner'],
});

/** The operations of the app, and the shell hears what its windows and its menu need. */
const handlers = app.then(({ handlers: own }): Handlers => {
  const tellRecents = async (signal: AbortSignal) => {
    const { folders } = await own['workspace.recents']({}, { signal, emit: async () => {} });
    const there = folders.filter((folder) => folder.exists);
    tell({ type: 'recents', folders: there.map(({ path, name }) => ({ path, name })) });
  };
  const quietly = (work: Promise<void>) =>
    work.catch((error: unknown) => logger.warn('The recent folders cannot be read', error));
  const untilEnd = new AbortController().signal;
  void quietly(tellRecents(untilEnd));
  return {
    ...own,
    async 'workspace.open'(input, context) {
      try {
        const info = await own['workspace.open'](input, context);
        tell({ type: 'folder', root: info.root, asked: input.path });
        await quietly(tellRecents(untilEnd));
        return info;
      } catch (error) {
        // What was open before still is.
        const { signal } = context;
        const info = await own['workspace.info']({}, { signal, emit: async () => {} });
        tell({ type: 'folder', root: info?.root ?? null, asked: null });
        throw error;
      }
    },
    async 'workspace.close'(input, context) {
      const output = await own['workspace.close'](input, context);
      tell({ type: 'folder', root: null, asked: null });
      return output;
    },
    async 'workspace.forget'(input, context) {
      const output = await own['workspace.forget'](input, context);
      await quietly(tellRecents(untilEnd));
      return output;
    },
  };
});

async function connect(port: MessagePortMain, folder: string | null): Promise<void> {
  const operations = await handlers;
  const context = { signal: new AbortController().signal, emit: async () => {} };
  if (folder !== null && (await operations['workspace.info']({}, context)) === null) {
    // Also when it fails the port is served: the page finds no folder open, and says so.
    await operations['workspace.open']({ path: folder }, context).catch((error: unknown) =>
      logger.error(`${folder} cannot be opened again`, error),
    );
  }
  serve(messagePort(port), operations, { logger });
}

let connecting = Promise.resolve();
shell.on('message', ({ data, ports }) => {
  const message = data as ToCore;
  const [port] = ports;
  if (message.type === 'connect' && port !== undefined) {
    connecting = connecting.then(() => connect(port, message.folder)).catch(fail);
  } else if (message.type === 'end') {
    app.then((running) => running.dispose()).then(() => process.exit(0), fail);
  }
});

/** Ends the process: the shell puts up a new one. */
function fail(error: unknown): void {
  logger.error('The core cannot go on', error);
  process.exit(1);
}

app.then(() => tell({ type: 'ready' })).catch(fail);
