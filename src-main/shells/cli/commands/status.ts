/** `cairn status`. */
import { oneLine, paint, print, printJson } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

export async function status(options: GlobalOptions): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const found = await cli.ask('pipeline.status', {});
    if (found.problem !== null) process.exitCode = 1;
    if (options.json) {
      printJson(found);
      return;
    }
    for (const stage of found.stages.filter((stage) => stage.reasons.length > 0)) {
      print(`${paint('bold', stage.address)}  ${paint('yellow', stage.state)}`);
      for (const reason of stage.reasons) print(`    ${reason.detail}`);
    }
    if (found.code.length > 0) {
      print(paint('bold', 'code'));
      for (const file of found.code) print(`    ${file.change.padEnd(9)} ${file.path}`);
    }
    if (found.problem !== null) {
      process.stderr.write(`cairn: ${oneLine(found.problem)}\n`);
    } else if (found.stages.length === 0 && cli.app.session().repository === null) {
      print('There is neither a pipeline nor Git here: nothing to compare with.');
    } else if (found.clean) {
      print('Nothing has changed: every stage and every file is as recorded.');
    } else if (found.stages.every((stage) => stage.reasons.length === 0)) {
      print('The pipeline and the data are up to date.');
    }
  });
}
