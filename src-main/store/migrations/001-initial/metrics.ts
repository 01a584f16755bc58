/** Metric series: a summary for tables, chunks of points for charts, a tail for what just came. */
export const metrics = `
-- A table of runs reads this and never a point. A NaN is NULL; \`count\` tells it from no value.
CREATE TABLE metric_series (
  id INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  name INTEGER NOT NULL REFERENCES names(id),
  count INTEGER NOT NULL DEFAULT 0,
  -- How many of them are in chunks; the others are in the tail.
  sealed INTEGER NOT NULL DEFAULT 0,
  max_time REAL,
  -- The value of the highest (step, time, value), as MLflow has it.
  last REAL,
  last_step REAL,
  last_time REAL,
  min REAL,
  max REAL
) STRICT;
CREATE UNIQUE INDEX metric_series_run ON metric_series(run, name);
CREATE INDEX metric_series_last ON metric_series(name, last, run);

-- Stretches of a series. \`preview\` is what a chart of the whole draws, encoded by
-- store/metric-codec.ts; of a short stretch it holds all points. A row is small enough to stay on its
-- page, so that a chart reads one page after the other.
CREATE TABLE metric_chunks (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE,
  seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  min_step REAL NOT NULL,
  max_step REAL NOT NULL,
  min_time REAL NOT NULL,
  max_time REAL NOT NULL,
  preview BLOB NOT NULL,
  PRIMARY KEY (series_id, seq)
) STRICT, WITHOUT ROWID;

-- All points of a stretch that is longer than its preview.
CREATE TABLE metric_points (
  series_id INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  data BLOB NOT NULL,
  PRIMARY KEY (series_id, seq),
  FOREIGN KEY (series_id, seq) REFERENCES metric_chunks ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Points that came one by one and wait to be a chunk. A NaN is NULL.
CREATE TABLE metric_tail (
  series_id INTEGER NOT NULL REFERENCES metric_series(id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  step REAL NOT NULL,
  time REAL NOT NULL,
  value REAL,
  PRIMARY KEY (series_id, position)
) STRICT, WITHOUT ROWID;
`;
