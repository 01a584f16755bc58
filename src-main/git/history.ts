/** Reading commits, every parent before its children, and only those that are new. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Pacer, unlessMissing } from './files.ts';
import type { Layout } from './layout.ts';
import type { ObjectDatabase } from './object-database.ts';
import { parseCommit } from './parse.ts';
import type { TreeReader } from './tree-reader.ts';
import type { Commit, HistoryOptions } from './types.ts';

const batchSize = 500;
/** Commits kept between finding and giving them; those beyond are read a second time. */
const mostKept = 50_000;

/** The commits of a repository as one workspace sees them. */
export class CommitReader {
  readonly #objects: ObjectDatabase;
  readonly #trees: TreeReader;
  readonly #prefix: string;
  /** Commits at which a shallow clone ends. */
  readonly #shallow: ReadonlySet<string>;
  readonly #nearest = new Map<string, string | null>();

  constructor(layout: Layout, objects: ObjectDatabase, trees: TreeReader) {
    this.#objects = objects;
    this.#trees = trees;
    this.#prefix = layout.prefix.replace(/\/$/, '');
    const text = unlessMissing(() => readFileSync(join(layout.commonDir, 'shallow'), 'latin1'));
    this.#shallow = new Set((text ?? '').split('\n').filter((line) => line !== ''));
  }

  isRoot(oid: string): boolean {
    return this.#shallow.has(oid);
  }

  read(oid: string): Commit {
    const commit = parseCommit(oid, this.#objects.readAs(oid, 'commit'));
    return this.isRoot(oid) ? { ...commit, parents: [] } : commit;
  }

  /** Tree of the workspace's folder in a commit; null when the commit does not have it. */
  tree(commit: Commit): string | null {
    if (this.#prefix === '') return commit.tree;
    const entry = this.#trees.at(commit.tree, this.#prefix);
    return entry?.mode === '40000' ? entry.oid : null;
  }

  /**
   * The commit itself, or the nearest one at or before it (by first parents) that changed the
   * workspace's folder; null when there is none. In a workspace that is the whole repository every
   * commit is shown.
   */
  shown(oid: string): string | null {
    if (this.#prefix === '') return oid;
    const passed: string[] = [];
    let at: string | null = oid;
    while (at !== null && !this.#nearest.has(at)) {
      passed.push(at);
      const commit: Commit = this.read(at);
      const parent: string | undefined = commit.parents[0];
      const before = parent === undefined ? null : this.tree(this.read(parent));
      if (this.tree(commit) !== before) break;
      at = parent ?? null;
    }
    const found = at !== null && this.#nearest.has(at) ? (this.#nearest.get(at) ?? null) : at;
    for (const step of passed) this.#nearest.set(step, found);
    return found;
  }

  /**
   * Gives every commit that `tips` lead to and `known` does not know. An interrupted reading leaves
   * no gaps behind: whatever was given, its ancestors were given before.
   */
  async history(tips: readonly string[], options: HistoryOptions): Promise<void> {
    const { known, onProgress } = options;
    const pacer = new Pacer(options.signal);
    const kept = new Map<string, Commit>();
    const order = await this.#order(tips, known, kept, pacer, (done) =>
      onProgress?.({ phase: 'Reading history', done, total: 0, unit: 'items' }),
    );
    for (let from = 0; from < order.length; from += batchSize) {
      const batch: Commit[] = [];
      for (const oid of order.slice(from, from + batchSize)) {
        const commit = kept.get(oid) ?? this.read(oid);
        kept.delete(oid);
        if (this.shown(oid) === oid) batch.push(this.#simplify(commit));
        await pacer.pause();
      }
      if (batch.length > 0) await options.onCommits(batch);
      const done = Math.min(order.length, from + batchSize);
      onProgress?.({ phase: 'Storing history', done, total: order.length, unit: 'items' });
    }
  }

  /** Depth first, a commit after its parents. */
  async #order(
    tips: readonly string[],
    known: (oid: string) => boolean,
    kept: Map<string, Commit>,
    pacer: Pacer,
    onProgress: (done: number) => void,
  ): Promise<string[]> {
    const order: string[] = [];
    const seen = new Set<string>();
    const stack: { oid: string; parents: readonly string[]; next: number }[] = [];
    const enter = (oid: string): void => {
      if (seen.has(oid) || known(oid)) return;
      seen.add(oid);
      const commit = this.read(oid);
      if (kept.size < mostKept) kept.set(oid, commit);
      stack.push({ oid, parents: commit.parents, next: 0 });
      if (seen.size % 1000 === 0) onProgress(seen.size);
    };
    for (const tip of tips) {
      enter(tip);
      for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
        const parent = top.parents[top.next];
        top.next += 1;
        if (parent !== undefined) {
          enter(parent);
        } else {
          order.push(top.oid);
          stack.pop();
        }
        await pacer.pause();
      }
    }
    return order;
  }

  #simplify(commit: Commit): Commit {
    if (this.#prefix === '') return commit;
    const parents = commit.parents.map((parent) => this.shown(parent));
    return { ...commit, parents: [...new Set(parents.filter((parent) => parent !== null))] };
  }
}
