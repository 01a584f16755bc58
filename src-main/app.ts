/**
 * The composition root: which services there are and what each is given. A shell makes one App and
 * serves its handlers; nothing below this file knows which shell it is in.
 */
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
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
import type { MlflowContext, WorkspaceEndpoint } from './mlflow/index.ts';
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
  openQuietly(path: string, options: { index: boolean; sources: boolean }): Promise<Session>;
  /**
   * The variables with which MLflow's client logs to the open folder, whichever process listens
   * for it; null when none does.
   * @param own the environment of the user
   */
  loggingVariables(own: NodeJS.ProcessEnv): Promise<Record<string, string> | null>;
  dispose(): Promise<void>;
}

export async function createApp(options: AppOptions): Promise<App> {
  const folders = options.folders ?? userFolders();
  const changes = new Changes();
  const opening = { folders, logger: options.logger, changes };
  let session: Session | null = null;
  let live: LiveSession | null = null;
  let stopReaping = () => {};
  let endpoint: WorkspaceEndpoint | null = null;

  const close = async () => {
    const [before, follower, listening] = [session, live, endpoint];
    session = null;
    live = null;
    endpoint = null;
    stopReaping();
    await listening?.close();
    await follower?.close();
    await before?.close();
  };

  const open = async (path: string, work: Work): Promise<Session> => {
    const next = await Session.open(path, opening, work);
    try {
      const follower = await LiveSession.start(next, work);
      await close();
      [session, live] = [next, follower];
      endpoint = await listenFor(next);
      next.mlflow = () => endpoint?.url ?? null;
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
    openQuietly: async (path, { index, sources }) => {
      const next = await Session.open(path, opening);
      await close();
      session = next;
      stopReaping = await watchDeadRuns(next);
      if (index) await next.indexHistory({});
      if (sources) await (await next.sources()).read({}, {});
      return next;
    },
    loggingVariables: async (own) => {
      const { isListening, readCredentials, trackingEnvironment } = await import(
        './mlflow/index.ts'
      );
      const { token, port } = readCredentials(credentialsFile(context.session())) ?? {};
      if (token === undefined || !port || !(await isListening(port, token))) return null;
      return trackingEnvironment(`http://127.0.0.1:${port}`, token, own);
    },
    dispose: close,
  };
}

/**
 * What the detached process of a run does, from its first line to its last.
 * @param given what the user chose, and a script's own names do not override
 */
export async function openRunner(
  root: string,
  runId: string,
  logger: Logger,
  given: { readonly experimentGiven: boolean; readonly nameGiven: boolean },
): Promise<void> {
  const folders = userFolders();
  const session = await Session.open(root, { folders, logger, changes: new Changes() });
  try {
    const openEndpoint = async (id: string) => {
      const { openRunEndpoint } = await import('./mlflow/index.ts');
      const shared = session.tracking.spec(id).kind === 'pipeline';
      return openRunEndpoint(mlflowContext(session), { id, ...given, shared }, process.env);
    };
    await executeRun({ ...session.runnerContext(), openEndpoint }, runId);
  } finally {
    await session.close();
  }
}

/** What the endpoint for MLflow's clients needs of an open folder. */
function mlflowContext(session: Session): Omit<MlflowContext, 'ownRun'> {
  const { store, tracking, experiments, workspace, changes, logger } = session;
  return {
    store,
    tracking,
    experiments,
    storeDir: workspace.storeDir,
    root: workspace.root,
    changed: (topics) => changes.publish(topics),
    logger,
  };
}

/** Lets MLflow's clients log to a folder, if the user trusts it and it can be written to. */
async function listenFor(session: Session): Promise<WorkspaceEndpoint | null> {
  const { workspace } = session;
  if (!workspace.trusted || workspace.readOnly) return null;
  const { WorkspaceEndpoint } = await import('./mlflow/index.ts');
  const context = { ...mlflowContext(session), ownRun: null };
  return WorkspaceEndpoint.start(context, credentialsFile(session));
}

/** Where address and token of a folder's endpoint are remembered. */
function credentialsFile({ folders, workspace }: Session): string {
  return join(folders.data, 'mlflow', `${basename(workspace.cacheDir)}.json`);
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
