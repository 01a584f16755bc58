/** `cairn serve`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import { createLogger } from '../../../base/logger.ts';
import { programFolder } from '../../../base/program-folder.ts';
import { startServer } from '../../server/index.ts';
import { print, printJson } from '../output.ts';
import { CliSession, type GlobalOptions } from '../session.ts';

export async function serve(
  options: GlobalOptions & { readonly port: string; readonly open: boolean },
  folder: string | undefined,
): Promise<void> {
  const port = Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new CairnError('invalid', '--port takes a number from 0 to 65535.');
  }
  const cli = await CliSession.start();
  // Without a folder the page welcomes: the example project and what was opened before.
  const path = folder ?? (options.directory === '.' ? undefined : options.directory);
  if (path !== undefined) await cli.call('workspace.open', { path });
  const server = await startServer({
    handlers: cli.app.handlers,
    rendererDir: join(programFolder(), 'out', 'renderer'),
    host: '127.0.0.1',
    port,
    logger: createLogger('warn', (line) => process.stderr.write(line)),
  });
  if (options.json) printJson({ url: server.url, pid: process.pid });
  else {
    print(`Cairn is at ${server.url}`);
    print('Only this machine, and only with this address. Ctrl+C ends it; runs go on.');
  }
  if (options.open) openBrowser(server.url);
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => resolve());
  });
  await server.close();
  await cli.end();
  // A browser that keeps a connection half open must not keep the command alive.
  process.exit(0);
}

/** Opens the user's browser where there is one; printing the address is enough where not. */
function openBrowser(url: string): void {
  const [command, args] = browserCommand(process.platform, url);
  const child = spawn(command, args, { detached: true, stdio: 'ignore' });
  child.on('error', () => undefined);
  child.unref();
}

/** @returns program and arguments that open a URL on each system */
export function browserCommand(platform: NodeJS.Platform, url: string): [string, string[]] {
  if (platform === 'darwin') return ['open', [url]];
  if (platform === 'win32') return ['rundll32', ['url.dll,FileProtocolHandler', url]];
  return ['xdg-open', [url]];
}
