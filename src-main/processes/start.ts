/** Starting a process in a group of its own, with one log for both of its streams. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname, resolve as resolvePath } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';
import type { LoadRecorder } from './load/index.ts';
import { LogClock } from './log-times.ts';
import { markName, newMark } from './mark.ts';
import { stopTree } from './stop.ts';
import { type Usage, UsageWatcher } from './usage.ts';

export interface StartOptions {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /**
   * Absolute. Both streams append to it directly: their order is exactly as it came, and it goes on
   * growing if this process dies.
   */
  readonly logPath: string;
  /** For `cmd.exe`, which takes its command line apart by rules of its own: pass it on as it is. */
  readonly verbatim?: boolean;
  /** Told how busy it keeps the machine. */
  readonly load?: LoadRecorder;
}

export interface ProcessEnd extends Usage {
  readonly exitCode: number | null;
  /** The signal that ended it, or null. */
  readonly signal: NodeJS.Signals | null;
}

export interface Supervised {
  readonly pid: number;
  readonly done: Promise<ProcessEnd>;
  /** Ends it and everything it started; resolves when that has happened. */
  stop(graceMs?: number): Promise<void>;
}

const defaultGraceMs = 5000;

/** @throws CairnError `not-found` or `failed`, in a sentence, when the command cannot be started */
export async function startProcess(options: StartOptions): Promise<Supervised> {
  const [program, ...args] = options.argv;
  if (program === undefined) throw new CairnError('invalid', 'There is no command to run.');
  if (!statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory()) {
    throw new CairnError('not-found', `The folder ${options.cwd} to run in does not exist.`);
  }
  mkdirSync(dirname(options.logPath), { recursive: true });
  const mark = newMark();
  const log = openSync(options.logPath, 'a');
  let child: ChildProcess;
  try {
    child = spawn(program, args, {
      cwd: options.cwd,
      env: { ...options.env, [markName]: mark } as NodeJS.ProcessEnv,
      stdio: ['ignore', log, log],
      // A session of its own on POSIX, so that a stop reaches all of it and nothing else.
      detached: process.platform !== 'win32',
      windowsHide: true,
      windowsVerbatimArguments: options.verbatim === true,
    });
  } catch (error) {
    throw explain(error, program, options.cwd);
  } finally {
    closeSync(log);
  }
  const clock = new LogClock(options.logPath);
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve);
    child.once('error', (error) => {
      clock.end();
      reject(explain(error, program, options.cwd));
    });
  });
  return supervise(child, mark, clock, options.load);
}

function supervise(
  child: ChildProcess,
  mark: string,
  clock: LogClock,
  load?: LoadRecorder,
): Supervised {
  const pid = child.pid as number;
  const watcher = new UsageWatcher(pid, load?.watch());
  const done = new Promise<ProcessEnd>((resolve) => {
    child.once('exit', (exitCode, signal) => {
      clock.end();
      resolve({ exitCode, signal, ...watcher.end() });
    });
  });
  return {
    pid,
    done,
    async stop(graceMs = defaultGraceMs) {
      await stopTree(pid, { graceMs, mark });
      await done;
    },
  };
}

function explain(error: unknown, program: string, cwd: string): CairnError {
  const code = errnoOf(error);
  if (code === 'ENOENT' && /[\\/]/.test(program) && existsSync(resolvePath(cwd, program))) {
    return new CairnError(
      'failed',
      `“${program}” could not be started: the interpreter that its first line names is not here.`,
      { cause: error },
    );
  }
  if (code === 'ENOENT') {
    return new CairnError(
      'not-found',
      `There is no program “${program}” here. Check the spelling, or whether its environment is active.`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new CairnError('failed', `“${program}” may not be executed.`, { cause: error });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new CairnError('failed', `“${program}” could not be started: ${message}.`, {
    cause: error,
  });
}

/**
 * The shell line of a stage as an argv, as DVC runs it: the user's shell without its start-up files.
 * On Windows the words are to be passed on `verbatim`: `/s` takes the outer quotes away, and those
 * of the line stay as they are.
 */
export function shellArgv(
  command: string,
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): string[] {
  if (platform === 'win32') return [env.ComSpec ?? 'cmd.exe', '/d', '/s', '/c', `"${command}"`];
  const shell = env.SHELL ?? '/bin/sh';
  const name = shell.split('/').pop();
  if (name === 'bash') return [shell, '--noprofile', '--norc', '-c', command];
  if (name === 'zsh') return [shell, '--no-rcs', '-c', command];
  return [shell, '-c', command];
}
