/** What other tools log into a folder of Hydra's belongs to Hydra's run. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from '../text-files.ts';
import type { ImportedRun } from '../types.ts';

/**
 * How the runs in these folders are known elsewhere: each by its folder; the only one below a folder
 * of Hydra's as Hydra's run, several there as its children.
 * @param folders workspace paths
 */
export function belongings(
  root: string,
  folders: readonly string[],
): ReadonlyMap<string, Pick<ImportedRun, 'aliases' | 'parentNativeId'>> {
  const known = new Map<string, string | null>();
  const owner = (folder: string): string | null => {
    const found = known.get(folder);
    if (found !== undefined) return found;
    const isHydras = existsSync(join(root, folder, '.hydra', 'config.yaml'));
    const made = isHydras ? folder : folder === '' ? null : owner(folderOf(folder));
    known.set(folder, made);
    return made;
  };
  const counts = new Map<string | null, number>();
  for (const folder of folders) counts.set(owner(folder), (counts.get(owner(folder)) ?? 0) + 1);
  return new Map(
    folders.map((folder) => {
      const own = folder === '' ? [] : [`folder:${folder}`];
      const above = owner(folder);
      if (above === null) return [folder, { aliases: own }];
      const alias = `folder:${above}`;
      return counts.get(above) === 1
        ? [folder, { aliases: [...new Set([alias, ...own])] }]
        : [folder, { aliases: above === folder ? [] : own, parentNativeId: alias }];
    }),
  );
}
