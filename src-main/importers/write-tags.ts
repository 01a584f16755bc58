/** The tags of a run as its source has them, beside those that the user has set or taken away. */
import { createHash } from 'node:crypto';
import { addTag } from '../store/imported-runs.ts';
import { deleteTag, readTag } from '../store/logged-runs.ts';
import { nameId } from '../store/names.ts';
import { upsertTag } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import type { ImportedRun } from './types.ts';

/** What a source said last: a short hash of the value by key. */
export type SeenTags = Readonly<Record<string, string>>;

interface TaggedRun {
  readonly seq: number;
  /** Whether another source speaks for the run: then only what is missing is added. */
  readonly secondary: boolean;
  readonly isNew: boolean;
}

/**
 * Writes what the source says now and did not say before; where it names all of its tags, what it
 * said before and says no more is removed, unless the user has changed it since.
 * @returns what to remember of it
 */
export function writeTags(
  store: Store,
  target: TaggedRun,
  run: Pick<ImportedRun, 'tags' | 'allTags'>,
  seen: SeenTags,
): SeenTags {
  const { tags = {}, allTags = false } = run;
  const said = new Map(allTags ? [] : Object.entries(seen));
  for (const [key, value] of Object.entries(tags)) {
    const hash = hashOf(value);
    said.set(key, hash);
    if (Object.hasOwn(seen, key) && seen[key] === hash) continue;
    if (target.secondary) addTag(store, target.seq, nameId(store, key), value);
    else upsertTag(store, target.seq, key, value);
  }
  if (allTags && !target.secondary && !target.isNew) {
    for (const [key, hash] of Object.entries(seen)) {
      if (said.has(key)) continue;
      const now = readTag(store, target.seq, key);
      if (now !== undefined && hashOf(now) === hash) deleteTag(store, target.seq, key);
    }
  }
  return Object.fromEntries(said);
}

function hashOf(value: string): string {
  return createHash('md5').update(value).digest('base64').slice(0, 8);
}
