/** When this person was last here, per folder, for what is new since. Kept in the browser's storage. */

/** As much of `localStorage` as is needed. */
type VisitStorage = Pick<Storage, 'getItem' | 'setItem'>;

interface Visits {
  /** The end of the visit before this one, epoch ms. */
  readonly before: number | null;
  /** When the folder was last looked at. */
  readonly seen: number;
}

/** Who comes back within this time has not been away. */
const awayAfterMs = 30 * 60_000;

/**
 * Notes that the folder is looked at.
 * @param root absolute path of the folder
 * @returns when the visit before this one ended, epoch ms; null on the first
 */
export function noteVisit(
  root: string,
  now: number,
  storage: VisitStorage = localStorage,
): number | null {
  const key = `cairn.visit ${root}`;
  const known = read(storage, key);
  const away = known !== null && now - known.seen > awayAfterMs;
  const before = known === null ? null : away ? known.seen : known.before;
  try {
    storage.setItem(key, JSON.stringify({ before, seen: now } satisfies Visits));
  } catch {
    // A full storage costs the mark, nothing else.
  }
  return before;
}

function read(storage: VisitStorage, key: string): Visits | null {
  try {
    const visits = JSON.parse(storage.getItem(key) ?? 'null') as Partial<Visits> | null;
    if (typeof visits?.seen !== 'number') return null;
    return { before: visits.before ?? null, seen: visits.seen };
  } catch {
    return null;
  }
}
