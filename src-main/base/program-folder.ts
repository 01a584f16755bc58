/** Where the program itself lies, whichever of its files asks. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder with the program's package.json: of a checkout, an installed package, or the archive
 * of the packaged app. Code is bundled into chunks, so a file's own folder says nothing.
 */
export function programFolder(from: string = import.meta.dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error(`no package.json above ${from}`);
  }
}
