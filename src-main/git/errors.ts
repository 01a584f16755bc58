/** Sentences for repositories that cannot be read. */
import { CairnError } from '../base/errors.ts';

/** A damaged repository: says what is wrong with it and what the user can do. */
export function corrupt(what: string, cause?: unknown): CairnError {
  return new CairnError(
    'corrupt',
    `The Git repository is damaged: ${what}. Run "git fsck" in it, or clone it again; the folder opens without its history meanwhile.`,
    { cause },
  );
}

export function missingObject(oid: string, cause?: unknown): CairnError {
  return corrupt(`object ${oid} is missing`, cause);
}
