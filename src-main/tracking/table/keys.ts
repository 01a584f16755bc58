/** Which params, metrics and tags runs have, and which of them are not the same in all. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { metricDirection } from '../../base/metrics.ts';
import type { TableField } from '../../contract/run-table.ts';
import { type KeyRecord, readAllKeys, readKeysOf, walkValues } from '../../store/run-keys.ts';
import type { Store } from '../../store/store.ts';
import { writeField } from '../query/field-text.ts';

/** So many runs are looked at as a whole; of more, so many that lie apart, and then the indexes. */
const sampleSize = 128;
/** How long indexes are walked in all, and without letting others have their turn, ms. */
const budgetMs = 300;
const sliceMs = 15;

export interface KeySummary {
  readonly fields: TableField[];
  /** False when there was no time to look at every run. */
  readonly exact: boolean;
}

type Key = Pick<KeyRecord, 'kind' | 'name' | 'key' | 'file'> & {
  readonly sampled: KeyRecord | null;
};

/**
 * @param seqs the runs that are asked about
 * @throws what `signal` was aborted with
 */
export async function summariseKeys(
  store: Store,
  seqs: readonly number[],
  signal?: AbortSignal,
): Promise<KeySummary> {
  const sample = spread(seqs, sampleSize);
  const keys = collect(store, readKeysOf(store, sample));
  const known = new Map<Key, { present: boolean; differs: boolean }>();
  const open: Key[] = [];
  for (const key of keys) {
    const seen = key.sampled;
    const differs = seen !== null && differsWithin(seen, sample.length);
    known.set(key, { present: seen !== null, differs });
    if (!differs && sample.length < seqs.length) open.push(key);
  }
  const exact = await lookFurther(store, seqs, open, known, signal);
  const fields = [...known].map(([key, { present, differs }]): TableField => {
    const name = key.file === '' ? key.key : `${key.file}:${key.key}`;
    const direction = key.kind === 'metric' ? metricDirection(key.key) : null;
    const field = writeField(key.kind, name);
    const share = key.sampled === null ? 0 : key.sampled.runs / sample.length;
    return { kind: key.kind, key: name, field, present, share, differs, direction };
  });
  return { fields: fields.sort(byKindAndKey), exact };
}

/** At most `count` of some things, from all over them, the first among them. */
function spread<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as T,
  );
}

/** Those of the sample, and those that only other runs have. */
function collect(store: Store, sampled: readonly KeyRecord[]): Key[] {
  const seen = new Set(sampled.map(({ kind, name }) => `${kind} ${name}`));
  const others = readAllKeys(store).filter(({ kind, name }) => !seen.has(`${kind} ${name}`));
  return [
    ...sampled.map((record) => ({ ...record, sampled: record })),
    ...others.map((other) => ({ ...other, sampled: null })),
  ];
}

/** A single run differs from nothing, and yet its columns are wanted. */
function differsWithin({ runs, valued, lowest, highest }: KeyRecord, total: number): boolean {
  return total === 1 || runs < total || lowest !== highest || (valued > 0 && valued < runs);
}

/** Settles what the sample left open. @returns whether there was time for all of it */
async function lookFurther(
  store: Store,
  seqs: readonly number[],
  open: readonly Key[],
  known: Map<Key, { present: boolean; differs: boolean }>,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  if (open.length === 0) return true;
  const asked = new Uint8Array(seqs.reduce((high, seq) => Math.max(high, seq), 0) + 1);
  for (const seq of seqs) asked[seq] = 1;
  let spent = 0;
  let slice = 0;
  for (const key of open) {
    if (spent > budgetMs) return false;
    const start = performance.now();
    const found = walk(store, key, asked, seqs.length, budgetMs - spent);
    const took = performance.now() - start;
    spent += took;
    slice += took;
    if (found === null) return false;
    known.set(key, found);
    if (slice < sliceMs) continue;
    slice = 0;
    await nextTurn();
    signal?.throwIfAborted();
  }
  return true;
}

function walk(
  store: Store,
  key: Key,
  asked: Uint8Array,
  total: number,
  budget: number,
): { present: boolean; differs: boolean } | null {
  const until = performance.now() + budget;
  const seen = new Set<number>();
  let first: string | number | null | undefined = key.sampled?.lowest;
  let steps = 0;
  for (const [seq, value, file = ''] of walkValues(store, key)) {
    steps += 1;
    if (steps % 4096 === 0 && performance.now() > until) return null;
    if (asked[seq] !== 1 || file !== key.file) continue;
    if (first === undefined) first = value;
    if (value !== first) return { present: true, differs: true };
    seen.add(seq);
  }
  return { present: seen.size > 0, differs: seen.size > 0 && seen.size < total };
}

const order = { metric: 0, param: 1, tag: 2 };

function byKindAndKey(a: TableField, b: TableField): number {
  if (a.kind !== b.kind) return order[a.kind] - order[b.kind];
  return a.key < b.key ? -1 : Number(a.key > b.key);
}
