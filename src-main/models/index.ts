/**
 * Comparing model files tensor by tensor. The files are read as data: nothing in them is executed.
 * Reading and measuring happen in worker threads; this folder matches the tensors, deals out the
 * work and puts the numbers together.
 */
export { diffModels, ModelDiffCache, type ModelDiffItem, type ModelFile } from './diff.ts';
export { lookAtTensor } from './one-tensor.ts';
export { diffTaskVectors, type TaskItem, TaskVectorCache } from './task-vectors.ts';
