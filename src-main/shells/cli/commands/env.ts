/** `cairn env`. */
import { CairnError } from '../../../base/errors.ts';
import { print, printJson } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';

const shells = ['sh', 'fish', 'powershell'] as const;
type Shell = (typeof shells)[number];

/** Prints what another shell needs to log to this folder. Starts nothing. */
export async function env(
  options: GlobalOptions & { readonly shell: string | undefined },
): Promise<void> {
  const shell = shellNamed(options.shell ?? usualShell(process.platform, process.env.SHELL));
  await withWorkspace(options, async (cli) => {
    const variables = await cli.app.loggingVariables(process.env);
    if (variables === null) {
      throw new CairnError(
        'not-found',
        'Nothing listens for this folder. Open it in Cairn or with “cairn serve .”, and trust it; or start the script with “cairn run”, which needs neither.',
      );
    }
    if (options.json) return printJson(variables);
    for (const [name, value] of Object.entries(variables)) print(assignment(shell, name, value));
  });
}

/** What sets a variable for the programs that a shell starts. */
export function assignment(shell: Shell, name: string, value: string): string {
  switch (shell) {
    case 'sh':
      return `export ${name}='${value.replaceAll("'", `'\\''`)}'`;
    case 'fish':
      return `set -gx ${name} '${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
    case 'powershell':
      return `$env:${name} = '${value.replaceAll("'", "''")}'`;
  }
}

/** @param login the user's login shell, where the system has such a thing */
export function usualShell(platform: NodeJS.Platform, login: string | undefined): Shell {
  if (/[\\/]fish$/.test(login ?? '')) return 'fish';
  return platform === 'win32' && !login ? 'powershell' : 'sh';
}

function shellNamed(name: string): Shell {
  const found = shells.find((shell) => shell === name);
  if (found !== undefined) return found;
  throw new CairnError('invalid', `--shell takes one of ${shells.join(', ')}.`);
}
