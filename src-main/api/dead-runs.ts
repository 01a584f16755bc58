/** Notices runs whose runner died, for as long as a folder is open. */
import { reapDeadRuns } from '../runners/index.ts';
import type { Session } from './session.ts';

/** How often they are looked at. On Windows each look at a live run starts a slow program. */
const everyMs = process.platform === 'win32' ? 20_000 : 3000;

/**
 * Looks at once, and then from time to time.
 * @returns a function that ends it
 */
export async function watchDeadRuns(session: Session): Promise<() => void> {
  const look = async () => {
    const { tracking, lineage, changes, logger } = session;
    try {
      const dead = await reapDeadRuns({ tracking, lineage });
      if (dead.length > 0) changes.publish(['runs', ...dead.map((id) => `run:${id}`)]);
    } catch (error) {
      logger.warn('Runs without a runner could not be marked', error);
    }
  };
  await look();
  const timer = setInterval(() => void look(), everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
