/** Finds runs: which match, in what order, one page of them. */
import {
  firstMarked,
  highestSeq,
  type Marks,
  markRuns,
  markScope,
  orderRuns,
} from '../../store/run-search.ts';
import type { Store } from '../../store/store.ts';
import { compileTest } from './compile.ts';
import { registerFunctions } from './functions.ts';
import { orderTerm, orderWalk } from './order-terms.ts';
import { foldText, markWords } from './text.ts';
import type { Filter, FoundRuns, OrderBy, RunSearch } from './types.ts';

/** One page of the runs that match, in order, and how many match. */
export function searchRuns(store: Store, search: RunSearch): FoundRuns {
  registerFunctions(store);
  const filter = search.filter ?? { kind: 'every' };
  if (hasWords(filter)) foldText(store);
  const find = () => {
    const highest = highestSeq(store);
    const matcher = new Matcher(store, highest, Date.now());
    const marks = markScope(
      store,
      { experimentIds: search.experimentIds ?? null, view: search.view ?? 'active' },
      highest,
    );
    if (filter.kind !== 'every') keepBoth(marks, matcher.match(filter));
    const page = { offset: search.offset ?? 0, limit: search.limit ?? -1 };
    const seqs = listed(marks);
    return {
      runs: page.limit === 0 ? [] : ordered(store, seqs, marks, search.orderBy ?? [], page),
      total: seqs.length,
    };
  };
  // All of it is of one moment.
  return store.db.inTransaction ? find() : store.db.transaction(find).deferred();
}

function ordered(
  store: Store,
  seqs: readonly number[],
  marks: Marks,
  orderBy: readonly OrderBy[],
  page: { offset: number; limit: number },
): { seq: number; id: string }[] {
  const now = Date.now();
  const terms = orderBy.map((order, index) => orderTerm(order, `o${index}`, now));
  const wanted = page.offset + page.limit;
  const candidates =
    page.limit >= 0 && isWorthWalking(wanted, seqs.length, marks.length)
      ? firstOf(store, orderBy[0], marks, wanted)
      : null;
  return orderRuns(store, candidates ?? seqs, terms, page);
}

/** Walking an index passes by those that do not match; sorting takes about five times as long for each that does. */
function isWorthWalking(wanted: number, matching: number, runs: number): boolean {
  return (wanted * runs) / Math.max(matching, 1) < matching * 5;
}

function firstOf(
  store: Store,
  order: OrderBy | undefined,
  marks: Marks,
  wanted: number,
): number[] | null {
  const walk = orderWalk(order);
  return walk === null ? null : firstMarked(store, walk, marks, wanted);
}

/** Marks the runs that pass a filter. Nothing is missing here: a run passes or does not. */
class Matcher {
  readonly #store: Store;
  readonly #highest: number;
  readonly #now: number;

  constructor(store: Store, highest: number, now: number) {
    this.#store = store;
    this.#highest = highest;
    this.#now = now;
  }

  match(filter: Filter): Marks {
    switch (filter.kind) {
      case 'every':
        return new Uint8Array(this.#highest + 1).fill(1);
      case 'not':
        return flipped(this.match(filter.of));
      case 'and':
      case 'or': {
        const [first, ...others] = filter.of.map((part) => this.match(part));
        const marks = first as Marks;
        for (const other of others) {
          if (filter.kind === 'and') keepBoth(marks, other);
          else keepEither(marks, other);
        }
        return marks;
      }
      case 'words':
        return markWords(this.#store, filter, this.#highest);
      case 'test': {
        const { statement, complement } = compileTest(filter.field, filter.test, this.#now);
        const marks = markRuns(this.#store, statement, this.#highest);
        return complement ? flipped(marks) : marks;
      }
    }
  }
}

function hasWords(filter: Filter): boolean {
  if (filter.kind === 'not') return hasWords(filter.of);
  if (filter.kind === 'and' || filter.kind === 'or') return filter.of.some(hasWords);
  return filter.kind === 'words';
}

function keepBoth(marks: Marks, other: Marks): void {
  for (let seq = 0; seq < marks.length; seq++) {
    marks[seq] = (marks[seq] as number) & (other[seq] as number);
  }
}

function keepEither(marks: Marks, other: Marks): void {
  for (let seq = 0; seq < marks.length; seq++) {
    marks[seq] = (marks[seq] as number) | (other[seq] as number);
  }
}

function flipped(marks: Marks): Marks {
  return marks.map((mark) => 1 - mark);
}

function listed(marks: Marks): number[] {
  const seqs: number[] = [];
  for (let seq = 0; seq < marks.length; seq++) if (marks[seq] === 1) seqs.push(seq);
  return seqs;
}
