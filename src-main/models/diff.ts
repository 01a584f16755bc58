/** The comparison of two model files, from opening to totals. */
import { stat } from 'node:fs/promises';
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { TensorChange } from '../contract/diff.ts';
import { type Item, type Output, operations } from '../contract/index.ts';
import type { BoosterFacts } from '../formats/boosters/types.ts';
import type { PairNumbers } from '../formats/tensor-task.ts';
import type { TensorFile } from '../formats/tensors.ts';
import { ComparisonCache, contentsOf } from './cache.ts';
import {
  describeEqual,
  describeMeasured,
  describePair,
  operandsOf,
  relativeNorm,
} from './changes.ts';
import { matchTensors, type TensorPair } from './match.ts';
import { type TensorPool, withPool } from './pool.ts';
import { sameRest } from './same-rest.ts';
import { measurePairs } from './schedule.ts';

export interface ModelFile {
  /** Absolute path of the content; its name may differ from the title (an object of a cache). */
  readonly path: string;
  readonly title: string;
  /** Hash of the content when it is known for certain; equal hashes are not read again. */
  readonly hash: string | null;
}

export type ModelDiffItem = Item<'diff.model'>;
export type ModelDiffTotals = Output<'diff.model'>;

type Opened = Extract<ModelDiffItem, { kind: 'opened' }>;
export type ModelSide = Opened['left'];

interface Finished {
  readonly opened: Opened;
  readonly totals: ModelDiffTotals;
}

/** Finished comparisons of two models. */
export class ModelDiffCache extends ComparisonCache<Finished> {
  /** As of {@link ComparisonCache}. */
  constructor(options: { folder?: string | null; maxTensors?: number } = {}) {
    super({ ...options, parse: parseFinished });
  }
}

function parseFinished(value: unknown): Finished {
  const { opened, totals } = value as Partial<Finished>;
  const { item, output } = operations['diff.model'];
  const parsed = item?.parse(opened);
  if (parsed?.kind !== 'opened') throw new TypeError('a comparison begins with what was opened');
  return { opened: parsed, totals: output.parse(totals) };
}

/** What was said of a file that has another title now; null where sentences have the old one in them. */
export function retitled(side: ModelSide, title: string): ModelSide | null {
  if (side.title === title) return side;
  const named = [...side.notes, ...side.findings].some((said) => said.includes(side.title));
  return named ? null : { ...side, title };
}

/** Tensors are handed on in batches at this pace, so that a view is not drawn thousands of times. */
const emitEveryMs = 100;

/**
 * Compares two model files. Emits one `opened` item with every tensor's name, shape and dtype, then
 * batches of measured tensors, and resolves to the totals. A tensor of the first item that was not
 * measured yet has the change `same` and no `changedShare`.
 * @param onItem may return a promise, which is awaited before more is sent
 * @param threads of a caller who compares much, and ends them; threads of its own when left out
 * @throws CairnError `unsupported` or `corrupt` when a file cannot be opened, `cancelled`
 */
export async function diffModels(
  left: ModelFile,
  right: ModelFile,
  work: Work,
  onItem: (item: ModelDiffItem) => void | Promise<void>,
  cache?: ModelDiffCache,
  threads?: TensorPool,
): Promise<ModelDiffTotals> {
  const started = performance.now();
  const contents = cache ? await contentsOf([left, right]) : null;
  const remembered = async (key: string | null | undefined) => {
    const known = key ? await cache?.get(key) : null;
    if (!known) return null;
    const { opened, totals } = known;
    const sides = [retitled(opened.left, left.title), retitled(opened.right, right.title)] as const;
    if (sides[0] === null || sides[1] === null) return null;
    await onItem({ ...opened, left: sides[0], right: sides[1] });
    return { ...totals, bytesRead: 0, durationMs: performance.now() - started };
  };
  const before = await remembered(contents?.key);
  if (before) return before;
  const measureWith = async (pool: TensorPool) => {
    const files = await Promise.all([openModel(left, pool), openModel(right, pool)]);
    const companions = files.flatMap((file) => file.companions ?? []);
    // Their own bytes do not tell all: these are known by those of the files that they name.
    const whole =
      cache && companions.length > 0 ? await contentsOf([left, right], companions) : contents;
    const again = whole === contents ? null : await remembered(whole?.key);
    if (again) return again;
    const { opened, totals } = await compare([left, right], files, pool, onItem);
    const result = { ...totals, durationMs: performance.now() - started };
    if (whole) await cache?.set(whole, { opened, totals: result });
    return result;
  };
  return await (threads ? measureWith(threads) : withPool(work, measureWith));
}

async function compare(
  [left, right]: readonly [ModelFile, ModelFile],
  [leftFile, rightFile]: readonly [TensorFile, TensorFile],
  pool: TensorPool,
  onItem: (item: ModelDiffItem) => void | Promise<void>,
) {
  // The content of an index says nothing about that of the files it names.
  const whole = !leftFile.companions && !rightFile.companions;
  const equal = whole && (await sameContent(left, right));
  const pairs = await matchTensors(leftFile.tensors, rightFile.tensors, (tensor) =>
    // Where a tensor cannot be read, its name has to do; the measuring says what is wrong with it.
    pool.run({ kind: 'sample', tensor }).catch(() => new Float64Array(0)),
  );
  const changes = pairs.map(equal ? describeEqual : (pair) => describePair(pair));
  const opened = {
    kind: 'opened' as const,
    left: describeFile(left, leftFile),
    right: describeFile(right, rightFile),
    tensors: changes,
  };
  // A copy: the changes below go on into the totals.
  await onItem({ ...opened, tensors: [...changes] });
  const sums = equal
    ? { relativeL2: 0, bytesRead: 0 }
    : await measure(pairs, changes, pool, onItem);
  // A few equal arrays beside trees that cannot be compared would make the change look like none.
  const trees = leftFile.booster !== undefined && rightFile.booster !== undefined;
  const tooFew =
    !equal && (trees || !sums.relativeL2) && comparableShare(pairs) < (trees ? 0.9 : 0.5);
  const count = (wanted: (change: TensorChange) => boolean) => changes.filter(wanted).length;
  const totals = {
    identical:
      changes.every((change) => change.change === 'same') && (await sameRest(leftFile, rightFile)),
    relativeL2: tooFew ? null : sums.relativeL2,
    ...(tooFew && { fewComparable: true }),
    changedTensors: count(
      ({ change, changedShare, order }) =>
        (change === 'modified' && !(order && changedShare === 0)) ||
        (change === 'renamed' && changedShare !== 0),
    ),
    addedTensors: count(({ change }) => change === 'added'),
    removedTensors: count(({ change }) => change === 'removed'),
    bytesRead: sums.bytesRead,
  };
  return { opened, totals };
}

/** How much of the smaller model has a tensor of the same shape on the other side; from 0 to 1. */
function comparableShare(pairs: readonly TensorPair[]): number {
  let [ours, theirs, both] = [0, 0, 0];
  for (const pair of pairs) {
    ours += pair.left?.elements ?? 0;
    theirs += pair.right?.elements ?? 0;
    if (operandsOf(pair) !== null) both += pair.left?.elements ?? 0;
  }
  const smaller = Math.min(ours, theirs);
  return smaller === 0 ? 1 : both / smaller;
}

/** Measures what can be measured, replacing the entries of `changes` and handing them on. */
async function measure(
  pairs: readonly TensorPair[],
  changes: TensorChange[],
  pool: TensorPool,
  onItem: (item: ModelDiffItem) => void | Promise<void>,
) {
  const work = pairs.flatMap((pair, index) => {
    const operands = operandsOf(pair);
    return operands === null ? [] : [{ index, operands }];
  });
  const jobs = work.map(({ operands }) => operands);
  const bytesOf = ({ left, right }: (typeof jobs)[number]) =>
    left.bytes.length + right.bytes.length;
  const total = jobs.reduce((sum, job) => sum + bytesOf(job), 0);
  const numbers: PairNumbers[] = [];
  let bytesRead = 0;
  let done = 0;
  let ready: TensorChange[] = [];
  let emitted = performance.now();
  const emit = async () => {
    emitted = performance.now();
    const tensors = ready;
    ready = [];
    const progress = { phase: 'measuring', done, total, unit: 'bytes' as const };
    await onItem({ kind: 'tensors', tensors, progress });
  };
  for await (const measured of measurePairs(jobs, pool)) {
    for (const { index, result } of measured) {
      const { index: at, operands } = work[index]!;
      const pair = pairs[at]!;
      done += bytesOf(operands);
      if ('problem' in result) {
        changes[at] = describePair(pair, result.problem);
      } else {
        changes[at] = describeMeasured(pair, result);
        bytesRead += result.bytesRead;
        if (result.numbers) numbers[index] = result.numbers;
      }
      ready.push(changes[at]);
    }
    if (performance.now() - emitted >= emitEveryMs) await emit();
  }
  if (ready.length > 0) await emit();
  return { relativeL2: numbers.length === 0 ? null : overall(numbers), bytesRead };
}

/** Over all tensors. Summed in their order, not that of their arrival; holes are passed over. */
function overall(numbers: readonly PairNumbers[]): number | null {
  const sum = (key: 'squaredDelta' | 'squaredLeft') =>
    numbers.reduce((total, one) => total + one[key], 0);
  const changed = numbers.some((one) => one.maxAbsDelta > 0);
  const squares = { squaredDelta: sum('squaredDelta'), squaredLeft: sum('squaredLeft') };
  return relativeNorm(squares, changed);
}

/** @throws CairnError as its reader does, with the file called by its title */
export async function openModel(file: ModelFile, pool: TensorPool): Promise<TensorFile> {
  try {
    return await pool.run({ kind: 'open', path: file.path });
  } catch (error) {
    // A content of the cache has a name of hex digits, which says nothing to the user.
    const { code, message, cause } = asCairnError(error);
    throw new CairnError(code, message.replaceAll(file.path, file.title), { cause });
  }
}

/** What is told of a file beside its tensors. */
export function describeFile(file: ModelFile, opened: TensorFile) {
  return {
    title: file.title,
    format: opened.format,
    sizeBytes: opened.sizeBytes,
    tensors: opened.tensors.length,
    parameters: opened.tensors.reduce((sum, tensor) => sum + tensor.elements, 0),
    metadata: Object.fromEntries(opened.metadata),
    notes: opened.notes.map((note) => note.replaceAll(file.path, file.title)),
    badge: opened.badge,
    findings: opened.findings.map((finding) => finding.replaceAll(file.path, file.title)),
    ...(opened.booster ? { booster: describeBooster(opened.booster) } : {}),
  };
}

const mostFeatures = 10_000;

function describeBooster({ library, objective, treeCount, trees, features }: BoosterFacts) {
  return {
    library,
    objective,
    treeCount,
    leaves: trees.reduce((sum, tree) => sum + tree.leaves, 0),
    depth: trees.reduce((deepest, tree) => Math.max(deepest, tree.depth), 0),
    features: features.slice(0, mostFeatures).map((feature) => ({ ...feature })),
  };
}

/** Whether both are the same content for certain: by hash, or because they are the same file. */
async function sameContent(left: ModelFile, right: ModelFile): Promise<boolean> {
  if (left.hash !== null && left.hash === right.hash) return true;
  try {
    const [a, b] = await Promise.all([
      stat(left.path, { bigint: true }),
      stat(right.path, { bigint: true }),
    ]);
    return a.ino !== 0n && a.ino === b.ino && a.dev === b.dev;
  } catch {
    // Opening the file says better what is wrong with it.
    return false;
  }
}
