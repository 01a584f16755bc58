/** Tells the views what changed, a few times a second however much is logged. */

const everyMs = 250;

export class Announcer {
  readonly #tell: (topics: readonly string[]) => void;
  readonly #topics = new Set<string>();
  #timer: NodeJS.Timeout | null = null;

  constructor(tell: (topics: readonly string[]) => void) {
    this.#tell = tell;
  }

  add(topics: readonly string[]): void {
    for (const topic of topics) this.#topics.add(topic);
    this.#timer ??= setTimeout(() => this.#flush(), everyMs);
  }

  /** Tells what is left. */
  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#flush();
  }

  #flush(): void {
    this.#timer = null;
    if (this.#topics.size === 0) return;
    const topics = [...this.#topics];
    this.#topics.clear();
    this.#tell(topics);
  }
}
