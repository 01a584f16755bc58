/** What clients said that a run used and made: datasets, logged models, registered versions. */
import type { RunDetail } from '../contract/runs.ts';
import { readDatasetsOf } from '../store/datasets.ts';
import { readModelKinds } from '../store/imported-models.ts';
import { readModelsOfRun } from '../store/logged-models.ts';
import { readVersionsOfRun } from '../store/model-versions.ts';
import { readAliases } from '../store/registered-models.ts';
import type { Store } from '../store/store.ts';

const contextTag = 'mlflow.data.context';

export function dataAndModelsOf(
  store: Store,
  run: { readonly seq: number; readonly id: string },
): Pick<RunDetail, 'datasets' | 'loggedModels' | 'modelVersions'> {
  const versions = readVersionsOfRun(store, run.id);
  const names = [...new Set(versions.map((version) => version.name))];
  const aliases = readAliases(store, names);
  const kinds = readModelKinds(store, names);
  return {
    datasets: readDatasetsOf(store, [run.seq]).map((dataset) => ({
      name: dataset.name,
      digest: dataset.digest,
      sourceType: dataset.source_type,
      context: (JSON.parse(dataset.tags) as Record<string, string>)[contextTag] ?? null,
    })),
    loggedModels: readModelsOfRun(store, run).map(({ id, name, type, status }) => ({
      id,
      name,
      type,
      status,
    })),
    modelVersions: versions.map(({ name, version, stage, model_id }) => ({
      name,
      version,
      stage,
      aliases: aliases
        .filter((alias) => alias.name === name && alias.version === version)
        .map((alias) => alias.alias),
      modelId: model_id,
      ...fromOf(kinds.get(name)),
    })),
  };
}

function fromOf(kind: string | undefined): { from?: string } {
  return kind === undefined ? {} : { from: kind };
}
