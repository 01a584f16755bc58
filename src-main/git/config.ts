/**
 * Git's configuration, as far as reading a work tree needs it. Format: gitconfig(5). Keys are
 * `section.key` or `section.subsection.key`, with section and key in lower case.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join } from 'node:path';
import { unlessMissing } from './files.ts';

export type GitConfig = ReadonlyMap<string, string>;

/** What of the machine decides where Git's own configuration lies. */
export interface GitMachine {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

export function thisMachine(): GitMachine {
  return { platform: process.platform, env: process.env, home: homedir() };
}

const deepestInclude = 5;

/** Reads `[section "sub"] key = value` lines in order. Malformed lines are passed over. */
export function parseConfig(text: string): [string, string][] {
  const found: [string, string][] = [];
  let section = '';
  for (const line of text.replace(/\\\r?\n/g, '').split(/\r?\n/)) {
    const header = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\](.*)$/.exec(line);
    let rest = line;
    if (header !== null) {
      const sub = header[2]?.replace(/\\(.)/g, '$1');
      section = (header[1] as string).toLowerCase() + (sub === undefined ? '' : `.${sub}`);
      rest = header[3] as string;
    }
    const entry = /^\s*([A-Za-z][\w-]*)\s*(?:=(.*))?$/.exec(rest);
    if (entry === null || section === '') continue;
    const value = entry[2] === undefined ? 'true' : parseValue(entry[2]);
    found.push([`${section}.${(entry[1] as string).toLowerCase()}`, value]);
  }
  return found;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

function parseValue(raw: string): string {
  let value = '';
  let quoted = false;
  /** Length up to which trailing blanks are part of the value. */
  let kept = 0;
  for (let at = 0; at < raw.length; at += 1) {
    const character = raw[at] as string;
    if (character === '\\' && at + 1 < raw.length) {
      at += 1;
      value += escapes[raw[at] as string] ?? (raw[at] as string);
      kept = value.length;
    } else if (character === '"') {
      quoted = !quoted;
      kept = value.length;
    } else if (!quoted && (character === '#' || character === ';')) {
      break;
    } else if (quoted || !/\s/.test(character)) {
      value += character;
      kept = value.length;
    } else if (value !== '') {
      value += character;
    }
  }
  return value.slice(0, kept);
}

/** System, user and repository configuration joined; what comes later wins. */
export function readConfig(commonDir: string, gitDir: string, machine: GitMachine): GitConfig {
  const config = new Map<string, string>();
  for (const file of userFiles(machine)) readInto(config, file, machine, 0);
  readInto(config, join(commonDir, 'config'), machine, 0);
  if (isTrue(config.get('extensions.worktreeconfig'))) {
    readInto(config, join(gitDir, 'config.worktree'), machine, 0);
  }
  return config;
}

export function isTrue(value: string | undefined): boolean {
  return value !== undefined && ['true', 'yes', 'on', '1'].includes(value.toLowerCase());
}

/** Where Git looks for ignore rules that hold for all of a user's repositories. */
export function globalIgnoreFile(config: GitConfig, machine: GitMachine): string {
  const named = config.get('core.excludesfile');
  if (named !== undefined && named !== '') return expandHome(named, machine);
  return join(machine.env.XDG_CONFIG_HOME || join(machine.home, '.config'), 'git', 'ignore');
}

function userFiles({ platform, env, home }: GitMachine): string[] {
  const system =
    platform === 'win32'
      ? join(env.ProgramFiles ?? 'C:\\Program Files', 'Git', 'etc', 'gitconfig')
      : '/etc/gitconfig';
  return [
    ...(isTrue(env.GIT_CONFIG_NOSYSTEM) ? [] : [env.GIT_CONFIG_SYSTEM ?? system]),
    ...(env.GIT_CONFIG_GLOBAL === undefined
      ? [
          join(env.XDG_CONFIG_HOME || join(home, '.config'), 'git', 'config'),
          join(home, '.gitconfig'),
        ]
      : [env.GIT_CONFIG_GLOBAL]),
  ];
}

function readInto(
  config: Map<string, string>,
  file: string,
  machine: GitMachine,
  depth: number,
): void {
  const text = unlessMissing(() => readFileSync(file, 'utf8'));
  if (text === null) return;
  for (const [key, value] of parseConfig(text)) {
    config.set(key, value);
    if (key !== 'include.path' || depth >= deepestInclude) continue;
    const target = expandHome(value, machine);
    readInto(config, isAbsolute(target) ? target : join(dirname(file), target), machine, depth + 1);
  }
}

function expandHome(path: string, machine: GitMachine): string {
  return path.startsWith('~/') ? join(machine.home, path.slice(2)) : path;
}
