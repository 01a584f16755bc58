/**
 * A folder as a workspace: its root, the user's folders, trust, recent folders, what the audit
 * recognises in it, what changes in it, and its Git history as rows of the store. Opening executes
 * nothing, and writes nothing into a folder that is not trusted.
 */
export { auditFolder } from './audit.ts';
export { locateFolders } from './folders.ts';
export { indexHistory } from './history.ts';
export { openInPlace, openWorkspace, setTrust } from './open.ts';
export {
  isPipelineFile,
  parseLock,
  parseOuts,
  parsePipelineFile,
  resolvePath,
} from './pipeline-files.ts';
export { addRecent, forgetRecent, listRecents } from './recents.ts';
export { findRoot } from './root.ts';
export { writeTrust } from './trust.ts';
export type { Folders, Workspace } from './types.ts';
export { type Walk, walkFolder } from './walk.ts';
export { watchWorkspace } from './watch.ts';
