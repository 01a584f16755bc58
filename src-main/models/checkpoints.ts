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
  return inOrder(modelsAtTop(paths.filter(isWeights)));
}

/** The model files themselves, and one of each folder; in no order. */
function modelsAtTop(weights: readonly string[]): Checkpoint[] {
  const nested = new Map<string, string>();
  const found: Checkpoint[] = [];
  for (const path of weights) {
    const cut = path.indexOf('/');
    if (cut < 0) found.push({ label: path, path });
    else if (path.indexOf('/', cut + 1) < 0) {
      const folder = path.slice(0, cut);
      const known = nested.get(folder);
      if (known === undefined || collator.compare(path, known) < 0) nested.set(folder, path);
    }
  }
  for (const [label, path] of nested) found.push({ label, path });
  return found;
}

function inOrder(checkpoints: readonly Checkpoint[]): Checkpoint[] {
  return checkpoints.toSorted((a, b) => collator.compare(a.label, b.label));
}

/**
 * The longest series among files of many folders: checkpoints beside each other whose names differ
 * only in their numbers, or where there are none, any models beside each other. Of equally long ones
 * that which is nearest to the top.
 */
export function longestSeries(paths: readonly string[]): CheckpointSeries {
  const weights = fromTheTop(paths.filter(isWeights));
  const numbered = longestBy(weights, (own) => [alike(modelsAtTop(own)), alike(firstModels(own))]);
  return numbered.checkpoints.length > 1
    ? numbered
    : longestBy(weights, (own) => [modelsAtTop(own)]);
}

/** By depth, then by name; what lies in a folder is then in this order too. */
function fromTheTop(paths: readonly string[]): string[] {
  const keyed = paths.map((path) => ({ path, depth: depthOf(path) }));
  keyed.sort((a, b) => a.depth - b.depth || (a.path < b.path ? -1 : 1));
  return keyed.map(({ path }) => path);
}

/** @param find the series of a folder, by what is in it relative to it, in any order */
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
  for (const folder of fromTheTop([...folders.keys()])) {
    for (const found of find(folders.get(folder) ?? [])) {
      if (found.length > best.checkpoints.length) best = { folder, checkpoints: found };
    }
  }
  const start = best.folder === '' ? '' : `${best.folder}/`;
  const checkpoints = inOrder(best.checkpoints);
  return {
    folder: best.folder,
    checkpoints: checkpoints.map(({ label, path }) => ({ label, path: start + path })),
  };
}

/** The most of them whose names are the same but for numbers. */
function alike(checkpoints: readonly Checkpoint[]): readonly Checkpoint[] {
  const stems = Map.groupBy(checkpoints, ({ label }) => label.replaceAll(/\d+/g, '#'));
  return [...stems.values()].reduce((most, one) => (one.length > most.length ? one : most), []);
}

/** `model-1/data/model.pth`, `model-2/data/model.pth`: the first model of each, however deep. */
function firstModels(fromTop: readonly string[]): Checkpoint[] {
  const nested = new Map<string, string>();
  for (const path of fromTop) {
    const cut = path.indexOf('/');
    if (cut <= 0) continue;
    const folder = path.slice(0, cut);
    if (!nested.has(folder)) nested.set(folder, path);
  }
  return [...nested].map(([label, path]) => ({ label, path }));
}

function isWeights(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return isModelPath(name) && !notWeights.test(name) && !shard.test(name);
}

function depthOf(path: string): number {
  if (path === '') return 0;
  let depth = 1;
  for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth++;
  return depth;
}
