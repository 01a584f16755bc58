/**
 * Which run is pointed at. Charts listen to it themselves, so that moving the pointer draws nothing
 * and renders nothing again.
 */
export interface Lit {
  get(): string | null;
  set(runId: string | null): void;
  /** Calls back after each change, until the returned function is called. */
  subscribe(listener: () => void): () => void;
}

export function createLit(): Lit {
  let now: string | null = null;
  const listeners = new Set<() => void>();
  return {
    get: () => now,
    set(runId) {
      if (runId === now) return;
      now = runId;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
