/** The folders below a folder, for the picker of the browser page. Reads names only. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Output } from '../contract/index.ts';

/** What makes a folder look like a project. */
const projectMarks = ['.cairn', '.dvc', 'dvc.yaml', '.git', 'mlruns', 'params.yaml'];
const limit = 5000;

/** @throws CairnError when the folder cannot be read */
export function browse(path: string, showFiles: boolean): Output<'workspace.browse'> {
  const folder = resolve(path);
  try {
    const entries = readdirSync(folder, { withFileTypes: true })
      .map((entry) => ({ name: entry.name, directory: isDirectory(folder, entry) }))
      .filter((entry) => (entry.directory || showFiles) && !entry.name.startsWith('.'))
      .sort((a, b) => Number(b.directory) - Number(a.directory) || a.name.localeCompare(b.name))
      .slice(0, limit)
      .map(({ name, directory }) => {
        const full = join(folder, name);
        const project = directory && projectMarks.some((mark) => existsSync(join(full, mark)));
        return { name, path: full, directory, project };
      });
    const parent = dirname(folder);
    return { path: folder, parent: parent === folder ? null : parent, entries };
  } catch (error) {
    const { code } = asCairnError(error);
    throw new CairnError(code, `${folder} cannot be read.`, { cause: error });
  }
}

function isDirectory(
  folder: string,
  entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
): boolean {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  try {
    readdirSync(join(folder, entry.name));
    return true;
  } catch {
    return false;
  }
}
