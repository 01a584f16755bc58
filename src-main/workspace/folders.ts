/** The user's folders for data, caches and configuration on each system. */
import type { Folders } from './types.ts';

export function locateFolders(
  _platform: NodeJS.Platform,
  _env: Readonly<Record<string, string | undefined>>,
  _home: string,
): Folders {
  throw new Error('being written');
}
