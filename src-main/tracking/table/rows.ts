/** Rows of the table: what every run says, and the columns that are wanted. */
import type { TableRow } from '../../contract/run-table.ts';
import { readHeads } from '../../store/run-cells.ts';
import type { Store } from '../../store/store.ts';
import { runLabel } from '../labels.ts';
import { lastSigns } from '../last-signs.ts';
import type { Field } from '../query/types.ts';
import { readCells } from './cells.ts';

/** Rows by id, in the order asked for; ids that are gone are left out. */
export function readRows(
  store: Store,
  ids: readonly string[],
  fields: readonly Field[],
): TableRow[] {
  const heads = readHeads(store, ids);
  const columns = readCells(
    store,
    heads.map(({ seq }) => seq),
    fields,
  );
  const signs = lastSigns(store, heads);
  return heads.map((head, index) => ({
    id: head.id,
    label: runLabel(head.experiment_number, head.number),
    experimentId: head.experiment_id,
    experimentNumber: head.experiment_number,
    experimentName: head.experiment_name,
    number: head.number,
    name: head.name,
    status: head.status as TableRow['status'],
    kind: head.kind as TableRow['kind'],
    createdAt: head.created_at,
    startedAt: head.started_at,
    endedAt: head.ended_at,
    ...signOf(signs.get(head.id)),
    starred: head.starred === 1,
    values: columns.map((column) => column[index] ?? null),
  }));
}

function signOf(lastSignAt: number | undefined): { lastSignAt?: number } {
  return lastSignAt === undefined ? {} : { lastSignAt };
}
