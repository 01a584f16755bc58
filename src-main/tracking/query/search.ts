/** Finds runs: which match, in what order, one page of them. */
import {
  countScope,
  firstOfWalk,
  highestSeq,
  keepInScope,
  type Marks,
  markRuns,
  markScope,
  orderRuns,
  type Scope,
} from '../../store/run-search.ts';
import type { Store } from '../../store/store.ts';
import { compileTest } from './compile.ts';
import { registerFunctions } from './functions.ts';
import { orderTerm, orderWalk } from './order-terms.ts';
import { foldText, markWords } from './text.ts';
import type { Filter, FoundRuns, OrderBy, RunSearch } from './types.ts';

/** More than there are. */
const all = 2 ** 40;
/** With fewer runs than this, where they are is looked up for each. */
const fewRuns = 10_000;

/** One page of the runs that match, in order, and how many match. */
export function searchRuns(store: Store, search: RunSearch): FoundRuns {
  registerFunctions(store);
  if (search.filter !== undefined && hasWords(search.filter)) foldText(store);
  const find = () => new Search(store, search).page();
  // All of it is of one moment.
  return store.db.inTransaction ? find() : store.db.transaction(find).deferred();
}

class Search {
  readonly #store: Store;
  readonly #search: RunSearch;
  readonly #scope: Scope;
  readonly #orderBy: readonly OrderBy[];
  readonly #offset: number;
  readonly #limit: number;
  readonly #highest: number;

  constructor(store: Store, search: RunSearch) {
    this.#store = store;
    this.#search = search;
    this.#scope = {
      experimentIds: search.experimentIds ?? null,
      view: search.view ?? 'active',
    };
    this.#orderBy = search.orderBy ?? [];
    this.#offset = search.offset ?? 0;
    this.#limit = Math.min(search.limit ?? all, all);
    this.#highest = highestSeq(store);
  }

  page(): FoundRuns {
    const { filter } = this.#search;
    return filter === undefined || filter.kind === 'every' ? this.#ofAll() : this.#ofSome(filter);
  }

  #ofAll(): FoundRuns {
    const total = countScope(this.#store, this.#scope);
    const candidates = this.#first(total, this.#scope) ?? this.#seqsInScope();
    return { runs: this.#order(candidates), total };
  }

  #ofSome(filter: Filter): FoundRuns {
    const marks = new Matcher(this.#store, this.#highest, Date.now()).match(filter);
    let seqs = listed(marks);
    if (seqs.length < fewRuns) {
      seqs = keepInScope(this.#store, seqs, this.#scope);
      marks.fill(0);
      for (const seq of seqs) marks[seq] = 1;
    } else {
      keepBoth(marks, markScope(this.#store, this.#scope, this.#highest));
      seqs = listed(marks);
    }
    return { runs: this.#order(this.#first(seqs.length, marks) ?? seqs), total: seqs.length };
  }

  #seqsInScope(): number[] {
    return listed(markScope(this.#store, this.#scope, this.#highest));
  }

  /**
   * The runs that come first, where an index has them in order. Walking it passes by those that do
   * not match; sorting takes about five times as long for each that does.
   */
  #first(matching: number, among: Marks | Scope): number[] | null {
    const wanted = this.#offset + this.#limit;
    const passed = (wanted * this.#highest) / Math.max(matching, 1);
    const walk = passed < matching * 5 ? orderWalk(this.#orderBy[0]) : null;
    return walk === null ? null : firstOfWalk(this.#store, walk, among, wanted);
  }

  #order(seqs: readonly number[]): FoundRuns['runs'] {
    if (this.#limit === 0) return [];
    const now = Date.now();
    const terms = this.#orderBy.map((order, index) => orderTerm(order, `o${index}`, now));
    return orderRuns(this.#store, seqs, terms, { offset: this.#offset, limit: this.#limit });
  }
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
