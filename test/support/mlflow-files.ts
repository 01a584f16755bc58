/** What MLflow of several versions wrote, laid out in a folder again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const fixtures = join(import.meta.dirname, '../fixtures/mlflow');

/** The versions that the fixtures were made by: the first, the last of the 1 and 2 series, the last with files. */
export const mlflowVersions = ['1.0.0', '1.30.1', '2.22.1', '3.12.0'] as const;
export type MlflowVersion = (typeof mlflowVersions)[number];

/** Writes `<root>/mlruns` as that version laid it out. */
export function layOutMlruns(root: string, version: MlflowVersion): void {
  layOutTree(root, `mlruns-${version}.json`);
}

/** Writes `<root>/mlruns` with registered models, as MLflow 2.22.5 laid it out. */
export function layOutRegistryFiles(root: string): void {
  layOutTree(root, 'registry-2.22.5.json');
}

/** Writes the database with registered models, as MLflow 3.17.2 made it. */
export function layOutRegistryDatabase(file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gunzipSync(readFileSync(join(fixtures, 'registry-3.17.2.db.gz'))));
}

function layOutTree(root: string, fixture: string): void {
  const text = readFileSync(join(fixtures, fixture), 'utf8');
  for (const [path, content] of Object.entries(JSON.parse(text) as Record<string, string | null>)) {
    const absolute = join(root, path);
    if (content === null) mkdirSync(absolute, { recursive: true });
    else {
      mkdirSync(dirname(absolute), { recursive: true });
      writeFileSync(absolute, content);
    }
  }
}

/** Writes the database as that version made it. */
export function layOutDatabase(file: string, version: MlflowVersion): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, gunzipSync(readFileSync(join(fixtures, `mlflow-${version}.db.gz`))));
}
