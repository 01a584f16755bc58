/** The datasets and models that runs used and made, as the protocol has them inside a run. */
import { readDatasetsOf, type UsedDataset } from '../store/datasets.ts';
import { readModelLinksOf } from '../store/logged-models.ts';
import type { Store } from '../store/store.ts';
import { wirePairs } from './wire.ts';

export interface RunLinks {
  readonly inputs?: { dataset_inputs?: unknown[]; model_inputs?: unknown[] };
  readonly outputs?: { model_outputs: unknown[] };
}

/** @returns a function from a run's `seq` to its inputs and outputs; what it has none of is left out */
export function readRunLinks(store: Store, seqs: readonly number[]): (seq: number) => RunLinks {
  const datasets = Map.groupBy(readDatasetsOf(store, seqs), (row) => row.run);
  const models = Map.groupBy(readModelLinksOf(store, seqs), (row) => row.run);
  return (seq) => {
    const used = datasets.get(seq);
    const inputs = models.get(seq)?.filter((row) => row.direction === 'INPUT') ?? [];
    const outputs = models.get(seq)?.filter((row) => row.direction === 'OUTPUT') ?? [];
    return {
      ...(used === undefined && inputs.length === 0
        ? {}
        : {
            inputs: {
              ...(used === undefined ? {} : { dataset_inputs: used.map(wireDatasetInput) }),
              ...(inputs.length === 0
                ? {}
                : { model_inputs: inputs.map((row) => ({ model_id: row.model_id })) }),
            },
          }),
      ...(outputs.length === 0
        ? {}
        : {
            outputs: {
              model_outputs: outputs.map((row) => ({ model_id: row.model_id, step: row.step })),
            },
          }),
    };
  };
}

function wireDatasetInput(row: UsedDataset): unknown {
  return {
    tags: wirePairs(JSON.parse(row.tags) as Record<string, string>),
    dataset: {
      name: row.name,
      digest: row.digest,
      source_type: row.source_type,
      source: row.source,
      ...(row.schema === null ? {} : { schema: row.schema }),
      ...(row.profile === null ? {} : { profile: row.profile }),
    },
  };
}
