/** Experiments, runs, and what a run was given. */
export const runs = `
CREATE TABLE experiments (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  note TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL DEFAULT 0,
  deleted_at INTEGER
) STRICT;
CREATE UNIQUE INDEX experiments_number ON experiments(number);
CREATE INDEX experiments_name ON experiments(name);

CREATE TABLE experiment_tags (
  experiment_id TEXT NOT NULL REFERENCES experiments(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (experiment_id, key)
) STRICT, WITHOUT ROWID;

-- What a run saw, shared by every run that saw the same: id is the SHA-256 of the JSON.
CREATE TABLE environments (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE runs (
  -- What params, tags and metrics refer to: a few bytes where an id takes 32.
  seq INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  experiment_id TEXT NOT NULL REFERENCES experiments(id),
  number INTEGER NOT NULL,
  name TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('SCHEDULED','RUNNING','FINISHED','FAILED','KILLED')),
  kind TEXT NOT NULL,
  parent_id TEXT REFERENCES runs(id) ON DELETE SET NULL,
  -- The request as it came (contract/runs.ts runSpec), and the same in words; '' where Cairn did not start it.
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
  cpu_seconds REAL,
  -- Who logged it, as the client says.
  user_name TEXT NOT NULL DEFAULT '',
  -- The notebook that logged it: a path in the workspace.
  notebook TEXT,
  -- What the client said of a run whose end its runner decides.
  logged_status TEXT,
  -- When its client last wrote to it, to within half a minute; only of runs that a client opened.
  heard_at INTEGER,
  -- Where the artifacts of a run from elsewhere lie: a path in the workspace, or an absolute one.
  -- NULL: in the store's own folder.
  artifact_root TEXT
) STRICT;
CREATE UNIQUE INDEX runs_number ON runs(experiment_id, number);
CREATE INDEX runs_created ON runs(created_at);
CREATE INDEX runs_started ON runs(coalesce(started_at, created_at));
CREATE INDEX runs_status ON runs(status);
CREATE INDEX runs_name ON runs(name);
CREATE INDEX runs_scope ON runs(deleted_at, experiment_id);
CREATE INDEX runs_parent ON runs(parent_id) WHERE parent_id IS NOT NULL;

-- Keys of params, tags and metrics, written once.
CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;

CREATE TABLE params (
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES names(id),
  file TEXT NOT NULL DEFAULT '',
  value TEXT NOT NULL,
  PRIMARY KEY (run, name, file)
) STRICT, WITHOUT ROWID;
CREATE INDEX params_value ON params(name, value);

CREATE TABLE tags (
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES names(id),
  value TEXT NOT NULL,
  PRIMARY KEY (run, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_name ON tags(name);
`;
