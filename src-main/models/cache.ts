/** Finished comparisons by the hashes of what was compared; content of a hash never changes. */
import type { ModelDiffItem, ModelDiffTotals } from './diff.ts';

interface Finished {
  readonly opened: Extract<ModelDiffItem, { kind: 'opened' }>;
  readonly totals: ModelDiffTotals;
}

export class ModelDiffCache {
  readonly #entries = new Map<string, Finished>();
  readonly #maxTensors: number;
  #tensors = 0;

  /** @param maxTensors how many tensor records are kept, over all comparisons */
  constructor(maxTensors = 100_000) {
    this.#maxTensors = maxTensors;
  }

  get(key: string): Finished | null {
    const found = this.#entries.get(key);
    if (!found) return null;
    // The entry used last is dropped last.
    this.#entries.delete(key);
    this.#entries.set(key, found);
    return found;
  }

  set(key: string, finished: Finished): void {
    const before = this.#entries.get(key);
    if (before) this.#forget(key, before);
    this.#entries.set(key, finished);
    this.#tensors += finished.opened.tensors.length;
    for (const [oldest, entry] of this.#entries) {
      if (this.#tensors <= this.#maxTensors) return;
      this.#forget(oldest, entry);
    }
  }

  #forget(key: string, entry: Finished): void {
    this.#entries.delete(key);
    this.#tensors -= entry.opened.tensors.length;
  }
}
