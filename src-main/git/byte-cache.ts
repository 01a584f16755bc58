/** Keeps the most recently used values up to a total size in bytes. */
export class ByteCache<V> {
  readonly #values = new Map<string, { value: V; bytes: number }>();
  readonly #limit: number;
  #total = 0;

  constructor(limitBytes: number) {
    this.#limit = limitBytes;
  }

  get(key: string): V | undefined {
    const found = this.#values.get(key);
    if (found === undefined) return undefined;
    this.#values.delete(key);
    this.#values.set(key, found);
    return found.value;
  }

  set(key: string, value: V, bytes: number): void {
    if (bytes > this.#limit / 4) return;
    this.delete(key);
    this.#values.set(key, { value, bytes });
    this.#total += bytes;
    for (const oldest of this.#values.keys()) {
      if (this.#total <= this.#limit) break;
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const found = this.#values.get(key);
    if (found === undefined) return;
    this.#values.delete(key);
    this.#total -= found.bytes;
  }

  clear(): void {
    this.#values.clear();
    this.#total = 0;
  }
}
