/** Who is told when something changed: the streams of `workspace.changes`. */
export class Changes {
  readonly #listeners = new Set<(topics: readonly string[]) => void>();

  /** Tells every listener. A topic is `runs`, `notes`, `git`, `workspace`, `pipeline`, `bundles`. */
  publish(topics: readonly string[]): void {
    for (const listener of [...this.#listeners]) listener(topics);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: (topics: readonly string[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
