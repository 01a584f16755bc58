/**
 * The desktop program: hands `electron` to the shell. Everything else in this folder takes it as an
 * argument; `core.ts` is the entry of the process that the shell forks for each window.
 */
import { join } from 'node:path';
import * as electron from 'electron';
import { start } from './start.ts';

start(electron, {
  outDir: join(import.meta.dirname, '..'),
  platform: process.platform,
  // Unpackaged, the first argument is the folder of the program.
  args: process.argv.slice(electron.app.isPackaged ? 1 : 2),
  cwd: process.cwd(),
}).catch((error: unknown) => {
  process.stderr.write(`Cairn cannot start: ${error instanceof Error ? error.stack : error}\n`);
  electron.app.exit(1);
});
