/**
 * Opening the system's own terminal in a folder. Nothing of the folder is executed: programs are
 * named by absolute paths, and no name of the user's ends up in a line that a shell takes apart.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants, lstatSync } from 'node:fs';
import { isAbsolute, join, win32 } from 'node:path';
import { CairnError } from '../base/errors.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What is asked of the system, so that each of the three can be tested anywhere. */
export interface TerminalSystem {
  readonly platform: NodeJS.Platform;
  readonly env: Variables;
  /** Whether a program lies at an absolute path. */
  readonly isProgram: (path: string) => boolean;
}

export interface TerminalCommand {
  readonly program: string;
  readonly args: readonly string[];
  /** On Windows the words are passed on as they are. */
  readonly verbatim: boolean;
}

/**
 * Terminals of Linux, in the order in which they are looked for: what the user or the system chose
 * comes first. They begin in the folder that they are started in, unless an instance that already
 * runs takes over; those are told.
 */
const linuxTerminals: readonly (readonly [name: string, args: (folder: string) => string[]])[] = [
  ['xdg-terminal-exec', () => []],
  ['x-terminal-emulator', () => []],
  ['ptyxis', (folder) => ['--new-window', `--working-directory=${folder}`]],
  ['gnome-terminal', (folder) => [`--working-directory=${folder}`]],
  ['kgx', (folder) => [`--working-directory=${folder}`]],
  ['konsole', (folder) => ['--workdir', folder]],
  ['xfce4-terminal', (folder) => [`--working-directory=${folder}`]],
  ['mate-terminal', (folder) => [`--working-directory=${folder}`]],
  ['tilix', (folder) => [`--working-directory=${folder}`]],
  ['lxterminal', (folder) => [`--working-directory=${folder}`]],
  ['qterminal', (folder) => ['--workdir', folder]],
  ['kitty', () => []],
  ['ghostty', (folder) => [`--working-directory=${folder}`]],
  ['alacritty', () => []],
  ['wezterm', (folder) => ['start', '--cwd', folder]],
  ['foot', () => []],
  ['xterm', () => []],
];

/** @returns null where there is no desktop, or no terminal on it */
export function terminalCommand(folder: string, system: TerminalSystem): TerminalCommand | null {
  const { platform, env, isProgram } = system;
  if (platform === 'darwin') {
    return { program: '/usr/bin/open', args: ['-a', 'Terminal', folder], verbatim: false };
  }
  if (platform === 'win32') return windowsTerminal(env, isProgram);
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) return null;
  const chosen = env.TERMINAL;
  const own = chosen === undefined || chosen === '' ? null : findProgram(chosen, env, isProgram);
  if (own !== null) return { program: own, args: [], verbatim: false };
  for (const [name, args] of linuxTerminals) {
    const program = findProgram(name, env, isProgram);
    if (program !== null) return { program, args: args(folder), verbatim: false };
  }
  return null;
}

/**
 * The folder is where they are started, never a word: `wt` parts its words at semicolons, and `cmd`
 * at ampersands, both of which folders may have in their names.
 */
function windowsTerminal(
  env: Variables,
  isProgram: (path: string) => boolean,
): TerminalCommand | null {
  const alias = env.LOCALAPPDATA && win32.join(env.LOCALAPPDATA, 'Microsoft\\WindowsApps\\wt.exe');
  if (alias && isProgram(alias)) return { program: alias, args: ['-d', '.'], verbatim: false };
  const system = win32.join(env.SystemRoot ?? 'C:\\Windows', 'System32');
  const cmd = win32.join(system, 'cmd.exe');
  if (!isProgram(cmd)) return null;
  const powershell = win32.join(system, 'WindowsPowerShell\\v1.0\\powershell.exe');
  const shell = isProgram(powershell) ? powershell : cmd;
  // `start` gives it a console of its own.
  return { program: cmd, args: ['/d', '/s', '/c', `"start "Cairn" "${shell}""`], verbatim: true };
}

/** A program of the search path; relative parts of that would lead into whatever folder it is. */
function findProgram(
  name: string,
  env: Variables,
  isProgram: (path: string) => boolean,
): string | null {
  if (isAbsolute(name)) return isProgram(name) ? name : null;
  if (!/^[\w.+-]+$/.test(name)) return null;
  const folders = (env.PATH ?? '').split(':').filter((folder) => isAbsolute(folder));
  return folders.map((folder) => join(folder, name)).find(isProgram) ?? null;
}

/**
 * Opens a terminal in a folder and leaves it to itself.
 * @param added to its environment, where the system passes one on
 * @throws CairnError `not-found` without a desktop or a terminal
 */
export async function openTerminal(folder: string, added: Variables): Promise<void> {
  const { ELECTRON_RUN_AS_NODE: _, NODE_COMPILE_CACHE: __, ...env } = process.env;
  const command = terminalCommand(folder, { platform: process.platform, env, isProgram });
  if (command === null) {
    throw new CairnError(
      'not-found',
      `No terminal was found on this machine. In one of your own, go to ${folder}.`,
    );
  }
  const child = spawn(command.program, [...command.args], {
    cwd: folder,
    env: { ...env, ...added },
    detached: true,
    stdio: 'ignore',
    windowsVerbatimArguments: command.verbatim,
  });
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) =>
      reject(
        new CairnError('failed', `${command.program} could not be started: ${error.message}.`, {
          cause: error,
        }),
      ),
    );
  });
  child.unref();
}

/** What Windows calls an app execution alias cannot be opened, only looked at. */
function isProgram(path: string): boolean {
  try {
    if (process.platform === 'win32') return lstatSync(path) !== undefined;
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
