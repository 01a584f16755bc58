/**
 * The composition root: which services there are and what each is given. A shell makes one App and
 * serves its handlers; nothing below this file knows which shell it is in.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Changes } from './api/changes.ts';
import type { ApiContext } from './api/context.ts';
import { watchDeadRuns } from './api/dead-runs.ts';
import { createHandlers } from './api/index.ts';
import { LiveSession } from './api/live-session.ts';
import { Session } from './api/session.ts';
import { CairnError } from './base/errors.ts';
import type { Logger } from './base/logger.ts';
import { programFolder } from './base/program-folder.ts';
import type { Work } from './base/progress.ts';
import { HashCache } from './cas/index.ts';
import type { Handlers } from './rpc/index.ts';
import { executeRun } from './runners/index.ts';
import { addRecent, type Folders, locateFolders, setTrust } from './workspace/index.ts';

export interface AppOptions {
  readonly logger: Logger;
  /** The program and first arguments that start a runner; `--root R --run ID` is appended. */
  readonly runnerCommand: readonly string[];
  /** The user's folders; those of the system when left out. */
  readonly folders?: Folders;
  /** The example project as it was shipped; found beside the program when left out. */
  readonly exampleDir?: string | null;
}

export interface App {
  readonly handlers: Handlers;
  /** @throws CairnError `not-found` when no folder is open */
  session(): Session;
  /** Opens a folder without following it: for a command that ends soon. */
  openQuietly(path: string, options: { index: boolean }): Promise<Session>;
  dispose(): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const folders = options.folders ?? userFolders();
  const changes = new Changes();
  const opening = { folders, logger: options.logger, changes };
  let session: Session | null = null;
  let live: LiveSession | null = null;
  let stopReaping = () => {};

  const close = async () => {
    const [before, follower] = [session, live];
    session = null;
    live = null;
    stopReaping();
    await follower?.close();
    await before?.close();
  };

  const open = async (path: string, work: Work): Promise<Session> => {
    const next = await Session.open(path, opening, work);
    try {
      const follower = await LiveSession.start(next, work);
      await close();
      [session, live] = [next, follower];
    } catch (error) {
      await next.close();
      throw error;
    }
    await addRecent(folders, next.workspace.root);
    changes.publish(['workspace', 'runs', 'git', 'notes', 'pipeline', 'bundles']);
    return next;
  };

  const context: ApiContext = {
    folders,
    logger: options.logger,
    exampleDir: options.exampleDir === undefined ? findExample() : options.exampleDir,
    runnerCommand: options.runnerCommand,
    changes,
    current: () => session,
    session: () => {
      if (session === null) throw new CairnError('not-found', 'No folder is open. Open one first.');
      return session;
    },
    hashCache: () => {
      const cache = HashCache.open(join(folders.cache, 'elsewhere', 'hashes.db'));
      return { cache, close: () => cache.close() };
    },
    open,
    close: async () => {
      await close();
      changes.publish(['workspace']);
    },
    setTrust: async (trusted) => {
      const { workspace } = context.session();
      if (workspace.trusted === trusted) return context.session();
      const followed = live !== null;
      // The store moves into the folder when it becomes trusted, so nothing may hold it.
      await close();
      await setTrust(workspace, trusted, folders);
      if (followed) return open(workspace.root, {});
      session = await Session.open(workspace.root, opening);
      return session;
    },
  };

  return {
    handlers: createHandlers(context),
    session: context.session,
    openQuietly: async (path, { index }) => {
      const next = await Session.open(path, opening);
      await close();
      session = next;
      stopReaping = await watchDeadRuns(next);
      if (index) await next.indexHistory({});
      return next;
    },
    dispose: close,
  };
}

/** What the detached process of a run does, from its first line to its last. */
export async function openRunner(root: string, runId: string, logger: Logger): Promise<void> {
  const folders = userFolders();
  const session = await Session.open(root, { folders, logger, changes: new Changes() });
  try {
    await executeRun(session.runnerContext(), runId);
  } finally {
    await session.close();
  }
}

function userFolders(): Folders {
  return locateFolders(process.platform, process.env, homedir());
}

/** In a checkout among the resources; in a packaged app beside its archive. */
function findExample(): string | null {
  const packaged = (process as { resourcesPath?: string }).resourcesPath;
  const places = [
    join(programFolder(), 'resources', 'example'),
    ...(packaged === undefined ? [] : [join(packaged, 'example')]),
  ];
  return places.find((place) => existsSync(place)) ?? null;
}
