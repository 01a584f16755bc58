/** Collects what must be released, and releases it in reverse order. */
export class Disposables {
  readonly #actions: Array<() => void | Promise<void>> = [];

  add(action: () => void | Promise<void>): void {
    this.#actions.push(action);
  }

  /** Releases everything even when one action throws; the first error is thrown at the end. */
  async dispose(): Promise<void> {
    const errors: unknown[] = [];
    for (const action of this.#actions.splice(0).reverse()) {
      try {
        await action();
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  }
}
