/**
 * Guild AI's runs: `runs/<id>/` in its home (`.guild`), with `.guild/opref`, `.guild/attrs/*` and
 * event files; what was deleted is below `trash/runs/`. Source: guild/run.py.
 */
import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Work } from '../../base/progress.ts';
import type { ImportedRun, Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { describe, type RunFolder } from './describe.ts';
import { readEventFiles } from './events.ts';

const opref = /^(?:(.*)\/)?runs\/([0-9a-f]{32})\/\.guild\/opref$/;
/** What tells that a run changed: these files of its `.guild`, and when attributes came or went. */
const telling = [
  'opref',
  'LOCK',
  'LOCK.remote',
  'PENDING',
  'STAGED',
  'attrs',
  'attrs/flags',
  'attrs/label',
  'attrs/tags',
  'attrs/comments',
  'attrs/exit_status',
];

/** Kept of a run. */
interface Remembered {
  readonly status: ImportedRun['status'] | null;
  /** Epoch ms, as its attributes say; null when its event files must. */
  readonly stopped: number | null;
}

export const guild: Importer = {
  kind: 'guild',

  /** Guild's home: `.guild`, or what GUILD_HOME named. */
  find(listing: Listing): string[] {
    const homes = listing.files.flatMap((path) => {
      const match = opref.exec(path);
      return match === null ? [] : [(match[1] ?? '').replace(/(?:^|\/)trash$/, '')];
    });
    return [...new Set(homes)];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const folders = foldersOf(source);
    const events = eventsByRun(source, folders);
    const parents = new Map<string, string>();
    const seen = new Set<string>();
    let done = 0;
    for (const folder of folders) {
      work.signal?.throwIfAborted();
      seen.add(folder.id);
      for (const child of trialsOf(source, folder)) parents.set(child, folder.id);
      readAttributes(source, sink, folder);
      await readEventFiles(source, sink, folder, events.get(folder.path) ?? [], work);
      work.onProgress?.({ phase: 'guild', done: ++done, total: folders.length, unit: 'items' });
    }
    linkTrials(source, sink, seen, parents);
    for (const key of source.items().keys()) {
      if (!/^[0-9a-f]{32}$/.test(key) || seen.has(key)) continue;
      sink.forget(key);
      sink.gone(key);
    }
  },
};

function foldersOf(source: SourceReader): RunFolder[] {
  const start = source.path === '' ? '' : `${source.path}/`;
  return source.files.flatMap((path) => {
    const match = opref.exec(path);
    if (match === null || !path.startsWith(start)) return [];
    const inside = path.slice(start.length);
    const deleted = inside.startsWith('trash/runs/');
    if (!deleted && !inside.startsWith('runs/')) return [];
    const folder = path.slice(0, -'/.guild/opref'.length);
    return [{ path: folder, id: match[2] as string, deleted }];
  });
}

function eventsByRun(
  source: SourceReader,
  folders: readonly RunFolder[],
): ReadonlyMap<string, readonly string[]> {
  const known = new Set(folders.map(({ path }) => path));
  return Map.groupBy(
    source.files.filter((path) => /\/events\.out\.tfevents\.[^/]*$/.test(path)),
    // The name of a run is 32 digits: what is below it is the run's.
    (path) => {
      const run = /^.*?runs\/[0-9a-f]{32}(?=\/)/.exec(path)?.[0] ?? '';
      return known.has(run) ? run : '';
    },
  );
}

/** Whether something is worth reading again is asked of the file system, in a handful of calls. */
function readAttributes(source: SourceReader, sink: RunSink, folder: RunFolder): void {
  const item = source.item(folder.id);
  const before = (item?.state ?? null) as Remembered | null;
  const guildFolder = join(source.root, folder.path, '.guild');
  const stamp = `${folder.deleted ? 'deleted ' : ''}${telling.map((name) => stampOf(join(guildFolder, name))).join(' ')}`;
  if (item?.stamp === stamp && before?.status !== 'RUNNING') return;
  const { run, problem } = describe(source.root, folder);
  if (problem !== null) sink.skipped(`${folder.path}/.guild`, problem);
  const after = { status: run.status ?? null, stopped: run.endedAt ?? null } satisfies Remembered;
  if (item?.stamp === stamp && after.status === before?.status) return;
  sink.run(run);
  sink.done(folder.id, stamp, after);
}

/** Links in a batch's folder, named by the trials they lead to; they are not followed. */
function trialsOf(source: SourceReader, folder: RunFolder): string[] {
  try {
    return readdirSync(join(source.root, folder.path), { withFileTypes: true })
      .filter((entry) => entry.isSymbolicLink() && /^[0-9a-f]{32}$/.test(entry.name))
      .map((entry) => entry.name);
  } catch {
    return [];
  }
}

function linkTrials(
  source: SourceReader,
  sink: RunSink,
  seen: ReadonlySet<string>,
  parents: ReadonlyMap<string, string>,
): void {
  const before = (source.state ?? {}) as Record<string, string>;
  for (const [nativeId, parentNativeId] of parents) {
    if (!seen.has(nativeId) || before[nativeId] === parentNativeId) continue;
    sink.run({ nativeId, parentNativeId });
  }
  source.state = Object.fromEntries(parents);
}

function stampOf(absolute: string): string {
  const stat = lstatSync(absolute, { bigint: true, throwIfNoEntry: false });
  return stat === undefined ? '-' : `${stat.size}:${stat.mtimeNs}`;
}
