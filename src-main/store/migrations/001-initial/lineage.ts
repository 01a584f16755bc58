/** What went into a run and came out of it, in ML Metadata's terms. */
export const lineage = `
-- Lineage in ML Metadata's terms; the contexts are the runs and the experiments.
CREATE TABLE executions (
  id TEXT PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  stage TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  state TEXT NOT NULL,
  command TEXT NOT NULL DEFAULT '',
  reason TEXT NOT NULL DEFAULT '',
  started_at INTEGER,
  ended_at INTEGER,
  exit_code INTEGER,
  peak_memory INTEGER,
  cpu_seconds REAL,
  UNIQUE (run_id, stage)
) STRICT;

CREATE TABLE artifacts (
  id INTEGER PRIMARY KEY,
  hash TEXT NOT NULL,
  size INTEGER,
  files INTEGER,
  UNIQUE (hash)
) STRICT;

CREATE TABLE events (
  execution_id TEXT NOT NULL REFERENCES executions(id) ON DELETE CASCADE,
  artifact_id INTEGER REFERENCES artifacts(id),
  type TEXT NOT NULL CHECK (type IN ('INPUT','OUTPUT')),
  role TEXT NOT NULL,
  path TEXT NOT NULL,
  PRIMARY KEY (execution_id, type, path)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_artifact ON events(artifact_id);
`;
