/** Notes of the timeline, and what every note (free, or of a run) has said. */
export const notes = `
CREATE TABLE notes (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body TEXT NOT NULL,
  deleted_at INTEGER
) STRICT;

-- The texts of a note in their order, the present one last. What was saved while somebody was
-- writing on is one text.
CREATE TABLE note_versions (
  id INTEGER PRIMARY KEY,
  -- Id of a note or a run.
  owner TEXT NOT NULL,
  -- Who was writing: an editor, from opening to closing. NULL: not an editor.
  session TEXT,
  begun_at INTEGER NOT NULL,
  at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX note_versions_owner ON note_versions(owner, id);
CREATE TRIGGER note_versions_of_note AFTER DELETE ON notes
  BEGIN DELETE FROM note_versions WHERE owner = old.id; END;
CREATE TRIGGER note_versions_of_run AFTER DELETE ON runs
  BEGIN DELETE FROM note_versions WHERE owner = old.id; END;
`;
