/** The importers there are, in the order in which they read: where two know a key, the first counts. */
import { mlflowDb } from './mlflow-db/index.ts';
import { mlruns } from './mlruns/index.ts';
import type { Importer } from './types.ts';

export const importers: readonly Importer[] = [mlruns, mlflowDb];
