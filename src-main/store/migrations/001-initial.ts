/** The tables of Cairn 0.1: experiments, runs, metric columns, lineage, notes, history, undo. */
export const initial = `
CREATE TABLE experiments (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX experiments_number ON experiments(number);

-- What a run saw, shared by every run that saw the same: id is the SHA-256 of the JSON.
CREATE TABLE environments (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  id TEXT PRIMARY KEY,
  experiment_id TEXT NOT NULL REFERENCES experiments(id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('SCHEDULED','RUNNING','FINISHED','FAILED','KILLED')),
  kind TEXT NOT NULL,
  parent_id TEXT REFERENCES runs(id),
  -- The request as it came (contract/runs.ts runSpec), and the same in words.
  spec TEXT NOT NULL,
  command TEXT NOT NULL,
  cwd TEXT NOT NULL DEFAULT '.',
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  exit_code INTEGER,
  error TEXT,
  note TEXT NOT NULL DEFAULT '',
  starred INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER,
  snapshot TEXT,
  base_commit TEXT,
  branch TEXT,
  dirty_files TEXT NOT NULL DEFAULT '[]',
  large_files TEXT NOT NULL DEFAULT '[]',
  environment_id TEXT REFERENCES environments(id),
  -- The runner process: a pid alone may have been given to another program since.
  runner_pid INTEGER,
  runner_started TEXT,
  stop_requested_at INTEGER,
  peak_memory INTEGER,
  cpu_seconds REAL
) STRICT;
CREATE UNIQUE INDEX runs_number ON runs(experiment_id, number);
CREATE INDEX runs_created ON runs(created_at);
CREATE INDEX runs_status ON runs(status) WHERE status IN ('SCHEDULED','RUNNING');

CREATE TABLE params (
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  file TEXT NOT NULL DEFAULT '',
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, file, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE tags (
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (run_id, key)
) STRICT, WITHOUT ROWID;

-- A series has its summary beside it, so that a table of runs never touches a point. NaN is NULL.
CREATE TABLE metric_series (
  id INTEGER PRIMARY KEY,
  run_id TEXT NOT NULL REFERENCES runs(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  count INTEGER NOT NULL DEFAULT 0,
  last REAL,
  last_step REAL,
  min REAL,
  max REAL,
  UNIQUE (run_id, key)
) STRICT;

-- Points in columns: three little-endian float64 arrays of equal length.
CREATE TABLE metric_chunks (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  steps BLOB NOT NULL,
  times BLOB NOT NULL,
  points BLOB NOT NULL,
  PRIMARY KEY (series_id, seq)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  deleted_at INTEGER
) STRICT;

CREATE TABLE note_history (
  note_id TEXT NOT NULL REFERENCES notes(id),
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;

-- Git history as it was read; a second opening reads only what is new.
CREATE TABLE commits (
  oid TEXT PRIMARY KEY,
  parents TEXT NOT NULL,
  author TEXT NOT NULL,
  authored_at INTEGER NOT NULL,
  committed_at INTEGER NOT NULL,
  subject TEXT NOT NULL,
  body TEXT NOT NULL,
  -- 0 until the pipeline files of the commit were compared with its first parent's.
  examined INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
CREATE INDEX commits_at ON commits(committed_at);

CREATE TABLE commit_changes (
  oid TEXT NOT NULL REFERENCES commits(oid) ON DELETE CASCADE,
  kind TEXT NOT NULL CHECK (kind IN ('data','param','metric')),
  path TEXT NOT NULL,
  key TEXT NOT NULL DEFAULT '',
  before TEXT,
  after TEXT,
  size_before INTEGER,
  size_after INTEGER,
  files INTEGER,
  PRIMARY KEY (oid, kind, path, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE commit_refs (name TEXT PRIMARY KEY, oid TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE bundles (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('exported','reproduced')),
  path TEXT NOT NULL,
  run_id TEXT,
  label TEXT NOT NULL,
  verdict TEXT NOT NULL
) STRICT;

-- Workspace edits that can be undone: the statements' effects before and after, as JSON.
CREATE TABLE undo_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  label TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
