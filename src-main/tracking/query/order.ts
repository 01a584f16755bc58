/** Reads what runs are ordered by. */
import { CairnError } from '../../base/errors.ts';
import { Cursor } from './cursor.ts';
import { fieldName } from './fields.ts';
import type { OrderBy, ReadOptions } from './types.ts';

/**
 * Reads `metrics.acc DESC`: one in each of a list of clauses, or several with commas in one text.
 * @throws CairnError `invalid`, also where something is named twice
 */
export function parseOrderBy(
  clauses: string | readonly string[],
  options: ReadOptions = {},
): OrderBy[] {
  const seen = new Set<string>();
  const several = typeof clauses === 'string';
  try {
    return (several ? [clauses] : clauses).flatMap((clause) =>
      readOrders(new Cursor(clause, options), several, seen),
    );
  } catch (error) {
    if (!(error instanceof CairnError) || error.place === null) throw error;
    // It is typed into another field than the filter.
    throw new CairnError(error.code, error.message, { place: { ...error.place, file: 'order' } });
  }
}

function readOrders(cursor: Cursor, several: boolean, seen: Set<string>): OrderBy[] {
  const found: OrderBy[] = [];
  if (several && cursor.peek().kind === 'end') return found;
  for (;;) {
    found.push(readOrder(cursor, seen));
    const separator = cursor.next();
    if (separator.kind === 'end') return found;
    if (!several || !cursor.isSymbol(separator, ',')) {
      throw cursor.error(separator, 'After what runs are ordered by there is only ASC or DESC.');
    }
  }
}

function readOrder(cursor: Cursor, seen: Set<string>): OrderBy {
  const place = cursor.peek();
  const field = cursor.field();
  if (field.kind === 'dataset') {
    throw cursor.error(place, 'A run may have several datasets; it cannot be ordered by them.');
  }
  const name = fieldName(field);
  if (seen.has(name)) throw cursor.error(place, `Runs are ordered by ${name} already.`);
  seen.add(name);
  const direction = cursor.peek();
  const descending = cursor.isKeyword(direction, 'DESC');
  if (descending || cursor.isKeyword(direction, 'ASC')) cursor.next();
  return { field, descending, numbers: cursor.options.dialect !== 'mlflow' };
}
