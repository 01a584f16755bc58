/** Cells by their keys. */
import type { TimelineCell } from '../../contract/timeline.ts';
import type { StoredCellKind } from '../../store/cells.ts';
import { readPromotions } from '../../store/promotions.ts';
import { readBundles, readNotes } from '../../store/timeline.ts';
import { reproduced } from '../bundles.ts';
import type { Session } from '../session.ts';
import { commitCells, dataCells } from './commit-cells.ts';
import { runCells } from './run-cells.ts';

/** @param keys `kind:id`; unknown ones and what is gone are left out */
export function cellsOf(session: Session, keys: readonly string[]): TimelineCell[] {
  const cells = new Map(hydrate(session, keys).map((cell) => [cell.key, cell]));
  return keys.flatMap((key) => cells.get(key) ?? []);
}

function hydrate(session: Session, keys: readonly string[]): TimelineCell[] {
  const ids = (kind: StoredCellKind) =>
    keys.flatMap((key) => (key.startsWith(`${kind}:`) ? key.slice(kind.length + 1) : []));
  const notes = readNotes(session.store, ids('note')).map((note) => ({
    kind: 'note' as const,
    key: `note:${note.id}`,
    at: note.at,
    id: note.id,
    updatedAt: note.updated_at,
    body: note.body,
  }));
  const bundles = readBundles(session.store, ids('bundle')).map((bundle) => ({
    kind: 'bundle' as const,
    key: `bundle:${bundle.id}`,
    at: bundle.at,
    direction: bundle.direction,
    path: bundle.path,
    runId: bundle.run_id,
    label: bundle.label,
    reproduced: bundle.direction === 'exported' ? null : bundle.verdict === reproduced,
  }));
  const promotions = readPromotions(session.store, ids('promotion')).map(
    ({ id, run_id, label, ...promotion }) => ({
      kind: 'promotion' as const,
      key: `promotion:${id}`,
      ...promotion,
      run: run_id === null || label === null ? null : { id: run_id, label },
    }),
  );
  return [
    ...runCells(session, ids('run')),
    ...commitCells(session, ids('commit')),
    ...dataCells(session, ids('data')),
    ...notes,
    ...bundles,
    ...promotions,
  ];
}
