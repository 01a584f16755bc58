/**
 * What of this machine must not travel in a bundle: where the project lies, whose home it is in and
 * what that person is called. Files of the project and what a run printed go as they are.
 */
import { posix, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunDetail, RunSpec } from '../contract/runs.ts';
import { type BundleRecord, names } from './layout.ts';

export interface Machine {
  /** Absolute root of the workspace. */
  readonly root: string;
  /** Absolute home folder of the user. */
  readonly home: string;
  /** Login name of the user. */
  readonly user: string;
}

/** Changes a text so that paths of the project are relative and the home folder is `~`. */
export function hideMachine(run: RunDetail, spec: RunSpec, machine: Machine) {
  // A notebook works in its own folder.
  const cwd = spec.kind === 'notebook' ? posix.dirname(spec.path) : run.cwd;
  return (text: string): string => contract(text, machine, cwd);
}

/** The run, its spec and its params, in which paths are as {@link hideMachine} makes them. */
export function withoutPrivate(
  run: RunDetail,
  spec: RunSpec,
  params: BundleRecord['params'],
  machine: Machine,
): { run: RunDetail; spec: RunSpec; params: BundleRecord['params'] } {
  const hidden = hideMachine(run, spec, machine);
  return {
    spec: changeWords(spec, hidden),
    // Those of a file are in the project, which goes as it is.
    params: params.map((one) => (one.file === '' ? { ...one, value: hidden(one.value) } : one)),
    run: {
      ...run,
      command: hidden(run.command),
      error: run.error === null ? null : hidden(run.error),
      executions: run.executions.map((one) => ({ ...one, command: hidden(one.command) })),
      environment: everywhere(run.environment, (text) => hideUser(hidden(text), machine.user)),
    },
  };
}

/** `~` where {@link withoutPrivate} put it, as the home folder of whoever runs the bundle. */
export function expandHome(spec: RunSpec, home: string): RunSpec {
  const tilde = new RegExp(`(${before})~(?=$|[\\\\/])`, 'g');
  return changeWords(spec, (word) => word.replace(tilde, (_, lead: string) => lead + home));
}

/** What was typed: the words of a command, the params of a notebook. */
function changeWords(spec: RunSpec, change: (word: string) => string): RunSpec {
  if (spec.kind === 'command') return { ...spec, argv: spec.argv.map(change) };
  if (spec.kind === 'notebook') return { ...spec, params: spec.params.map(change) };
  return spec;
}

/** Lines for pip. What was installed from a folder outside the project is only named. */
export function requirements(run: RunDetail, root: string): string[] {
  const inside = pathToFileURL(root).href;
  return (run.environment?.python?.packages ?? []).map(({ name, version, origin }) => {
    if (origin === null) return `${name}==${version}`;
    const [editable, url] = origin.startsWith('-e ')
      ? ['-e ', origin.slice(3)]
      : (['', origin] as const);
    if (!url.startsWith('file:')) return `${editable}${url}`;
    const path = `${url}/`.startsWith(`${inside}/`) ? url.slice(inside.length) : null;
    if (path !== null) return `${editable}./${posix.join(names.project, decodeURI(path))}`;
    return editable === ''
      ? `${name}==${version}`
      : `# ${name} ${version} was installed from a folder that is not in the bundle`;
  });
}

/** What may stand before a path in a word: nothing, a sign, or an option of one letter (`-I/x`). */
const before = String.raw`^|[^\w.-]|-\w`;

function contract(text: string, { root, home }: Machine, cwd: string): string {
  const here = posix.relative(cwd, '.') || '.';
  const inProject = spellings(root).reduce(
    (found, folder) => replacePath(found, folder, here),
    text,
  );
  return spellings(home).reduce((found, folder) => replacePath(found, folder, '~'), inProject);
}

/** A folder as programs write it: plainly, with `/`, as a literal, as a part of a URL. */
function spellings(folder: string): string[] {
  // `/` itself would be everywhere.
  if (folder.length < 2) return [];
  const url = pathToFileURL(folder).pathname;
  const literal = JSON.stringify(folder).slice(1, -1);
  return [...new Set([folder, folder.split(sep).join('/'), literal, url])];
}

function replacePath(text: string, folder: string, by: string): string {
  const pattern = new RegExp(`(${before})${literally(folder)}(?=$|[^\\w.-])`, 'g');
  return text.replace(pattern, (_, lead: string) => lead + by);
}

/** Folders that are called like the user, as they are on shared machines: `/scratch/ada/…`. */
function hideUser(text: string, user: string): string {
  if (user === '') return text;
  return text.replace(new RegExp(`(?<=[\\\\/])${literally(user)}(?=[\\\\/]|$)`, 'g'), 'user');
}

/** A text as a pattern that matches it and nothing else. */
function literally(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

function everywhere<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (Array.isArray(value)) return value.map((one: unknown) => everywhere(one, change)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, everywhere(one as unknown, change)]),
  ) as T;
}
