/** One opened workspace with every service over it. */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Disposables } from '../base/disposable.ts';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Logger } from '../base/logger.ts';
import type { Work } from '../base/progress.ts';
import { HashCache, ObjectStore } from '../cas/index.ts';
import { type CodeStore, Repository, ShadowRepository } from '../git/index.ts';
import type { Sources } from '../importers/index.ts';
import { Lineage } from '../lineage/index.ts';
import { cacheFolder, folderRemotes, loadDvcConfig } from '../pipelines/index.ts';
import type { RunnerContext } from '../runners/index.ts';
import { Store } from '../store/index.ts';
import { Experiments, Notes, Tracking, UndoLog } from '../tracking/index.ts';
import {
  type Folders,
  indexHistory,
  openInPlace,
  openWorkspace,
  type Workspace,
} from '../workspace/index.ts';
import type { Changes } from './changes.ts';
import { CodeChanges } from './code-changes.ts';
import { PipelineView } from './pipeline-view.ts';
import { Worktree } from './worktree.ts';

export interface SessionOptions {
  readonly folders: Folders;
  readonly logger: Logger;
  readonly changes: Changes;
}

export class Session {
  readonly workspace: Workspace;
  readonly folders: Folders;
  readonly logger: Logger;
  readonly store: Store;
  readonly experiments: Experiments;
  readonly tracking: Tracking;
  readonly lineage: Lineage;
  readonly notes: Notes;
  readonly undo: UndoLog;
  readonly cache: HashCache;
  readonly objects: ObjectStore;
  /** Contents that no pipeline caches (metrics, the files of a command), kept for runs. */
  readonly kept: ObjectStore;
  readonly repository: Repository | null;
  /** Why Git could not be read, in a sentence; the rest of the folder works all the same. */
  readonly gitProblem: string | null;
  /** Why commits are missing from the history, in a sentence, once it was read. */
  historyProblem: string | null = null;
  /** Commits whose changes could not be read, each in a sentence. */
  historyUnread: readonly string[] = [];
  readonly changes: Changes;
  /** Where MLflow's clients log to, once something listens; put here by the composition root. */
  mlflow: () => string | null = () => null;
  readonly codeChanges: CodeChanges;
  readonly worktree: Worktree;
  readonly pipeline: PipelineView;
  readonly #disposables = new Disposables();
  #sources: Promise<Sources> | null = null;
  #shadow: ShadowRepository | null = null;

  private constructor(
    workspace: Workspace,
    options: SessionOptions,
    git: { repository: Repository | null; problem: string | null },
  ) {
    this.workspace = workspace;
    this.folders = options.folders;
    this.logger = options.logger;
    this.changes = options.changes;
    this.repository = git.repository;
    this.gitProblem = git.problem;
    this.store = Store.open(workspace.storePath);
    this.#disposables.add(() => this.store.close());
    this.cache = HashCache.open(workspace.hashCacheFile);
    this.#disposables.add(() => this.cache.close());
    this.objects = new ObjectStore(...objectFolders(workspace));
    this.kept = new ObjectStore(join(workspace.storeDir, 'kept'));
    this.experiments = new Experiments(this.store);
    this.tracking = new Tracking(this.store, this.experiments, workspace.storeDir);
    this.lineage = new Lineage(this.store);
    this.notes = new Notes(this.store);
    this.undo = new UndoLog(this.store, async () =>
      (await import('./edit-kinds.ts')).editKinds(this),
    );
    this.worktree = new Worktree(git.repository, workspace, options.logger);
    this.pipeline = new PipelineView(this);
    this.codeChanges = new CodeChanges(this.tracking, () => this.code);
    this.#disposables.add(() => this.repository?.close());
    this.#disposables.add(() => this.#shadow?.close());
  }

  /**
   * Opens a folder. A damaged Git repository does not keep the rest from opening.
   * @throws CairnError as {@link openWorkspace} and `Store.open` do
   */
  static async open(path: string, options: SessionOptions, work: Work = {}): Promise<Session> {
    const workspace = openWorkspace(path, options.folders);
    refuseEmptied(workspace);
    work.signal?.throwIfAborted();
    const git = await openGit(workspace.root);
    return openInPlace(workspace, options.folders, (now) => new Session(now, options, git));
  }

  /** Where the code of runs is kept: Git, or the shadow of a folder without it. */
  get code(): CodeStore | null {
    if (this.repository !== null) return this.repository;
    // Looked for each time until it is there: the runner of the first run makes it.
    this.#shadow ??= ShadowRepository.existing(this.workspace.storeDir, this.workspace.root);
    return this.#shadow;
  }

  /** As {@link code}, making the shadow repository when there is none yet. */
  async codeForWriting(): Promise<CodeStore> {
    if (this.repository !== null) return this.repository;
    this.#shadow ??= await ShadowRepository.open(this.workspace.storeDir, this.workspace.root);
    return this.#shadow;
  }

  /** Runs of other tools; loaded when first asked for, since most commands do without. */
  sources(): Promise<Sources> {
    this.#sources ??= import('../importers/index.ts').then(
      ({ createDeclared, createDvcExperiments, importers, Sources }) => {
        const { repository } = this;
        const ofGit = repository === null ? [] : [createDvcExperiments({ repository })];
        return new Sources({
          store: this.store,
          root: this.workspace.root,
          importers: [...importers, ...ofGit, createDeclared({ store: this.store })],
        });
      },
    );
    return this.#sources;
  }

  /** DVC's remotes that are folders: what is not in the cache can be read there. */
  remotes(): { readonly name: string; readonly objects: ObjectStore }[] {
    const { root } = this.workspace;
    if (!existsSync(join(root, '.dvc'))) return [];
    return folderRemotes(root, loadDvcConfig(root)).map(({ name, folder }) => ({
      name,
      objects: new ObjectStore(join(folder, 'files', 'md5'), folder),
    }));
  }

  /** Whether a content is still to be had from a cache. */
  readonly available = (_path: string, hash: string): boolean =>
    this.objects.has(hash) || this.kept.has(hash);

  /** @throws CairnError `untrusted` unless the user trusts the folder */
  requireTrust(what: string): void {
    if (this.workspace.trusted) return;
    throw new CairnError(
      'untrusted',
      `${what} needs your trust: ${this.workspace.root} is not a trusted folder. Look at what is in it, then choose “Trust this folder”.`,
    );
  }

  /** Reads what is new in the Git history into the store; nothing without Git. */
  async indexHistory(work: Work): Promise<void> {
    if (this.repository === null) return;
    const { workspace, repository, store } = this;
    const { incomplete, problems } = await indexHistory(workspace, repository, store, work);
    this.historyProblem = incomplete;
    this.historyUnread = problems.filter((problem) => problem !== incomplete);
    for (const problem of problems) this.logger.warn(problem);
  }

  /** What a runner in this process needs. */
  runnerContext(): RunnerContext {
    const { workspace, tracking, lineage, cache, objects, kept, logger } = this;
    return {
      root: workspace.root,
      storeDir: workspace.storeDir,
      statCacheFile: workspace.statCacheFile,
      tracking,
      lineage,
      cache,
      objects,
      kept,
      code: () => this.codeForWriting(),
      logger,
    };
  }

  async close(): Promise<void> {
    await this.#disposables.dispose();
  }
}

/** What a full disk or a crash has emptied must not pass for new while runs lie beside it. */
function refuseEmptied({ storeDir, storePath }: Workspace): void {
  const size = statSync(storePath, { throwIfNoEntry: false })?.size;
  if (size !== 0 || existsSync(`${storePath}-wal`) || !existsSync(join(storeDir, 'runs'))) return;
  throw new CairnError(
    'corrupt',
    `The run index ${storePath} is empty, but runs were recorded beside it. Restore it from a copy, or delete it to start a new one.`,
  );
}

async function openGit(
  root: string,
): Promise<{ repository: Repository | null; problem: string | null }> {
  try {
    return { repository: await Repository.open(root), problem: null };
  } catch (error) {
    return { repository: null, problem: asCairnError(error).message };
  }
}

/** DVC's cache where DVC is set up; otherwise a cache of the same shape beside the store. */
function objectFolders({ root, storeDir }: Workspace): [string, string?] {
  if (!existsSync(join(root, '.dvc'))) return [join(storeDir, 'cache', 'files', 'md5')];
  const folder = cacheFolder(root, loadDvcConfig(root));
  return [join(folder, 'files', 'md5'), folder];
}
