/** A notebook and the params for it, looked at before it is run. */
import { readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, relative, resolve } from 'node:path';
import { CairnError } from '../base/errors.ts';
import type { RunSpec } from '../contract/runs.ts';
import { parseNotebook } from '../formats/ipynb.ts';
import { assignments, languageOf, readGiven } from './notebook-params.ts';

export type NotebookSpec = Extract<RunSpec, { kind: 'notebook' }>;

/**
 * What can be known before anything runs.
 * @throws CairnError `not-found`, `corrupt` for what is no notebook, `invalid` for params that are
 * not `name=value`, `unsupported` for languages that params cannot be given to
 */
export function prepareNotebook(root: string, { path, params, kernel }: NotebookSpec) {
  const input = resolve(root, path);
  if (relative(root, input).startsWith('..') || isAbsolute(relative(root, input))) {
    throw new CairnError(
      'invalid',
      `${path} lies outside ${root}. Run it from its own folder: cairn -C FOLDER run ${basename(path)}.`,
    );
  }
  if (statSync(input, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new CairnError(
      'not-found',
      `There is no notebook ${path} in ${root}. It may have been renamed: “cairn notebooks” lists those that are there.`,
    );
  }
  const notebook = parseNotebook(readFileSync(input, 'utf8'), path);
  const given = readGiven(params);
  const language = languageOf([notebook.language, kernel, notebook.kernel]);
  const cell = given.length === 0 ? null : assignments(language, given);
  return { input, notebook, given, cell };
}
