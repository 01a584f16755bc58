/** Files that a model names as holding part of it. The name is hostile until it proves to be near. */
import { realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import { CairnError } from '../base/errors.ts';

/**
 * The path of a file that `model` names by a path relative to itself. It must lie in the model's
 * folder (or below), also after links are followed. Where the model itself is a link, as in the
 * caches that keep contents under their hashes, files beside its target count as near.
 * @param hardLinks whether a file with further names is taken: such a name may be one of any file
 * @throws CairnError `unsupported` when it is elsewhere, `not-found` when there is no such file
 */
export async function neighbourFile(
  model: string,
  location: string,
  hardLinks: 'taken' | 'refused',
): Promise<string> {
  const title = JSON.stringify(location);
  if (!isPlainRelative(location)) throw outside(model, title);
  const path = join(dirname(model), location);
  let real: string;
  let homes: string[];
  try {
    real = await realpath(path);
    homes = [await realpath(dirname(model)), dirname(await realpath(model))];
  } catch (cause) {
    throw new CairnError('not-found', `${model} keeps tensors in ${title}, which is missing.`, {
      cause,
    });
  }
  if (!homes.some((home) => isWithin(home, real))) throw outside(model, title);
  const status = await stat(real);
  if (!status.isFile()) {
    throw new CairnError(
      'invalid',
      `${model} keeps tensors in ${title}, which is no regular file.`,
    );
  }
  if (hardLinks === 'refused' && status.nlink > 1) {
    throw new CairnError(
      'unsupported',
      `${model} keeps tensors in ${title}, a file with several names (hard links), which may be a file of anywhere: copy it to read it.`,
    );
  }
  return real;
}

/** No root, drive, backslash, empty part, or way up. */
function isPlainRelative(location: string): boolean {
  if (isAbsolute(location) || ['\\', '\0', ':'].some((sign) => location.includes(sign))) {
    return false;
  }
  return location.split('/').every((part) => part !== '..' && part !== '');
}

function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

function outside(model: string, title: string): CairnError {
  return new CairnError(
    'unsupported',
    `${model} keeps tensors in ${title}, outside its own folder, which is not read.`,
  );
}
