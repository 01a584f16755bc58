/** Bundles, undo, settings. */
export const workspace = `
CREATE TABLE bundles (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('exported','reproduced')),
  path TEXT NOT NULL,
  run_id TEXT,
  label TEXT NOT NULL,
  verdict TEXT NOT NULL
) STRICT;

-- Workspace edits that can be undone: how things were before and after, as JSON that the kind knows.
CREATE TABLE undo_log (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,
  before TEXT NOT NULL,
  after TEXT NOT NULL,
  undone INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
`;
