/** What MLflow has beside runs: datasets, logged models, registered models. */
export const registry = `
CREATE TABLE datasets (
  id INTEGER PRIMARY KEY,
  experiment_id TEXT NOT NULL REFERENCES experiments(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  digest TEXT NOT NULL,
  source_type TEXT NOT NULL,
  source TEXT NOT NULL,
  schema TEXT,
  profile TEXT,
  UNIQUE (experiment_id, name, digest)
) STRICT;

CREATE TABLE run_datasets (
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  dataset_id INTEGER NOT NULL REFERENCES datasets(id) ON DELETE CASCADE,
  -- A JSON object: \`mlflow.data.context\` and the like.
  tags TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (run, dataset_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX run_datasets_dataset ON run_datasets(dataset_id);

CREATE TABLE logged_models (
  id TEXT PRIMARY KEY,
  experiment_id TEXT NOT NULL REFERENCES experiments(id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  type TEXT NOT NULL DEFAULT '',
  status TEXT NOT NULL,
  status_message TEXT NOT NULL DEFAULT '',
  source_run_id TEXT,
  -- Where its files lie when the user named a store of their own. NULL: in the store's own folder.
  artifact_root TEXT,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX logged_models_run ON logged_models(source_run_id) WHERE source_run_id IS NOT NULL;
CREATE INDEX logged_models_experiment ON logged_models(experiment_id);

CREATE TABLE logged_model_params (
  model_id TEXT NOT NULL REFERENCES logged_models(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model_tags (
  model_id TEXT NOT NULL REFERENCES logged_models(id) ON DELETE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE logged_model_metrics (
  model_id TEXT NOT NULL REFERENCES logged_models(id) ON DELETE CASCADE,
  run_id TEXT NOT NULL,
  key TEXT NOT NULL,
  value REAL,
  time INTEGER NOT NULL,
  step INTEGER NOT NULL,
  dataset_name TEXT NOT NULL DEFAULT '',
  dataset_digest TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (model_id, run_id, key, time, step, dataset_name, dataset_digest)
) STRICT, WITHOUT ROWID;

CREATE TABLE run_models (
  run INTEGER NOT NULL REFERENCES runs(seq) ON DELETE CASCADE,
  model_id TEXT NOT NULL REFERENCES logged_models(id) ON DELETE CASCADE,
  direction TEXT NOT NULL CHECK (direction IN ('INPUT','OUTPUT')),
  step INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (run, model_id, direction)
) STRICT, WITHOUT ROWID;

CREATE TABLE registered_models (
  name TEXT PRIMARY KEY,
  description TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  -- The other tool's source that it was read from; NULL: registered here.
  source_id INTEGER REFERENCES sources(id) ON DELETE SET NULL,
  -- A hash of what was written of it then: what the user changed since is left alone.
  source_stamp TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE registered_model_tags (
  name TEXT NOT NULL REFERENCES registered_models(name) ON DELETE CASCADE ON UPDATE CASCADE,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE model_versions (
  name TEXT NOT NULL REFERENCES registered_models(name) ON DELETE CASCADE ON UPDATE CASCADE,
  version INTEGER NOT NULL,
  description TEXT NOT NULL DEFAULT '',
  user_name TEXT NOT NULL DEFAULT '',
  stage TEXT NOT NULL DEFAULT 'None',
  source TEXT NOT NULL,
  storage_location TEXT,
  run_id TEXT,
  run_link TEXT,
  model_id TEXT,
  status TEXT NOT NULL DEFAULT 'READY',
  status_message TEXT NOT NULL DEFAULT '',
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (name, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX model_versions_run ON model_versions(run_id) WHERE run_id IS NOT NULL;
CREATE INDEX model_versions_model ON model_versions(model_id) WHERE model_id IS NOT NULL;

-- Numbers are never given twice, even after the newest version was deleted.
CREATE TABLE model_version_counters (
  name TEXT PRIMARY KEY REFERENCES registered_models(name) ON DELETE CASCADE ON UPDATE CASCADE,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE model_version_tags (
  name TEXT NOT NULL,
  version INTEGER NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (name, version, key),
  FOREIGN KEY (name, version) REFERENCES model_versions(name, version) ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

CREATE TABLE model_aliases (
  name TEXT NOT NULL,
  alias TEXT NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (name, alias),
  FOREIGN KEY (name, version) REFERENCES model_versions(name, version) ON DELETE CASCADE ON UPDATE CASCADE
) STRICT, WITHOUT ROWID;

-- What happened to registered models, for the timeline.
CREATE TABLE promotions (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  change TEXT NOT NULL CHECK (change IN ('version','stage','alias','unalias')),
  name TEXT NOT NULL REFERENCES registered_models(name) ON DELETE CASCADE ON UPDATE CASCADE,
  version INTEGER NOT NULL,
  value TEXT NOT NULL,
  before TEXT NOT NULL
) STRICT;
CREATE INDEX promotions_at ON promotions(at);
CREATE INDEX promotions_name ON promotions(name);
`;
