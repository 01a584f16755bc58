/** The detached process behind a run; see `runners/`. */
import { parseArgs } from 'node:util';
import { openRunner } from '../../../app.ts';
import { CairnError } from '../../../base/errors.ts';
import { createLogger } from '../../../base/logger.ts';
import { printError } from '../output.ts';

/** @param args `--root <absolute path> --run <id> [--experiment-given] [--name-given]` */
export async function runner(args: readonly string[]): Promise<void> {
  try {
    const options = {
      root: { type: 'string' },
      run: { type: 'string' },
      'experiment-given': { type: 'boolean', default: false },
      'name-given': { type: 'boolean', default: false },
    } as const;
    const { root, run, ...given } = parseArgs({ args: [...args], options }).values;
    if (root === undefined || run === undefined || !/^[0-9a-f]{32}$/.test(run))
      throw new CairnError('invalid', 'The runner was given no run.');
    const logger = createLogger('warn', (line) => process.stderr.write(line));
    await openRunner(root, run, logger, {
      experimentGiven: given['experiment-given'],
      nameGiven: given['name-given'],
    });
  } catch (error) {
    printError(error, false);
  }
}
