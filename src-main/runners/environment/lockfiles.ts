/** Files that say which packages a project wants, word for word. */
import { createHash } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const names =
  /^(uv\.lock|poetry\.lock|pdm\.lock|Pipfile|Pipfile\.lock|pyproject\.toml|setup\.cfg|requirements[\w.-]*\.txt|constraints[\w.-]*\.txt|environment\.ya?ml|conda-lock\.yml|pixi\.lock|pixi\.toml|\.python-version|renv\.lock|Manifest\.toml|Project\.toml|package-lock\.json)$/;
const maxBytes = 2 ** 20;

/** Those in the root itself. Links are not followed: one could lead anywhere. */
export function readLockfiles(root: string): { path: string; sha256: string; text: string }[] {
  return readdirSync(root)
    .filter((name) => names.test(name))
    .sort()
    .flatMap((name) => {
      const stat = lstatSync(join(root, name), { throwIfNoEntry: false });
      if (!stat?.isFile() || stat.size > maxBytes) return [];
      const text = readFileSync(join(root, name), 'utf8');
      return [{ path: name, sha256: createHash('sha256').update(text).digest('hex'), text }];
    });
}
