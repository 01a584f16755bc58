/** TensorBoard's log folders: event files, read from where the last reading ended. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../../base/progress.ts';
import { readEvents, type TagPlugins } from '../../formats/tfevents.ts';
import { belongings } from '../hydra/belonging.ts';
import type { ImportedRun, Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { CollectedEvents } from './collect.ts';
import { curveKey, type FolderPlace, isEventFile, parentOf, placeFolders } from './layout.ts';

/** How far an event file was read, and what it belongs to. */
interface FileState {
  readonly offset: number;
  readonly plugins: TagPlugins;
  /** The run it was handed over to; null while it has said nothing. */
  readonly run: string | null;
  /** Epoch ms of its first and last event. */
  readonly first: number | null;
  readonly last: number | null;
}

export const tensorboard: Importer = {
  kind: 'tensorboard',

  /** The first folder of the path: what a user would pass to `--logdir`. */
  find(listing: Listing): string[] {
    const tops = listing.files
      .filter(isEventFile)
      .map((path) => (path.includes('/') ? path.slice(0, path.indexOf('/')) : ''));
    return tops.includes('') ? [''] : [...new Set(tops)];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const inside = source.path === '' ? 0 : source.path.length + 1;
    // A run's own folder before those within it: what is read first says when the run began.
    const files = source.files.filter(isEventFile).sort(byDepth);
    const relative = (path: string) => parentOf(path.slice(inside));
    const places = placeFolders([...new Set(files.map(relative))]);
    const inSource = (name: string) => [source.path, name].filter((part) => part !== '').join('/');
    const whole = [...places.values()].filter(({ above }) => above === null);
    const belonging = belongings(source.root, [...new Set(whole.map(({ run }) => inSource(run)))]);
    const states = new Map(
      [...source.items()].map(([path, item]) => [path, item.state as FileState]),
    );
    const touched = new Set<string>();
    let done = 0;
    for (const path of files) {
      work.signal?.throwIfAborted();
      const folder = relative(path);
      const place = places.get(folder) as FolderPlace;
      const own = place.above === null ? (belonging.get(inSource(place.run)) ?? {}) : {};
      const state = await readFile({ source, sink, path, folder, place, own }, work);
      if (state !== null) states.set(path, state);
      if (state?.run != null) touched.add(state.run);
      work.onProgress?.({ phase: 'tensorboard', done: ++done, total: files.length, unit: 'items' });
    }
    for (const [run, span] of spans(states.values())) {
      if (touched.has(run)) sink.run({ nativeId: run, ...span });
    }
  },
};

function byDepth(a: string, b: string): number {
  return a.split('/').length - b.split('/').length || (a < b ? -1 : 1);
}

/** When the first of a run's files begins, and the last ends. */
function spans(
  states: Iterable<FileState>,
): Map<string, { createdAt: number; startedAt: number; endedAt: number }> {
  const found = new Map<string, { createdAt: number; startedAt: number; endedAt: number }>();
  for (const { run, first, last } of states) {
    if (run === null || first === null || last === null) continue;
    const before = found.get(run);
    const start = Math.min(before?.startedAt ?? first, first);
    const endedAt = Math.max(before?.endedAt ?? last, last);
    found.set(run, { createdAt: start, startedAt: start, endedAt });
  }
  return found;
}

interface EventFile {
  readonly source: SourceReader;
  readonly sink: RunSink;
  /** In the workspace. */
  readonly path: string;
  /** In the source. */
  readonly folder: string;
  readonly place: FolderPlace;
  /** How the run is known elsewhere. */
  readonly own: Pick<ImportedRun, 'aliases' | 'parentNativeId'>;
}

/** Reads what is new in one file; null when nothing is. */
async function readFile(file: EventFile, work: Work): Promise<FileState | null> {
  const { source, sink, path } = file;
  const absolute = join(source.root, path);
  const info = await stat(absolute, { bigint: true }).catch(() => null);
  if (info === null || !info.isFile()) return null;
  const stamp = `${info.size}:${info.mtimeNs}`;
  const item = source.item(path);
  if (item?.stamp === stamp) return null;
  const remembered = (item?.state ?? null) as FileState | null;
  // Written anew: what was read of it before was another file's.
  const anew = remembered !== null && remembered.offset > info.size;
  const before = anew ? null : remembered;
  const plugins: TagPlugins = { ...before?.plugins };
  const events = new CollectedEvents();
  const read = await readEvents(absolute, before?.offset ?? 0, plugins, events, work);
  if (read.problem !== null) sink.skipped(path, read.problem);
  const run = events.empty ? null : toRun(file, events, anew);
  if (run !== null) sink.run(run);
  const state: FileState = {
    offset: read.offset,
    plugins,
    run: run?.nativeId ?? before?.run ?? null,
    first:
      events.count > 0
        ? Math.min(events.first, before?.first ?? events.first)
        : (before?.first ?? null),
    last:
      events.count > 0
        ? Math.max(events.last, before?.last ?? events.last)
        : (before?.last ?? null),
  };
  sink.done(path, stamp, state);
  return state;
}

function toRun(file: EventFile, events: CollectedEvents, reset: boolean): ImportedRun {
  const { source, path, folder, place, own } = file;
  const suffix = folder.slice(place.above ? place.above.length + 1 : 0);
  const curves =
    place.above !== null &&
    events.tags.length > 0 &&
    events.tags.every((tag) => curveKey(suffix, tag) !== null);
  const run = curves ? (place.above as string) : place.run;
  const keyOf = (tag: string) => (curves ? curveKey(suffix, tag) : null) ?? place.prefix + tag;
  const inSource = (name: string) => [source.path, name].filter((part) => part !== '').join('/');
  return {
    nativeId: run === '' ? '.' : run,
    experiment: source.path === '' ? 'tensorboard' : source.path,
    name: run === '' ? (source.path.split('/').pop() ?? '') || 'tensorboard' : run,
    status: events.ended ?? 'FINISHED',
    ...(events.count > 0 ? { createdAt: events.first } : {}),
    parentNativeId: !curves && place.above ? place.above : null,
    ...own,
    artifactRoot: inSource(run),
    params: events.params,
    tags: Object.fromEntries(
      Object.entries(events.texts).map(([tag, text]) => [place.prefix + tag, text]),
    ),
    series: events.series({ reset }).map((series) => ({ ...series, key: keyOf(series.key) })),
    media: events.media.map((media) => ({
      kind: media.kind,
      key: keyOf(media.tag),
      step: media.step,
      time: media.time,
      path,
      offset: media.at,
      length: media.length,
    })),
  };
}
