/**
 * The command line. Every command calls the operations of the contract in this process; what a
 * click does in the window and what a user types here is the same code.
 *
 * This entry stays small, because it is compiled every time: what V8 makes of the rest is kept.
 */
import { enableCompileCache } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { locateFolders } from '../../workspace/folders.ts';

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `cairn: Cairn needs Node 24 or newer and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  const { cache } = locateFolders(process.platform, process.env, homedir());
  enableCompileCache(join(cache, 'compiled'));
  await start(process.argv.slice(2));
}

async function start(args: readonly string[]): Promise<void> {
  const { guardStreams } = await import('./output.ts');
  guardStreams();
  // The detached process that `run` and `repro` start; not for people.
  if (args[0] === '__runner') await (await import('./commands/runner.ts')).runner(args.slice(1));
  else await (await import('./program.ts')).runProgram();
}
