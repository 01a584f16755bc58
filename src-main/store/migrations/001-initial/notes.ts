/** Notes of the timeline, with what they said before. */
export const notes = `
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
`;
