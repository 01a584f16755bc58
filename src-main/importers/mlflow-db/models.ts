/** Registered models in MLflow's database (mlflow/store/model_registry/dbmodels/models.py). */
import type { ForeignDatabase } from '../foreign-database.ts';
import type { ImportedModel } from '../types.ts';

const mostRows = 100_000;

type Row = Readonly<Record<string, string | number | null>>;

/** Those of the default workspace: elsewhere the same name may be another model. */
export function readModels(database: ForeignDatabase): ImportedModel[] {
  const versions = Map.groupBy(rowsOf(database, 'model_versions'), nameOf);
  const versionTags = Map.groupBy(rowsOf(database, 'model_version_tags'), nameOf);
  const tags = Map.groupBy(rowsOf(database, 'registered_model_tags'), nameOf);
  const aliases = Map.groupBy(rowsOf(database, 'registered_model_aliases'), nameOf);
  return rowsOf(database, 'registered_models').map((model) => {
    const name = nameOf(model);
    const ofVersion = Map.groupBy(versionTags.get(name) ?? [], (tag) => Number(tag.version));
    return {
      name,
      description: textOf(model.description),
      createdAt: timeOf(model.creation_time),
      updatedAt: timeOf(model.last_updated_time ?? model.creation_time),
      tags: pairsOf(tags.get(name)),
      aliases: Object.fromEntries(
        (aliases.get(name) ?? []).map((row) => [textOf(row.alias), Number(row.version)]),
      ),
      versions: (versions.get(name) ?? [])
        .filter((row) => Number.isSafeInteger(Number(row.version)) && Number(row.version) > 0)
        .map((row) => ({
          version: Number(row.version),
          description: textOf(row.description),
          user: textOf(row.user_id),
          stage: textOf(row.current_stage) || 'None',
          source: textOf(row.source),
          storage: textOf(row.storage_location) || null,
          runNativeId: textOf(row.run_id) || null,
          runLink: textOf(row.run_link) || null,
          status: textOf(row.status) || 'READY',
          createdAt: timeOf(row.creation_time),
          updatedAt: timeOf(row.last_updated_time ?? row.creation_time),
          tags: pairsOf(ofVersion.get(Number(row.version))),
        })),
    };
  });
}

function rowsOf(database: ForeignDatabase, table: string): Row[] {
  const known = database.columns(table);
  if (known === null || !(known.has('name') || known.has('alias'))) return [];
  const where = known.has('workspace') ? "WHERE workspace = 'default'" : '';
  return database.db.prepare<[], Row>(`SELECT * FROM ${table} ${where} LIMIT ${mostRows}`).all();
}

function nameOf(row: Row): string {
  return textOf(row.name);
}

function pairsOf(rows: readonly Row[] = []): Record<string, string> {
  return Object.fromEntries(rows.map((row) => [textOf(row.key), textOf(row.value)]));
}

function textOf(value: Row[string] | undefined): string {
  return value === null || value === undefined ? '' : String(value);
}

function timeOf(value: Row[string] | undefined): number {
  const time = Number(value ?? 0);
  return Number.isSafeInteger(time) ? time : 0;
}
