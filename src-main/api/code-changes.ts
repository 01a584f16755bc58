/** How many code files differ between two runs. */
import type { CodeStore } from '../git/index.ts';
import type { Tracking } from '../tracking/index.ts';

export class CodeChanges {
  readonly #tracking: Tracking;
  readonly #code: () => CodeStore | null;
  /** A pair of commits never changes, so neither does its count. */
  readonly #counts = new Map<string, number>();

  constructor(tracking: Tracking, code: () => CodeStore | null) {
    this.#tracking = tracking;
    this.#code = code;
  }

  /** Null when the code of a run is not known, or its objects are gone. */
  count(before: string, after: string): number | null {
    const code = this.#code();
    const [left, right] = [before, after].map((id) => {
      const { snapshot, baseCommit } = this.#tracking.commits(id);
      return snapshot ?? baseCommit;
    }) as [string | null, string | null];
    if (left === null || right === null || code === null) return null;
    const key = `${left} ${right}`;
    let count = this.#counts.get(key);
    if (count === undefined) {
      const written = new Set([
        ...this.#tracking.outputs(before),
        ...this.#tracking.outputs(after),
      ]);
      try {
        // What a run writes itself is no change of the code.
        const changes = code.diffTrees(left, right);
        count = changes.filter(({ path }) => !isLock(path) && !written.has(path)).length;
      } catch {
        return null;
      }
      this.#counts.set(key, count);
    }
    return count;
  }
}

function isLock(path: string): boolean {
  return path === 'dvc.lock' || path.endsWith('/dvc.lock');
}
