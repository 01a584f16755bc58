/** How many files differ from HEAD: counted in the background, told when it changes. */
import type { Logger } from '../base/logger.ts';
import type { Repository, StatusEntry } from '../git/index.ts';
import type { Workspace } from '../workspace/index.ts';

export class Worktree {
  readonly #repository: Repository | null;
  readonly #workspace: Workspace;
  readonly #logger: Logger;
  #dirty: number | null = null;
  #counting = false;

  constructor(repository: Repository | null, workspace: Workspace, logger: Logger) {
    this.#repository = repository;
    this.#workspace = workspace;
    this.#logger = logger;
  }

  /** Null until the first count is done. */
  get dirty(): number | null {
    return this.#dirty;
  }

  /** The files that differ from HEAD; none without Git. */
  async status(signal?: AbortSignal): Promise<StatusEntry[]> {
    if (this.#repository === null) return [];
    const { statCacheFile } = this.#workspace;
    const entries = await this.#repository.status({ statCacheFile, signal });
    this.#dirty = entries.length;
    return entries;
  }

  /** Counts again unless a count is under way; calls `changed` if the number is another. */
  refresh(changed: () => void): void {
    if (this.#counting || this.#repository === null) return;
    this.#counting = true;
    const before = this.#dirty;
    this.status()
      .then(() => {
        if (this.#dirty !== before) changed();
      })
      .catch((error: unknown) => this.#logger.warn('The working tree could not be compared', error))
      .finally(() => {
        this.#counting = false;
      });
  }
}
