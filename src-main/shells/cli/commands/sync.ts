/** `cairn sync`. */
import { CairnError } from '../../../base/errors.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

export async function sync(
  options: GlobalOptions & { readonly server?: string; readonly filter: string },
  direction: string,
): Promise<void> {
  const uri = options.server ?? process.env.MLFLOW_TRACKING_URI;
  if (direction !== 'push' && direction !== 'pull') {
    throw new CairnError(
      'invalid',
      `“cairn sync push” sends, “cairn sync pull” fetches; not “${direction}”.`,
    );
  }
  if (uri === undefined || uri.trim() === '') {
    throw new CairnError('invalid', 'Which server? Give --server, or set MLFLOW_TRACKING_URI.');
  }
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    if (direction === 'pull') {
      const { runs } = await cli.call('sync.pull', { uri });
      if (options.json) printJson({ runs });
      else print(runs === 0 ? 'Nothing new.' : `Fetched ${runs} runs that are new or changed.`);
      return;
    }
    const done = await cli.call('sync.push', { uri, filter: options.filter });
    if (options.json) {
      printJson(done);
      return;
    }
    print(
      `Sent ${done.sent} runs, ${done.points} points, ${done.files} files; ${done.unchanged} were there already.`,
    );
    for (const problem of done.problems) print(`  ${problem}`);
  });
}
