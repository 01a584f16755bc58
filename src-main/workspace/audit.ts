/** What is in the folder, recognised by name and shape; nothing is executed. */
import type { Work } from '../base/progress.ts';
import type { AuditItem } from '../contract/workspace.ts';
import type { Workspace } from './types.ts';

export async function auditFolder(_workspace: Workspace, _work: Work = {}): Promise<AuditItem[]> {
  throw new Error('being written');
}
