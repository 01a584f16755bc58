import type { Cell, TableRow } from '../../../client/index.ts';
import type { KnownRow } from './lines.ts';

/** More than anybody looks at before going back. */
const mostRows = 4000;

/**
 * Rows as they came, page by page and column by column. A row that comes again unchanged stays the
 * same object, so that it is not drawn again.
 */
export class KnownRows {
  readonly #rows = new Map<string, KnownRow>();
  readonly #merged = new WeakSet<object>();

  get(id: string): KnownRow | null {
    return this.#rows.get(id) ?? null;
  }

  /** Takes a page in, once. `fields` are the columns that its values are of. */
  merge(page: { readonly rows: readonly TableRow[] }, fields: readonly string[]): void {
    if (this.#merged.has(page)) return;
    this.#merged.add(page);
    for (const row of page.rows) this.#put(row, fields);
    // The oldest go first.
    for (const id of this.#rows.keys()) {
      if (this.#rows.size <= mostRows) break;
      this.#rows.delete(id);
    }
  }

  #put({ values, ...head }: TableRow, fields: readonly string[]): void {
    const before = this.#rows.get(head.id);
    const came = new Map<string, Cell>(before?.values);
    let differs = before === undefined || !sameHead(before.head, head);
    fields.forEach((field, index) => {
      const value = values[index] ?? null;
      if (!differs && !(came.has(field) && Object.is(came.get(field), value))) differs = true;
      came.set(field, value);
    });
    this.#rows.delete(head.id);
    this.#rows.set(head.id, differs || before === undefined ? { head, values: came } : before);
  }
}

function sameHead(a: KnownRow['head'], b: KnownRow['head']): boolean {
  return (Object.keys(b) as (keyof KnownRow['head'])[]).every((key) => Object.is(a[key], b[key]));
}
