/**
 * PyTorch's files: archives and TorchScript (`zip.ts`), the format before 1.6 (`legacy.ts`) and the
 * one before 0.2 (`tar.ts`). Tensors are found in the tree that the pickle describes
 * (`rebuild.ts`); no class is looked up and no code of a TorchScript archive runs.
 */
export { torchLegacyReader } from './legacy.ts';
export { torchTarReader } from './tar.ts';
export { torchZipReader } from './zip.ts';
