/** Which cells of two notebooks correspond: by id, by source, and by how alike the sources are. */
import { commonSubsequence } from '../sequence.ts';
import { type Fingerprint, fingerprint, likeness } from './likeness.ts';
import type { Cell } from './read.ts';

/** Less alike than this are two cells, not one that changed. */
const leastLikeness = 0.5;
/** Cells between the same neighbours need less; the place speaks for them. */
const leastBetween = 0.3;
/** Comparisons of cells that may stand anywhere. */
const maxComparisons = 400_000;

/** By right index the left index of the same cell. Everything is matched once at most. */
export function alignCells(left: readonly Cell[], right: readonly Cell[]): Map<number, number> {
  const matching = new Matching(left, right);
  matching.byId();
  matching.bySource();
  matching.between();
  matching.anywhere();
  return matching.partners;
}

class Matching {
  readonly partners = new Map<number, number>();
  readonly #left: readonly Cell[];
  readonly #right: readonly Cell[];
  readonly #taken = new Set<number>();
  readonly #prints = new Map<Cell, Fingerprint>();

  constructor(left: readonly Cell[], right: readonly Cell[]) {
    this.#left = left;
    this.#right = right;
  }

  /** Ids that occur once on each side. A tool that gives out ids anew keeps the sources. */
  byId(): void {
    const ids = (cells: readonly Cell[]) => {
      const places = new Map<string, number>();
      for (const [index, { id }] of cells.entries()) {
        if (id !== null) places.set(id, places.has(id) ? -1 : index);
      }
      return places;
    };
    const inRight = ids(this.#right);
    for (const [id, i] of ids(this.#left)) {
      const j = inRight.get(id) ?? -1;
      if (i >= 0 && j >= 0 && this.#sameType(i, j)) this.#pair(i, j);
    }
  }

  /** Equal sources: first in the order of both notebooks, then wherever they stand. */
  bySource(): void {
    const numbers = new Map<string, number>();
    const number = (cell: Cell): number => {
      const key = `${cell.type}\n${cell.source}`;
      const known = numbers.get(key) ?? numbers.size;
      numbers.set(key, known);
      return known;
    };
    const [i, j] = [this.#freeLeft(), this.#freeRight()];
    const a = i.map((index) => number(this.#left[index] as Cell));
    const b = j.map((index) => number(this.#right[index] as Cell));
    for (const [x, y] of commonSubsequence(a, b)) this.#pair(i[x] as number, j[y] as number);
    const places = new Map<number, number[]>();
    for (const [x, key] of a.entries()) {
      if (this.#taken.has(i[x] as number)) continue;
      places.set(key, [...(places.get(key) ?? []), i[x] as number]);
    }
    for (const [y, key] of b.entries()) {
      const right = j[y] as number;
      // Empty cells are alike everywhere: none of them moved.
      if (this.partners.has(right) || this.#right[right]?.source.trim() === '') continue;
      const found = places.get(key)?.shift();
      if (found !== undefined) this.#pair(found, right);
    }
  }

  /** Cells between the same matched neighbours. */
  between(): void {
    const bounds = [...this.partners].map(([j, i]) => [i, j] as const);
    bounds.sort((a, b) => a[1] - b[1]);
    let [fromLeft, fromRight] = [0, 0];
    for (const [i, j] of [...bounds, [this.#left.length, this.#right.length] as const]) {
      if (i < fromLeft) continue;
      const [a, b] = [range(fromLeft, i), range(fromRight, j)];
      this.#best(
        a.filter((index) => !this.#taken.has(index)),
        b.filter((index) => !this.partners.has(index)),
        leastBetween,
      );
      [fromLeft, fromRight] = [i + 1, j + 1];
    }
  }

  /** What is left over, wherever it stands. */
  anywhere(): void {
    this.#best(this.#freeLeft(), this.#freeRight(), leastLikeness);
  }

  /** Pairs the likest first. */
  #best(left: readonly number[], right: readonly number[], least: number): void {
    if (left.length === 0 || right.length === 0) return;
    const found: { i: number; j: number; score: number }[] = [];
    let comparisons = 0;
    for (const j of right) {
      for (const i of left) {
        if (!this.#sameType(i, j) || ++comparisons > maxComparisons) continue;
        const score = likeness(this.#print(this.#left, i), this.#print(this.#right, j));
        if (score >= least) found.push({ i, j, score });
      }
    }
    found.sort((a, b) => b.score - a.score || Math.abs(a.i - a.j) - Math.abs(b.i - b.j));
    for (const { i, j } of found) {
      if (!this.#taken.has(i) && !this.partners.has(j)) this.#pair(i, j);
    }
  }

  #print(cells: readonly Cell[], index: number): Fingerprint {
    const cell = cells[index] as Cell;
    const known = this.#prints.get(cell);
    if (known !== undefined) return known;
    const made = fingerprint(cell.source);
    this.#prints.set(cell, made);
    return made;
  }

  #sameType(i: number, j: number): boolean {
    return this.#left[i]?.type === this.#right[j]?.type;
  }

  #pair(i: number, j: number): void {
    this.partners.set(j, i);
    this.#taken.add(i);
  }

  #freeLeft(): number[] {
    return range(0, this.#left.length).filter((index) => !this.#taken.has(index));
  }

  #freeRight(): number[] {
    return range(0, this.#right.length).filter((index) => !this.partners.has(index));
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}
