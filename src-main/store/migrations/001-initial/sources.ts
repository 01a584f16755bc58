/** Runs of other tools, read in place: where they lie, and how far each was read. */
export const sources = `
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  -- The importer's name: mlruns, mlflow-db, tensorboard…
  kind TEXT NOT NULL,
  -- In the workspace, with '/'.
  path TEXT NOT NULL,
  -- The importer's own: versions, offsets.
  state TEXT NOT NULL DEFAULT '{}',
  read_at INTEGER,
  -- Why it could not be read at all.
  problem TEXT,
  -- When it was found to be gone; its runs stay.
  gone_at INTEGER,
  UNIQUE (kind, path)
) STRICT;

-- What is read by itself and again only when its stamp changed: a run's folder, an event file.
CREATE TABLE source_items (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  stamp TEXT NOT NULL,
  state TEXT NOT NULL DEFAULT '{}',
  -- Why it was skipped, or what of it could not be read.
  problem TEXT,
  PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

-- One run may be seen in several sources: DVCLive and MLflow log side by side.
CREATE TABLE run_sources (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  native_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  PRIMARY KEY (source_id, native_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_sources_run ON run_sources(run_id);
`;
