/** Which files of a folder, or of a run, are the checkpoints of one training, and in which order. */
import { isModelPath } from '../contract/model-files.ts';

export interface Checkpoint {
  /** What tells it from the others: its name, or that of its folder. */
  readonly label: string;
  /** As it was given. */
  readonly path: string;
}

export interface CheckpointSeries {
  /** The folder of the series, relative to where the paths begin; empty for that itself. */
  readonly folder: string;
  readonly checkpoints: readonly Checkpoint[];
}

/** State of training beside the weights, which changes by its own rules. */
const notWeights = /^(optimizer|scheduler|training_args|rng_state|scaler|random_states)/i;
const shard = /-\d{5}-of-\d{5}\./;
const collator = new Intl.Collator('en', { numeric: true });

/**
 * The checkpoints of a folder, `step-9` before `step-10`: its own model files, and of each folder in
 * it (the trainers of Hugging Face write one each) its model.
 * @param paths relative to that folder, with slashes
 */
export function checkpointsOf(paths: readonly string[]): Checkpoint[] {
  const nested = new Map<string, string[]>();
  const found: Checkpoint[] = [];
  for (const path of paths.filter(isWeights)) {
    const [first = '', second, ...deeper] = path.split('/');
    if (second === undefined) found.push({ label: first, path });
    else if (deeper.length === 0) {
      const beside = nested.get(first);
      if (beside) beside.push(path);
      else nested.set(first, [path]);
    }
  }
  for (const [label, files] of nested) {
    const [model] = files.sort(collator.compare);
    if (model !== undefined) found.push({ label, path: model });
  }
  return found.sort((a, b) => collator.compare(a.label, b.label));
}

/**
 * The longest series among files of many folders: checkpoints beside each other whose names differ
 * only in their numbers, or where there are none, any models beside each other. Of equally long ones
 * that which is nearest to the top.
 */
export function longestSeries(paths: readonly string[]): CheckpointSeries {
  const weights = paths.filter(isWeights);
  const numbered = longestBy(weights, (own) => [
    alike(checkpointsOf(own)),
    alike(firstModels(own)),
  ]);
  return numbered.checkpoints.length > 1
    ? numbered
    : longestBy(weights, (own) => [checkpointsOf(own)]);
}

/** @param find the series of a folder, by what is in it relative to it */
function longestBy(
  weights: readonly string[],
  find: (own: readonly string[]) => ReadonlyArray<readonly Checkpoint[]>,
): CheckpointSeries {
  // What is in each folder, however deep, by its path from there.
  const folders = new Map([['', [...weights]]]);
  for (const path of weights) {
    for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
      const own = folders.get(path.slice(0, cut));
      if (own) own.push(path.slice(cut + 1));
      else folders.set(path.slice(0, cut), [path.slice(cut + 1)]);
    }
  }
  let best: CheckpointSeries = { folder: '', checkpoints: [] };
  const names = [...folders.keys()];
  for (const folder of names.sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
    const start = folder === '' ? '' : `${folder}/`;
    for (const found of find(folders.get(folder) ?? [])) {
      if (found.length <= best.checkpoints.length) continue;
      const checkpoints = found.map(({ label, path }) => ({ label, path: start + path }));
      best = { folder, checkpoints };
    }
  }
  return best;
}

/** The most of them whose names are the same but for numbers. */
function alike(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const stems = Map.groupBy(checkpoints, ({ label }) => label.replaceAll(/\d+/g, '#'));
  return [...stems.values()].reduce((most, one) => (one.length > most.length ? one : most), []);
}

/** `model-1/data/model.pth`, `model-2/data/model.pth`: the first model of each, however deep. */
function firstModels(paths: readonly string[]): Checkpoint[] {
  const nested = new Map<string, string>();
  for (const path of [...paths].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
    const cut = path.indexOf('/');
    if (cut > 0 && !nested.has(path.slice(0, cut))) nested.set(path.slice(0, cut), path);
  }
  return [...nested]
    .map(([label, path]) => ({ label, path }))
    .sort((a, b) => collator.compare(a.label, b.label));
}

function isWeights(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isModelPath(name) && !notWeights.test(name) && !shard.test(name);
}

function depthOf(path: string): number {
  return path === '' ? 0 : path.split('/').length;
}
