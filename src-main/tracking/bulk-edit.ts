/** Tags, stars and places of many runs at once, as one edit that can be undone. */
import { CairnError } from '../base/errors.ts';
import type { BulkEdit, TagOfRuns } from '../contract/bulk-edit.ts';
import { deleteTag, readTagsOf } from '../store/logged-runs.ts';
import { readRun, readTags, updateRun, upsertTag } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { applyLayout, type Layout, layoutBefore, planMove } from './layout.ts';
import { type EditKind, recordEdit } from './undo.ts';

/** What an edit leaves of the runs it touches; what it does not touch is left out. */
interface Edited {
  /** Every run named, also for forgetting the edit once they are gone for good. */
  readonly ids: readonly string[];
  readonly runs: readonly {
    readonly id: string;
    readonly starred?: boolean;
    /** Null: without this tag. */
    readonly tags?: Readonly<Record<string, string | null>>;
  }[];
  readonly layout: Layout;
}

/**
 * Changes runs, all of them or, when one is not there, none.
 * @returns the runs that are different now
 * @throws CairnError `not-found`
 */
export function editRuns(store: Store, edit: BulkEdit): string[] {
  return store.transaction(() => {
    const [before, after] = planEdit(store, edit);
    const changed = [...new Set([...after.runs, ...after.layout.runs].map((run) => run.id))];
    if (changed.length === 0) return [];
    recordEdit(store, { kind: 'runs', label: labelOf(edit), before, after });
    apply(store, after);
    return changed;
  });
}

/** Bulk edits, as the undo log knows them. */
export function bulkEdits(store: Store): EditKind {
  return { inStore: (state: Edited) => apply(store, state) };
}

/** The tags of some runs: how many have each, and its value where all of those agree. */
export function tagsOfRuns(store: Store, ids: readonly string[]): TagOfRuns[] {
  const seqs = ids.map((id) => requireRun(store, id).seq);
  const byKey = Map.groupBy(readTagsOf(store, seqs), (tag) => tag.key);
  return [...byKey]
    .map(([key, tags]) => {
      const values = new Set(tags.map((tag) => tag.value));
      const [value] = values;
      return { key, runs: tags.length, value: values.size === 1 ? (value ?? null) : null };
    })
    .sort((a, b) => (a.key < b.key ? -1 : 1));
}

function planEdit(store: Store, edit: BulkEdit): [before: Edited, after: Edited] {
  const ids = [...new Set(edit.ids)];
  const wanted = new Map<string, string | null>();
  for (const key of edit.removeTags) wanted.set(key, null);
  for (const [key, value] of Object.entries(edit.addTags)) wanted.set(key, value);
  const before: Edited['runs'][number][] = [];
  const after: Edited['runs'][number][] = [];
  for (const id of ids) {
    const run = requireRun(store, id);
    const has = new Map(wanted.size === 0 ? [] : Object.entries(readTags(store, id)));
    const differing = [...wanted].filter(([key, value]) => (has.get(key) ?? null) !== value);
    const starred = edit.starred;
    const stars = starred !== undefined && (run.starred === 1) !== starred;
    if (differing.length === 0 && !stars) continue;
    const then = differing.map(([key]) => [key, has.get(key) ?? null] as const);
    before.push({
      id,
      ...(stars ? { starred: !starred } : {}),
      ...(differing.length > 0 ? { tags: Object.fromEntries(then) } : {}),
    });
    after.push({
      id,
      ...(stars ? { starred } : {}),
      ...(differing.length > 0 ? { tags: Object.fromEntries(differing) } : {}),
    });
  }
  const layout = planPlaces(store, ids, edit.experimentId);
  return [
    { ids, runs: before, layout: layoutBefore(store, layout) },
    { ids, runs: after, layout },
  ];
}

function planPlaces(store: Store, ids: string[], experimentId: string | undefined): Layout {
  if (experimentId === undefined) return { experiments: [], runs: [] };
  const found = store
    .prepare<[string], { id: string }>(
      'SELECT id FROM experiments WHERE id = ? AND deleted_at IS NULL',
    )
    .get(experimentId);
  if (found !== undefined) return planMove(store, ids, experimentId);
  throw new CairnError('not-found', `There is no experiment “${experimentId}”.`);
}

function apply(store: Store, { runs, layout }: Edited): void {
  for (const { id, starred, tags = {} } of runs) {
    const run = readRun(store, id);
    if (run === undefined) continue;
    if (starred !== undefined) updateRun(store, id, { starred: starred ? 1 : 0 });
    for (const [key, value] of Object.entries(tags)) {
      if (value === null) deleteTag(store, run.seq, key);
      else upsertTag(store, run.seq, key, value);
    }
  }
  applyLayout(store, layout);
}

function labelOf({ addTags, removeTags, starred, experimentId }: BulkEdit): string {
  if (Object.keys(addTags).length + removeTags.length > 0) return 'Tag runs';
  if (experimentId !== undefined) return 'Move runs';
  return starred === false ? 'Take stars from runs' : 'Star runs';
}

function requireRun(store: Store, id: string) {
  const run = readRun(store, id);
  if (run === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  return run;
}
