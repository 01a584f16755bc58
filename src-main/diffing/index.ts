/**
 * How two files differ, by what is in them: functions over texts and values that were read elsewhere,
 * and tables, which go by in pieces. Nothing here runs what it reads.
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
  treeJson,
} from './settings/index.ts';
export { diffTables, openCsv, openParquet, type TableSource } from './table/index.ts';
