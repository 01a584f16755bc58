/** The detached process behind a run; see `runners/`. */
import { openRunner } from '../../../app.ts';
import { CairnError } from '../../../base/errors.ts';
import { createLogger } from '../../../base/logger.ts';

export async function runner(root: string, runId: string): Promise<void> {
  if (!/^[0-9a-f]{32}$/.test(runId))
    throw new CairnError('invalid', 'The runner was given no run.');
  const logger = createLogger('warn', (line) => process.stderr.write(line));
  await openRunner(root, runId, logger);
}
