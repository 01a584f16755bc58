/**
 * Sacred's FileStorageObserver: `<folder>/<id>/` with `run.json`, `config.json`, `metrics.json` and
 * `info.json`, each written anew whenever it changes.
 * Source: sacred/observers/file_storage.py; times are UTC.
 */
import { asCairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { parsePythonJson, quoteSpecialNumbers } from '../../formats/python-json.ts';
import { flattenParams, parseParams } from '../../pipelines/index.ts';
import { baseOf, folderOf, readChanged } from '../text-files.ts';
import type { ImportedRun, Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { describe, infoTags, plain, type RunEntry, recordOf, seriesOf } from './content.ts';

/** Sacred's heart beats every ten seconds. */
const silenceMs = 5 * 60_000;

/** Kept of a run.json. */
interface Remembered {
  /** Epoch ms of the last sign of life of a run that goes on; null when it is over. */
  readonly alive: number | null;
}

export const sacred: Importer = {
  kind: 'sacred',

  find(listing: Listing): string[] {
    const found = listing.files
      .filter((path) => baseOf(path) === 'run.json')
      .map(folderOf)
      .filter(
        (folder) =>
          folder !== '' &&
          listing.has(`${folder}/config.json`) &&
          listing.has(`${folder}/cout.txt`),
      );
    return [...new Set(found.map(folderOf))];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const folders = source.files
      .filter((path) => baseOf(path) === 'run.json')
      .map(folderOf)
      .filter((folder) => folder !== '' && folderOf(folder) === source.path);
    const known = new Set(source.files);
    for (const folder of folders) {
      work.signal?.throwIfAborted();
      if (known.has(`${folder}/config.json`)) await readRun(source, sink, folder);
    }
  },
};

async function readRun(source: SourceReader, sink: RunSink, folder: string): Promise<void> {
  const id = { nativeId: baseOf(folder) };
  await readJson(source, sink, `${folder}/run.json`, (value, modified) => {
    const entry = recordOf(value) as RunEntry;
    const { alive, ...run } = describe(entry, modified);
    const isDead = alive !== null && Date.now() - alive > silenceMs;
    sink.run({
      ...id,
      aliases: [`folder:${folder}`],
      artifactRoot: folder,
      ...run,
      ...(isDead ? { status: 'KILLED' as const, endedAt: alive } : {}),
    });
    return { alive: isDead ? null : alive } satisfies Remembered;
  });
  const entry = source.item(`${folder}/run.json`);
  const alive = (entry?.state as Remembered | null | undefined)?.alive ?? null;
  if (entry !== null && alive !== null && Date.now() - alive > silenceMs) {
    sink.run({ ...id, status: 'KILLED', endedAt: alive });
    sink.done(`${folder}/run.json`, entry.stamp, { alive: null } satisfies Remembered);
  }
  const hand = (part: Partial<ImportedRun>) => {
    sink.run({ ...id, ...part });
    return null;
  };
  await readJson(source, sink, `${folder}/config.json`, (_value, _modified, text) => {
    const { values } = parseParams(quoteSpecialNumbers(text), `${folder}/config.json`);
    return hand({ params: flattenParams(recordOf(plain(values))) });
  });
  await readJson(source, sink, `${folder}/metrics.json`, (value, modified) =>
    hand({ series: seriesOf(recordOf(value), modified) }),
  );
  await readJson(source, sink, `${folder}/info.json`, (value) => hand({ tags: infoTags(value) }));
}

/** Reads one of a run's files when it changed. `onValue` gives what to remember of it. */
async function readJson(
  source: SourceReader,
  sink: RunSink,
  path: string,
  onValue: (value: unknown, modified: number, text: string) => Remembered | null,
): Promise<void> {
  const file = await readChanged(source, sink, path);
  if (file === null) return;
  let value: unknown;
  try {
    value = parsePythonJson(file.text);
  } catch {
    sink.skipped(path, 'It is not whole: it may be just being written.');
    return;
  }
  try {
    sink.done(path, file.stamp, onValue(value, file.modified, file.text));
  } catch (error) {
    sink.skipped(path, asCairnError(error).message);
  }
}
