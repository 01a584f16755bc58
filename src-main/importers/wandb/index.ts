/** W&B's local runs (`wandb/offline-run-…`, `wandb/run-…`), from their transaction logs. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asCairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { readWandbLog } from '../../formats/wandb-log.ts';
import { decodeWandbRecord, type WandbRun } from '../../formats/wandb-record.ts';
import type { ImportedRun, Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { CollectedRun, type WandbMemory } from './collect.ts';

const logFile = /^(?:(.*)\/)?wandb\/(?:offline-)?run-[^/]+\/run-[^/]+\.wandb$/;
/** A log without an end that has not grown for so long is of a run that died. */
const silenceMs = 10 * 60_000;

interface LogState {
  readonly offset: number;
  readonly memory: WandbMemory;
  readonly ended: boolean;
}

export const wandb: Importer = {
  kind: 'wandb',

  find(listing: Listing): string[] {
    const found = listing.files.flatMap((path) => {
      const match = logFile.exec(path);
      return match === null ? [] : [match[1] === undefined ? 'wandb' : `${match[1]}/wandb`];
    });
    return [...new Set(found)];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const files = source.files.filter((path) => logFile.test(path)).sort();
    let done = 0;
    for (const path of files) {
      work.signal?.throwIfAborted();
      await readLog(source, sink, path, work);
      work.onProgress?.({ phase: 'wandb', done: ++done, total: files.length, unit: 'items' });
    }
  },
};

async function readLog(
  source: SourceReader,
  sink: RunSink,
  path: string,
  work: Work,
): Promise<void> {
  const absolute = join(source.root, path);
  const info = await stat(absolute, { bigint: true }).catch(() => null);
  if (info === null || !info.isFile()) return;
  const silent = Date.now() - Number(info.mtimeMs) > silenceMs;
  const stamp = `${info.size}:${info.mtimeNs}`;
  const item = source.item(path);
  const before = (item?.state ?? null) as LogState | null;
  if (item?.stamp === stamp && (before?.ended !== false || !silent)) return;
  const nativeId = path.slice(path.lastIndexOf('/run-') + 5, -'.wandb'.length);
  const anew = before !== null && before.offset > info.size;
  const collected = new CollectedRun(anew ? null : (before?.memory ?? null));
  let unreadable: string | null = null;
  const { offset, problem } = await readWandbLog(
    absolute,
    anew ? 0 : (before?.offset ?? 0),
    (bytes, at) => {
      try {
        const record = decodeWandbRecord(bytes);
        if (record !== null) collected.add(record, at);
      } catch (error) {
        unreadable ??= asCairnError(error).message;
      }
    },
    work,
  );
  const said = problem ?? unreadable;
  if (said !== null) sink.skipped(path, said);
  const ended = collected.exitCode !== null || silent;
  sink.run(toRun(path, nativeId, collected, ended));
  sink.done(path, stamp, { offset, memory: collected.memory, ended } satisfies LogState);
}

function toRun(path: string, nativeId: string, found: CollectedRun, ended: boolean): ImportedRun {
  const folder = path.slice(0, path.lastIndexOf('/'));
  const { run, exitCode } = found;
  const status =
    exitCode === null ? (ended ? 'KILLED' : 'RUNNING') : exitCode === 0 ? 'FINISHED' : 'FAILED';
  return {
    nativeId,
    status,
    artifactRoot: `${folder}/files`,
    ...(run === null ? {} : describe(run, nativeId)),
    ...(found.command === null ? {} : { command: found.command }),
    ...(found.user === null ? {} : { user: found.user }),
    ...(found.commit === null ? {} : { commit: found.commit }),
    ...(ended && found.lastTime !== null ? { endedAt: found.lastTime } : {}),
    params: [...found.params].map(([key, value]) => ({ key, value })),
    series: found.series(),
    media: found.media.flatMap(({ file, ...media }) => {
      // What lies in no file of its own lies in the log.
      if (file === null) return [{ ...media, path }];
      return file.split('/').includes('..') ? [] : [{ ...media, path: `${folder}/files/${file}` }];
    }),
  };
}

function describe(run: WandbRun, nativeId: string): Partial<ImportedRun> {
  const tags = Object.fromEntries(run.tags.map((tag) => [tag, '']));
  return {
    experiment: run.project === '' ? 'wandb' : run.project,
    name: run.name === '' ? nativeId : run.name,
    note: run.notes,
    tags: {
      ...tags,
      ...(run.group === '' ? {} : { group: run.group }),
      ...(run.jobType === '' ? {} : { job_type: run.jobType }),
      ...(run.sweep === '' ? {} : { sweep: run.sweep }),
    },
    ...(run.startedAt === null ? {} : { createdAt: run.startedAt, startedAt: run.startedAt }),
  };
}
