/** What is said of runs, word by word. */
export const search = `
-- Only the index: the words are in the other tables and in the logs.
CREATE VIRTUAL TABLE run_text USING fts5(
  text, content='', contentless_delete=1, tokenize='unicode61 remove_diacritics 2'
);

-- Runs whose words changed since they were indexed, or that are gone. They are indexed when somebody
-- looks for words. Params and tags are noted by those who write them, once in a transaction: a trigger
-- takes three times as long as the row itself.
CREATE TABLE run_text_stale (run INTEGER PRIMARY KEY) STRICT;

-- Not INSERT OR IGNORE: in a trigger the conflict clause of the outer statement counts instead.

CREATE TRIGGER run_text_runs_insert AFTER INSERT ON runs
BEGIN INSERT INTO run_text_stale SELECT new.seq WHERE new.seq NOT IN (SELECT run FROM run_text_stale); END;
CREATE TRIGGER run_text_runs_update
AFTER UPDATE OF name, note, command, notebook, error, ended_at ON runs
BEGIN INSERT INTO run_text_stale SELECT new.seq WHERE new.seq NOT IN (SELECT run FROM run_text_stale); END;
CREATE TRIGGER run_text_runs_delete AFTER DELETE ON runs
BEGIN INSERT INTO run_text_stale SELECT old.seq WHERE old.seq NOT IN (SELECT run FROM run_text_stale); END;
`;
