/**
 * `mlflow.db`: the SQLite database of MLflow's tracking store, of every schema since 1.0. Read-only;
 * `alembic_version` is not even looked at: columns are taken as they are found.
 * Schema: mlflow/store/tracking/dbmodels/models.py.
 */
import { statSync } from 'node:fs';
import type { Work } from '../../base/progress.ts';
import { explain, openForeignDatabase } from '../foreign-database.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';
import { Reading } from './reading.ts';

export const mlflowDb: Importer = {
  kind: 'mlflow-db',
  find,
  read,
  // The log beside it changes first.
  watch: ({ path }) => [path, `${path}-wal`],
};

/** `mlflow.db` as MLflow calls it, and what people call theirs. */
function find(listing: Listing): string[] {
  return listing.files.filter((path) => {
    const name = path.slice(path.lastIndexOf('/') + 1);
    return /^(?:mlflow|mlruns)[\w.-]*\.(?:db|sqlite3?)$/i.test(name);
  });
}

async function read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
  const stamp = stampOf(source.absolute);
  if (source.item('')?.stamp === stamp && !source.thorough) return;
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

function stampOf(absolute: string): string {
  return ['', '-wal']
    .map((suffix) => {
      const stat = statSync(absolute + suffix, { bigint: true, throwIfNoEntry: false });
      return stat === undefined ? '' : `${stat.size}:${stat.mtimeNs}`;
    })
    .join(' ');
}
