/** What a view wants to find again when somebody comes back to it: scroll offset, cursor. */
export const memory = new Map<string, unknown>();

/** Forgets what views kept at a step that nobody can come back to. */
export function forget(step: number): void {
  for (const key of memory.keys()) {
    if (Number.parseInt(key, 10) === step) memory.delete(key);
  }
}
