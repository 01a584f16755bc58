/** Checkpoints of one training in their order, and how far each part of the model moved between them. */
import { isModelPath, type TensorChange } from '../../client/index.ts';
import { layerChange, layerName } from './layers.ts';

export interface Checkpoint {
  readonly label: string;
  readonly path: string;
}

interface Entry {
  readonly name: string;
  readonly path: string;
  readonly directory: boolean;
}

/** More columns than this are no film strip any more. */
export const maxCheckpoints = 64;
/** With more layers than this, whole blocks are the rows. */
const maxLayers = 48;

/** State of training beside the weights, which changes by its own rules. */
const notWeights = /^(optimizer|scheduler|training_args|rng_state|scaler|random_states)/i;
const shard = /-\d{5}-of-\d{5}\./;
const collator = new Intl.Collator('en', { numeric: true });

/**
 * Checkpoints of a folder, `step-9` before `step-10`: its model files, and of each folder in it (the
 * trainers of Hugging Face write one each) its model.
 * @param inside what is in those folders, by their path
 */
export function checkpointsIn(
  entries: readonly Entry[],
  inside: ReadonlyMap<string, readonly Entry[]>,
): Checkpoint[] {
  const found = entries.flatMap((entry): Checkpoint[] => {
    if (!entry.directory) return isWeights(entry) ? [{ label: entry.name, path: entry.path }] : [];
    const files = (inside.get(entry.path) ?? []).filter(
      (file) => !file.directory && isWeights(file),
    );
    const [model] = files.sort((a, b) => collator.compare(a.name, b.name));
    return model ? [{ label: entry.name, path: model.path }] : [];
  });
  return found.sort((a, b) => collator.compare(a.label, b.label)).slice(0, maxCheckpoints);
}

function isWeights({ name }: Entry): boolean {
  return isModelPath(name) && !notWeights.test(name) && !shard.test(name);
}

/** How far each part moved from one checkpoint to another; by the names of parts, in their order. */
export type Movement = ReadonlyMap<string, number | null>;

export function movementOf(tensors: readonly TensorChange[]): Movement {
  const layers = new Set(tensors.map(({ name }) => layerName(name)));
  const part = layers.size > maxLayers ? blockName : layerName;
  const groups = Map.groupBy(tensors, ({ name }) => part(name));
  return new Map([...groups].map(([name, members]) => [name, layerChange(members)]));
}

/** `model.layers.3` of `model.layers.3.mlp.up_proj.weight`; the layer where there is no number. */
function blockName(tensor: string): string {
  return /^(.*?[./_]?\d+)[./]/.exec(tensor)?.[1] ?? layerName(tensor);
}

export interface Strip {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly values: readonly (readonly (number | null)[])[];
}

/** Parts × checkpoints; a checkpoint that was not compared yet has an empty column. */
export function stripOf(labels: readonly string[], movements: readonly (Movement | null)[]): Strip {
  const rows = [...new Set(movements.flatMap((movement) => [...(movement?.keys() ?? [])]))];
  return {
    rows,
    columns: labels,
    values: rows.map((row) => movements.map((movement) => movement?.get(row) ?? null)),
  };
}
