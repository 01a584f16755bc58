/**
 * Aim: of its repository (`.aim/`) what is in SQLite, the names, notes, tags and times of runs; their
 * params and metrics are in RocksDB, and are read from the frames of its SDK that were saved as CSV
 * (`repo.query_metrics(…).dataframe().to_csv(…)`, `run.dataframe(…).to_csv(…)`).
 */
import { statSync } from 'node:fs';
import type { Work } from '../../base/progress.ts';
import { databaseStamp } from '../database-stamp.ts';
import { explain, openForeignDatabase } from '../foreign-database.ts';
import { baseOf } from '../text-files.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { isAimFrame, readFrame } from './frames.ts';
import { readMetadata } from './metadata.ts';

const metadata = /(?:^|\/)\.aim\/run_metadata\.sqlite$/;
/** Opening every table of a folder of data would take too long. */
const named = /(?:aim|run|metric|experiment|param)[^/]*\.csv$/i;

export const aim: Importer = {
  kind: 'aim',
  find: (listing: Listing) =>
    listing.files.filter((path) => metadata.test(path) || named.test(baseOf(path))),
  recognises: (absolute) => absolute.endsWith('.sqlite') || isAimFrame(absolute),
  read: (source, sink, work) =>
    metadata.test(source.path) ? readRepository(source, sink) : readSaved(source, sink, work),
  watch: ({ path }) => (metadata.test(path) ? [path, `${path}-wal`] : [path]),
};

async function readRepository(source: SourceReader, sink: RunSink): Promise<void> {
  const stamp = databaseStamp(source.absolute);
  if (source.item('')?.stamp === stamp) return;
  const database = openForeignDatabase(source.absolute);
  try {
    readMetadata(database, source, sink);
  } catch (error) {
    throw explain(error, source.absolute);
  } finally {
    database.close();
  }
  sink.done('', stamp);
  sink.skipped(
    'seqs',
    'Aim keeps params and metrics in RocksDB, which is not read. Save them with repo.query_metrics("metric.name != \'\'").dataframe().to_csv("aim-metrics.csv") in this folder.',
  );
}

async function readSaved(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
  const { size, mtimeNs, mtimeMs } = statSync(source.absolute, { bigint: true });
  const stamp = `${size}:${mtimeNs}`;
  if (source.item('')?.stamp === stamp) return;
  await readFrame(source, sink, Number(mtimeMs), work);
  sink.done('', stamp);
}
