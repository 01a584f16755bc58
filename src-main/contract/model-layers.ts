/** Tensors summed up to the layers that their names speak of. */
import type { TensorChange } from './diff.ts';

/** `layer.weight` → `layer`; a tensor without a dot is its own layer. */
export function layerName(tensor: string): string {
  const dot = tensor.lastIndexOf('.');
  return dot > 0 ? tensor.slice(0, dot) : tensor;
}

/**
 * Whether a tensor of a checkpoint is the state of an optimizer, by its name: `optimizer.state.3.exp_avg` of
 * PyTorch, `optimizer_states.0…` of Lightning, `optimizer/vars/3` of Keras. Moments start at nothing and
 * move a lot, which would outshine the model in a picture.
 */
export function isOptimizerState(name: string): boolean {
  return /(^|[./])optimi[sz]ers?(_states?)?[./]/i.test(name);
}

/** With more layers than this, whole blocks are shown in their place. */
const maxLayers = 48;

/**
 * What the tensors of a model are summed up to in a picture with a row for each part: its layers, or
 * where there are many its blocks, `model.layers.3` of `model.layers.3.mlp.up_proj.weight`.
 * @param names of all its tensors
 */
export function partNames(names: readonly string[]): (tensor: string) => string {
  const layers = new Set(names.filter((name) => !isOptimizerState(name)).map(layerName));
  if (layers.size <= maxLayers) return layerName;
  return (tensor) => /^(.*?[./_]?\d+)[./]/.exec(tensor)?.[1] ?? layerName(tensor);
}

/**
 * The relative change of several tensors taken as one vector: ‖Δ‖₂ / ‖left‖₂. A tensor's own norm
 * follows from its statistics (‖x‖² = n (σ² + μ²), σ over the population), so nothing has to be read
 * again. Null before any was measured, or when left is all zero.
 */
export function layerChange(tensors: readonly TensorChange[]): number | null {
  let change = 0;
  let whole = 0;
  let measured = false;
  for (const tensor of tensors) {
    if (tensor.relativeL2 === 0) measured = true;
    // Equal tensors are told without reading their values, so they have no norm to add.
    if (tensor.relativeL2 === null || tensor.stats === null) continue;
    const { mean, std } = tensor.stats.left;
    const norm = tensor.elements * (std * std + mean * mean);
    if (!Number.isFinite(norm) || !Number.isFinite(tensor.relativeL2)) continue;
    measured = true;
    whole += norm;
    change += tensor.relativeL2 ** 2 * norm;
  }
  if (!measured) return null;
  if (whole > 0) return Math.sqrt(change / whole);
  return change === 0 ? 0 : null;
}
