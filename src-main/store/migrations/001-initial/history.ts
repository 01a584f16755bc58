/** Git history as it was read. */
export const history = `
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
`;
