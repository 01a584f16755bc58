/** Runs of other tools, read in place: where they lie, and how far each was read. */
export const sources = `
CREATE TABLE sources (
  id INTEGER PRIMARY KEY,
  -- The importer's name: mlruns, mlflow-db, tensorboard…
  kind TEXT NOT NULL,
  -- In the workspace, with '/'; an address, or absolute, of what was brought in from elsewhere.
  path TEXT NOT NULL,
  -- The importer's own: versions, offsets.
  state TEXT NOT NULL DEFAULT 'null',
  -- Counts the transactions that wrote what was read of it: two processes must not read it at once.
  generation INTEGER NOT NULL DEFAULT 0,
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
  state TEXT NOT NULL DEFAULT 'null',
  -- Why it was skipped, or what of it could not be read.
  problem TEXT,
  PRIMARY KEY (source_id, key)
) STRICT, WITHOUT ROWID;

-- One run may be seen in several sources: DVCLive and MLflow log side by side.
CREATE TABLE run_sources (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  native_id TEXT NOT NULL,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  -- 0: the source that the run was made from, 1: one that only adds what the others do not say.
  secondary INTEGER NOT NULL DEFAULT 0,
  -- Name, note and whether it was deleted, as the source said last (JSON): what the user changed
  -- since is left alone.
  seen TEXT NOT NULL DEFAULT '{}',
  -- When the tool last wrote to it, as far as the source tells.
  written_at INTEGER,
  gone_at INTEGER,
  -- When the run was taken into the store for good: what the source says later is left alone.
  kept_at INTEGER,
  PRIMARY KEY (source_id, native_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_sources_run ON run_sources(run_id);

-- Images, histograms, texts over steps: only where they lie. \`at\` -1 is the whole file. \`path\` is
-- one in the workspace; of a run that was taken into the store, one among its artifacts.
CREATE TABLE media (
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES names(id),
  step REAL NOT NULL,
  path TEXT NOT NULL,
  at INTEGER NOT NULL,
  length INTEGER,
  kind TEXT NOT NULL,
  time REAL NOT NULL,
  PRIMARY KEY (run, name, step, path, at)
) STRICT, WITHOUT ROWID;

-- Names under which other tools know a run.
CREATE TABLE run_aliases (
  alias TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX run_aliases_run ON run_aliases(run_id);

-- Series that a source adds to a run made from elsewhere; it alone appends to them.
CREATE TABLE source_series (
  series_id INTEGER PRIMARY KEY REFERENCES metric_series(id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE
) STRICT;
CREATE INDEX source_series_source ON source_series(source_id);
`;
