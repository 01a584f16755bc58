/** What lies in a folder of artifacts. */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errnoOf } from '../base/errors.ts';
import { type ArtifactFolder, resolveArtifact } from '../tracking/index.ts';

export interface WireFile {
  readonly path: string;
  readonly is_dir: boolean;
  readonly file_size?: number;
}

/**
 * @param parts below the folder
 * @returns files and folders by name, with paths relative to the folder asked for; nothing for a
 *   file, as clients expect, and when there is nothing
 */
export async function listFolder(
  folder: ArtifactFolder,
  parts: readonly string[],
): Promise<WireFile[]> {
  const at = await resolveArtifact(folder, parts);
  const found = await statOrNull(at);
  if (!found?.isDirectory()) return [];
  const files: WireFile[] = [];
  for (const name of (await readdir(at)).sort()) {
    if (isTemporary(name)) continue;
    // A link that leads out of the folder is not shown.
    const file = await resolveArtifact(folder, [...parts, name]).catch(() => null);
    const entry = file === null ? null : await statOrNull(join(at, name));
    if (entry?.isDirectory()) files.push({ path: name, is_dir: true });
    else if (entry?.isFile()) files.push({ path: name, is_dir: false, file_size: entry.size });
  }
  return files;
}

/** Contents that are still coming in; see artifact-write.ts. */
function isTemporary(name: string): boolean {
  return /^\.cairn-[0-9a-f]{16}\.part$/.test(name);
}

async function statOrNull(path: string) {
  try {
    return await stat(path);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EACCES'].includes(errnoOf(error) ?? '')) return null;
    throw error;
  }
}
