/**
 * trackio's projects: one SQLite database each, `<project>.db` in TRACKIO_DIR, with a row of JSON a
 * logging. Source: trackio/sqlite_storage.py; until 0.24 a run was known by its name only.
 */
import type { Work } from '../../base/progress.ts';
import { databaseStamp } from '../database-stamp.ts';
import { explain, openForeignDatabase } from '../foreign-database.ts';
import { schemaMentions } from '../peek.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { Reading } from './reading.ts';

export const trackio: Importer = {
  kind: 'trackio',
  find: (listing: Listing) => listing.files.filter((path) => /\.db$/i.test(path)),
  recognises: (absolute) =>
    schemaMentions(absolute, /CREATE TABLE "?metrics"? ?\([^)]*\brun_name\b[^)]*\bmetrics TEXT/),
  read,
  // The log beside it changes first.
  watch: ({ path }) => [path, `${path}-wal`],
};

async function read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
  const stamp = databaseStamp(source.absolute);
  if (source.item('')?.stamp === stamp) return;
  const database = openForeignDatabase(source.absolute);
  try {
    await new Reading(database, source, sink).all(work);
  } catch (error) {
    throw explain(error, source.absolute);
  } finally {
    database.close();
  }
  // As it was before: what was written meanwhile is read the next time.
  sink.done('', stamp);
}
