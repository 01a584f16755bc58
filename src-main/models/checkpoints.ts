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
    else if (deeper.length === 0) nested.set(first, [...(nested.get(first) ?? []), path]);
  }
  for (const [label, files] of nested) {
    const [model] = files.sort(collator.compare);
    if (model !== undefined) found.push({ label, path: model });
  }
  return found.sort((a, b) => collator.compare(a.label, b.label));
}

/**
 * The longest series among files of many folders; of equally long ones that which is nearest to the
 * top. Folders with a model further down count where only numbers in their names differ.
 */
export function longestSeries(paths: readonly string[]): CheckpointSeries {
  const weights = paths.filter(isWeights);
  const folders = new Set(['']);
  for (const path of weights) {
    for (let cut = path.indexOf('/'); cut > 0; cut = path.indexOf('/', cut + 1)) {
      folders.add(path.slice(0, cut));
    }
  }
  let best: CheckpointSeries = { folder: '', checkpoints: [] };
  for (const folder of [...folders].sort((a, b) => depthOf(a) - depthOf(b) || (a < b ? -1 : 1))) {
    const start = folder === '' ? 0 : folder.length + 1;
    const inside = weights.filter((path) => folder === '' || path.startsWith(`${folder}/`));
    const own = inside.map((path) => path.slice(start));
    for (const found of [checkpointsOf(own), numberedFolders(own)]) {
      if (found.length <= best.checkpoints.length) continue;
      const checkpoints = found.map(({ label, path }) => ({
        label,
        path: folder === '' ? path : `${folder}/${path}`,
      }));
      best = { folder, checkpoints };
    }
  }
  return best;
}

/** `model-1/data/model.pth`, `model-2/data/model.pth`: the first model of each, however deep. */
function numberedFolders(paths: readonly string[]): Checkpoint[] {
  const nested = new Map<string, string>();
  for (const path of [...paths].sort((a, b) => depthOf(a) - depthOf(b) || collator.compare(a, b))) {
    const cut = path.indexOf('/');
    if (cut > 0 && !nested.has(path.slice(0, cut))) nested.set(path.slice(0, cut), path);
  }
  const stems = Map.groupBy(nested, ([label]) => label.replaceAll(/\d+/g, '#'));
  const [longest = []] = [...stems.values()].sort((a, b) => b.length - a.length);
  return longest
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
