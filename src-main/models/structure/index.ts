/**
 * Comparing what two model files do with their tensors: graphs of operators and lists of layers. Nodes
 * are matched by name, then by their tensors, neighbours and likeness.
 */
export { diffStructure } from './structure.ts';
