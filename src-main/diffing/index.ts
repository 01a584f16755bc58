/**
 * How two files differ, by what is in them: pure functions over texts and values that were read
 * elsewhere. Nothing here runs what it reads.
 */
export { type Decoded, decodeBytes, encodingOf } from './decode.ts';
export { type ImageInfo, readImageInfo } from './image-size.ts';
export { diffNotebooks, type NotebookFile, readNotebookFile } from './notebook/index.ts';
export {
  diffTrees,
  isSettingsPath,
  listChanges,
  maxSettingsBytes,
  readSettings,
} from './settings/index.ts';
