/** `cairn shell`. */
import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

/** Writes the code of a run into a folder and opens the user's shell there. */
export async function shell(
  options: GlobalOptions & { readonly to: string | undefined },
  reference: string,
): Promise<void> {
  const made = await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const { id } = await cli.ask('runs.resolve', { reference });
    const into = options.to === undefined ? null : resolve(options.to);
    return { id, ...(await cli.ask('runs.checkOut', { id, into })) };
  });
  if (options.json) return printJson(made);
  for (const path of made.left) process.stderr.write(`left out: ${path}\n`);
  print(`The code of ${reference} is in ${made.folder}.`);
  if (process.stdin.isTTY !== true) return;
  const program = userShell(process.platform, process.env);
  print('Type “exit” to come back; the folder stays.');
  const ended = await runShell(program, made.folder, made.id);
  process.exitCode = ended;
}

/** @param env of the user */
export function userShell(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === 'win32') return env.ComSpec ?? 'C:\\Windows\\System32\\cmd.exe';
  return env.SHELL || '/bin/sh';
}

/** @returns its exit code */
function runShell(program: string, cwd: string, run: string): Promise<number> {
  const child = spawn(program, [], {
    cwd,
    env: { ...process.env, CAIRN_RUN: run },
    stdio: 'inherit',
  });
  // Ctrl+C is meant for what runs in the shell.
  const ignore = (): void => {};
  process.on('SIGINT', ignore);
  return new Promise((done, fail) => {
    child.once('exit', (code) => done(code ?? 1));
    child.once('error', (error) =>
      fail(
        new CairnError('failed', `${program} could not be started: ${error.message}.`, {
          cause: error,
        }),
      ),
    );
  }).finally(() => process.off('SIGINT', ignore)) as Promise<number>;
}
