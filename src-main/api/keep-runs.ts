/** Runs of other tools, taken into the store for good. */
import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { ParsedInput } from '../contract/index.ts';
import type { KeptRuns } from '../contract/sources.ts';
import {
  createListing,
  importers,
  indexSources,
  keepRuns,
  measureRuns,
  sourceKey,
} from '../importers/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { listSources, type SourceListRecord } from '../store/sources.ts';
import { walkFolder } from '../workspace/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';
import type { Session } from './session.ts';

type KeepOperation = 'sources.measure' | 'sources.adopt' | 'sources.importFrom';

export function keepHandlers(context: ApiContext): Pick<Handlers, KeepOperation> {
  return {
    'sources.measure': async (input, call) => {
      const session = context.session();
      const work: Work = {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      };
      return said(await measureRuns(contextOf(session), wantedOf(session, input), input, work));
    },
    'sources.adopt': async (input, call) => {
      const session = context.session();
      const work: Work = {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      };
      const wanted = wantedOf(session, input);
      // What a tool has written since the last reading belongs to the runs too.
      await (await session.sources()).read({ thorough: true }, work);
      try {
        return said(await keepRuns(contextOf(session), wanted, input, work));
      } finally {
        session.changes.publish(['runs', 'sources']);
      }
    },
    'sources.importFrom': async ({ path, includeRunning }, call) => {
      const session = context.session();
      const work: Work = {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      };
      const from = await openElsewhere(session, path, work);
      try {
        const { store } = session;
        const listing = createListing(from.files);
        const { root } = from;
        const found = await indexSources(
          { store, root, importers, listing, elsewhere: true, thorough: true },
          work,
        );
        const known = new Map(
          listSources(store).map((source) => [sourceKey(source.kind, source.path), source]),
        );
        const sources = [...found.watched.keys()].flatMap((key) => {
          const [kind = '', below = ''] = key.split('\0');
          return known.get(sourceKey(kind, join(root, below))) ?? [];
        });
        if (sources.length === 0) {
          throw new CairnError(
            'not-found',
            `There is nothing in ${path} that Cairn knows as runs of another tool.`,
          );
        }
        const wanted = { sources: sources.map((source) => source.id) };
        const done = await keepRuns(
          { ...contextOf(session), within: root },
          wanted,
          { includeRunning },
          work,
        );
        return {
          ...said(done),
          problems: [...from.unread, ...sources.flatMap(problemsOf), ...done.problems],
          sources: sources.map((source) => ({ kind: source.kind, path: source.path })),
        };
      } finally {
        session.changes.publish(['sources', 'runs', 'workspace']);
      }
    },
  };
}

function contextOf({ store, workspace }: Session) {
  const { storeDir, root } = workspace;
  return { store, storeDir, root, within: root };
}

function said(done: Awaited<ReturnType<typeof keepRuns>>): KeptRuns {
  return { ...done, runs: done.runs.length, problems: [...done.problems] };
}

function wantedOf({ store }: Session, input: ParsedInput<'sources.adopt'>) {
  const { sourceIds, runIds } = input;
  if (sourceIds.length === 0) return { runs: runIds };
  const known = new Map(listSources(store).map((source) => [source.id, source]));
  for (const id of sourceIds) {
    const source = known.get(id);
    if (source === undefined) {
      throw new CairnError('not-found', 'That source is not known any more. Look again.');
    }
    if (isAbsolute(source.path)) {
      throw new CairnError(
        'invalid',
        `${source.path} lies outside of this folder. “cairn import ${source.path}” takes what is left of it.`,
      );
    }
  }
  return { sources: sourceIds };
}

interface Elsewhere {
  readonly root: string;
  readonly files: readonly string[];
  /** Folders that could not be read, each in a sentence. */
  readonly unread: readonly string[];
}

/** The folder around what is brought in, and the files to look at. */
async function openElsewhere({ workspace }: Session, path: string, work: Work): Promise<Elsewhere> {
  if (!isAbsolute(path)) throw new CairnError('invalid', `${path} is not an absolute path.`);
  let real: string;
  let isFile: boolean;
  try {
    real = await realpath(path);
    isFile = (await stat(real)).isFile();
  } catch (error) {
    throw asCairnError(error);
  }
  const own = await realpath(workspace.root);
  if (isInside(own, real) || isInside(real, own)) {
    throw new CairnError(
      'invalid',
      `${path} is no other folder than ${workspace.root}: its runs are in the list already. Name one of its sources.`,
    );
  }
  if (isFile) return { root: dirname(real), files: [basename(real)], unread: [] };
  const { files, unread } = await walkFolder(real, work.signal);
  if (unread.includes('')) {
    throw new CairnError('read-only', `${path} cannot be read: you have no permission there.`);
  }
  const said = unread.map((folder) => `${join(path, folder)} could not be read and was left out.`);
  return { root: real, files, unread: said };
}

function problemsOf(source: SourceListRecord): string[] {
  const problems = source.problem === null ? [] : [`${source.path}: ${source.problem}`];
  if (source.skipped === 0) return problems;
  return [
    ...problems,
    `${source.path}: ${source.skipped} items were skipped; “cairn sources” says why.`,
  ];
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
