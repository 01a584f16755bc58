/** Which files the user named as sources; kept in the store. */
import { CairnError } from '../../base/errors.ts';
import { readSetting, writeSetting } from '../../store/settings.ts';
import type { Store } from '../../store/store.ts';

export interface Declaration {
  /** In the workspace, with `/`. */
  readonly path: string;
  /** Of the run; empty for the file's own. */
  readonly name: string;
  /** Empty for the folder's name. */
  readonly experiment: string;
}

const key = 'sources.declared';
const most = 1000;

export function readDeclarations(store: Store): Declaration[] {
  const text = readSetting(store, key);
  return text === null ? [] : (JSON.parse(text) as Declaration[]);
}

/**
 * Names a file as a source, or names it anew.
 * @throws CairnError `invalid` for a kind of file that holds no metrics, or too many of them
 */
export function declareSource(store: Store, declaration: Declaration): void {
  if (!/\.(?:jsonl|ndjson|csv|tsv|log|txt)$/i.test(declaration.path)) {
    throw new CairnError(
      'invalid',
      `${declaration.path} cannot be a source of metrics. Name a .jsonl, .csv or .tsv file with a row for each step.`,
    );
  }
  const others = readDeclarations(store).filter(({ path }) => path !== declaration.path);
  if (others.length >= most) {
    throw new CairnError(
      'invalid',
      `There are ${most} declared sources already. Remove some with “cairn sources remove”.`,
    );
  }
  writeSetting(store, key, JSON.stringify([...others, declaration]));
}

/** @returns whether it was one */
export function undeclareSource(store: Store, path: string): boolean {
  const all = readDeclarations(store);
  const left = all.filter((one) => one.path !== path);
  if (left.length < all.length) writeSetting(store, key, JSON.stringify(left));
  return left.length < all.length;
}
