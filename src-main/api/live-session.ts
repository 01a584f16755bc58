/** Keeps an open folder current: watches it, reads new commits, notices runners that died. */
import type { Work } from '../base/progress.ts';
import { watchWorkspace } from '../workspace/index.ts';
import { watchDeadRuns } from './dead-runs.ts';
import type { Session } from './session.ts';
import { sourceTopics } from './source-topics.ts';

export class LiveSession {
  readonly #session: Session;
  readonly #stopWatching: () => void;
  #stopReaping: () => void = () => undefined;
  #stopFollowing: () => Promise<void> = async () => undefined;
  readonly #closing = new AbortController();
  #indexing: Promise<void> | null = null;
  #indexAgain = false;

  private constructor(session: Session) {
    this.#session = session;
    this.#stopWatching = watchWorkspace(session.workspace, (topics) => this.#changed(topics), {
      storeVersion: () => session.store.dataVersion(),
      gitDirs: session.repository?.watchedFolders() ?? [],
    });
  }

  /** Reads what is new in the history and in the runs of other tools, then follows the folder. */
  static async start(session: Session, work: Work): Promise<LiveSession> {
    await session.indexHistory(work);
    const sources = await session.sources();
    await sources.read({}, work);
    if (session.workspace.trusted) await sweepOnOpening(session);
    const live = new LiveSession(session);
    live.#stopReaping = await watchDeadRuns(session);
    live.#stopFollowing = sources.follow(
      ({ runs }) => session.changes.publish(sourceTopics(runs)),
      (error) => session.logger.warn('The runs of other tools could not be read', error),
    );
    session.worktree.refresh(() => session.changes.publish(['workspace']));
    return live;
  }

  async close(): Promise<void> {
    this.#stopReaping();
    this.#stopWatching();
    this.#closing.abort();
    await this.#stopFollowing();
    await this.#indexing;
  }

  #changed(topics: readonly string[]): void {
    const { changes, worktree } = this.#session;
    if (topics.includes('pipeline')) this.#session.pipeline.changed();
    if (topics.includes('git')) this.#index();
    if (topics.includes('git') || topics.includes('workspace') || topics.includes('pipeline')) {
      worktree.refresh(() => changes.publish(['workspace']));
    }
    changes.publish(topics);
  }

  /** One reading at a time; what changes meanwhile is read right after. */
  #index(): void {
    if (this.#indexing !== null) {
      this.#indexAgain = true;
      return;
    }
    const { session, signal } = { session: this.#session, signal: this.#closing.signal };
    this.#indexing = session
      .indexHistory({ signal })
      .then(() => session.changes.publish(['git']))
      .catch((error: unknown) => {
        if (!signal.aborted) session.logger.warn('The history could not be read', error);
      })
      .finally(() => {
        this.#indexing = null;
        if (this.#indexAgain && !signal.aborted) {
          this.#indexAgain = false;
          this.#index();
        }
      });
  }
}

/** Rules that the user switched on. One that fails keeps nothing from opening. */
async function sweepOnOpening(session: Session): Promise<void> {
  try {
    const { readRules, sweepAutomatically } = await import('../tidy/index.ts');
    if (!readRules(session.store).some((rule) => rule.automatic)) return;
    const { trashContext } = await import('./tidy.ts');
    for (const { rule, moved } of sweepAutomatically(trashContext(session))) {
      session.logger.info(`Moved ${moved.length} runs to the trash: ${rule}`);
      session.changes.publish(['runs']);
    }
  } catch (error) {
    session.logger.warn('The folder could not be tidied', error);
  }
}
