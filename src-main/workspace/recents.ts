/** Folders opened before, newest first. */
import type { Folders } from './types.ts';

export interface RecentFolder {
  path: string;
  name: string;
  openedAt: number;
  exists: boolean;
}

export async function listRecents(_folders: Folders): Promise<RecentFolder[]> {
  throw new Error('being written');
}

export async function addRecent(_folders: Folders, _path: string): Promise<void> {
  throw new Error('being written');
}

export async function forgetRecent(_folders: Folders, _path: string): Promise<void> {
  throw new Error('being written');
}
