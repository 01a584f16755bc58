/** Keeping what a note said before, free notes and notes of runs alike. */
import * as versionStore from '../store/note-versions.ts';
import type { RunRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';

/** Who changes a text, and when (epoch ms). */
export interface Edit {
  readonly at: number;
  /** The editor that saves on while somebody writes; null for a change made at once. */
  readonly session: string | null;
}

/** A text that somebody has worked on for longer than this is kept as it was. */
const longestSpanMs = 10 * 60_000;

/**
 * Notes that the text of `owner` becomes `body`. What one editor saves while somebody is writing
 * becomes one version, unless much is taken away at once. Inside a transaction.
 * @param before what it said until now, and since when as far as that is known
 */
export function keepVersion(
  store: Store,
  owner: string,
  before: { readonly body: string; readonly at: number },
  body: string,
  edit: Edit,
): void {
  let newest = versionStore.readNewestVersion(store, owner);
  // Somebody else has written, who keeps no versions: another program, an import.
  if ((newest?.body ?? '') !== before.body) {
    const at = Math.max(before.at, newest?.at ?? 0);
    versionStore.insertVersion(store, {
      owner,
      session: null,
      begun_at: at,
      at,
      body: before.body,
    });
    newest = undefined;
  }
  const goesOn =
    newest !== undefined &&
    edit.session !== null &&
    newest.session === edit.session &&
    edit.at - newest.begun_at < longestSpanMs &&
    !isMuchLess(newest.body, body);
  if (newest !== undefined && goesOn) {
    versionStore.rewriteVersion(store, newest.id, body, edit.at);
  } else {
    const { at, session } = edit;
    versionStore.insertVersion(store, { owner, session, begun_at: at, at, body });
  }
}

/** {@link keepVersion} for the note of a run; nothing when it stays as it is. */
export function keepRunNote(
  store: Store,
  run: Pick<RunRecord, 'id' | 'note' | 'created_at' | 'ended_at'>,
  note: string,
  session: string | null,
): void {
  if (run.note === note) return;
  const before = { body: run.note, at: run.ended_at ?? run.created_at };
  keepVersion(store, run.id, before, note, { at: Date.now(), session });
}

/** Selecting all and typing must not lose a text to its own history. */
function isMuchLess(before: string, after: string): boolean {
  return before.length > 40 && after.length < before.length / 2;
}
