/** The event files of a Guild run: what its script wrote, and what Guild took from its output. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../../base/progress.ts';
import { readEvents, type TagPlugins } from '../../formats/tfevents.ts';
import { CollectedEvents } from '../tensorboard/collect.ts';
import { parentOf } from '../tensorboard/layout.ts';
import type { RunSink, SourceReader } from '../types.ts';
import type { RunFolder } from './describe.ts';

interface FileState {
  readonly offset: number;
  readonly plugins: TagPlugins;
}

/** Reads what is new. As in Guild, a tag of a folder is named `folder#tag`. */
export async function readEventFiles(
  source: SourceReader,
  sink: RunSink,
  folder: RunFolder,
  paths: readonly string[],
  work: Work,
): Promise<void> {
  for (const path of paths) {
    work.signal?.throwIfAborted();
    const absolute = join(source.root, path);
    const info = await stat(absolute, { bigint: true }).catch(() => null);
    if (info === null || !info.isFile()) continue;
    const stamp = `${info.size}:${info.mtimeNs}`;
    const item = source.item(path);
    if (item?.stamp === stamp) continue;
    const remembered = (item?.state ?? null) as FileState | null;
    const anew = remembered !== null && remembered.offset > info.size;
    const before = anew ? null : remembered;
    const plugins: TagPlugins = { ...before?.plugins };
    const events = new CollectedEvents();
    const read = await readEvents(absolute, before?.offset ?? 0, plugins, events, work);
    if (read.problem !== null) sink.skipped(path, read.problem);
    const inside = parentOf(path.slice(folder.path.length + 1));
    const prefix = inside === '' || inside === '.guild' ? '' : `${inside}#`;
    if (!events.empty) {
      sink.run({
        nativeId: folder.id,
        series: events
          .series({ reset: anew })
          .map((series) => ({ ...series, key: prefix + series.key })),
        media: events.media.map(({ kind, tag, step, time, at, length }) => ({
          kind,
          key: prefix + tag,
          step,
          time,
          path,
          offset: at,
          length,
        })),
      });
    }
    sink.done(path, stamp, { offset: read.offset, plugins } satisfies FileState);
  }
}
