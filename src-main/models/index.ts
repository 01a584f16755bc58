/**
 * Comparing model files tensor by tensor. The files are read as data: nothing in them is executed.
 * Reading and measuring happen in worker threads; this folder matches the tensors, deals out the
 * work and puts the numbers together.
 */

export { checkpointsOf, longestSeries } from './checkpoints.ts';
export { diffModels, ModelDiffCache, type ModelDiffItem, type ModelFile } from './diff.ts';
export { lookAtTensor } from './one-tensor.ts';
export { codeOf, structureOf, treeOf, treesOf } from './parts.ts';
export { type CheckpointSource, diffSeries, seriesSteps } from './series.ts';
export { diffTaskVectors, type TaskItem, TaskVectorCache } from './task-vectors.ts';
