/** The timeline. */
import { CairnError } from '../../base/errors.ts';
import type { ParsedInput } from '../../contract/index.ts';
import type { TimelineCell } from '../../contract/timeline.ts';
import type { Handlers } from '../../rpc/index.ts';
import {
  type CellKey,
  countCells,
  readBundles,
  readCellKeys,
  readNotes,
} from '../../store/timeline.ts';
import { reproduced } from '../bundles.ts';
import type { ApiContext } from '../context.ts';
import type { Session } from '../session.ts';
import { commitCells, dataCells } from './commit-cells.ts';
import { runCells } from './run-cells.ts';

export function timelineHandlers(context: ApiContext): Pick<Handlers, 'timeline.list'> {
  return { 'timeline.list': async (input) => listCells(context.session(), input) };
}

function listCells(session: Session, input: ParsedInput<'timeline.list'>) {
  const filter = {
    newestFirst: input.order === 'newest',
    kinds: input.kinds,
    experimentId: input.experimentId,
    text: input.text.trim(),
    after: input.cursor === null ? null : decodeCursor(input.cursor),
    limit: input.limit,
  };
  const keys = readCellKeys(session.store, filter);
  const cells = new Map(hydrate(session, keys).map((cell) => [cell.key, cell]));
  const last = keys.at(-1);
  return {
    cells: keys.flatMap((key) => cells.get(`${key.kind}:${key.id}`) ?? []),
    next: last !== undefined && keys.length === input.limit ? encodeCursor(last) : null,
    total: countCells(session.store, filter),
  };
}

function hydrate(session: Session, keys: readonly CellKey[]): TimelineCell[] {
  const ids = (kind: CellKey['kind']) =>
    keys.filter((key) => key.kind === kind).map((key) => key.id);
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
  return [
    ...runCells(session, ids('run')),
    ...commitCells(session, ids('commit')),
    ...dataCells(session, ids('data')),
    ...notes,
    ...bundles,
  ];
}

function encodeCursor(key: CellKey): string {
  return JSON.stringify([key.at, key.kind, key.id]);
}

function decodeCursor(cursor: string): CellKey {
  try {
    const [at, kind, id] = JSON.parse(cursor) as [number, CellKey['kind'], string];
    if (typeof at === 'number' && typeof kind === 'string' && typeof id === 'string') {
      return { at, kind, id };
    }
  } catch {
    // Falls through to the sentence below.
  }
  throw new CairnError('invalid', 'This is not a place in the timeline; start from its top again.');
}
