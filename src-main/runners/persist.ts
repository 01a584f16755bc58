/** Writing what must not be lost while the disk is full or the store is held by somebody else. */
import { setTimeout } from 'node:timers/promises';
import { asCairnError } from '../base/errors.ts';

/** Somebody may make room, or end, within this time; then the writing is given up. */
const tries = 20;
const pauseMs = 500;

/** Tries again and again. @throws what `write` throws for other reasons, or in the end */
export async function persist<T>(write: () => T): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return write();
    } catch (error) {
      const { code } = asCairnError(error);
      if ((code !== 'no-space' && code !== 'locked') || attempt === tries) throw error;
      await setTimeout(pauseMs);
    }
  }
}
