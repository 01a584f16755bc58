/** What several models made of one base, from opening the files to totals. */
import type { Work } from '../base/progress.ts';
import { type Item, type Output, operations } from '../contract/index.ts';
import { modelPairs } from '../contract/model-pairs.ts';
import type { TaskTensor } from '../contract/task-vectors.ts';
import type { DeltaMeasure } from '../formats/tensor-task.ts';
import type { TensorFile, TensorInfo } from '../formats/tensors.ts';
import { ComparisonCache, contentsOf } from './cache.ts';
import { describeTask, sumTasks } from './deltas.ts';
import { describeFile, type ModelFile, openModel, retitled } from './diff.ts';
import { matchTensors } from './match.ts';
import { type TensorPool, withPool } from './pool.ts';
import { measureDeltas } from './schedule.ts';
import { sameShape, turnedBack } from './transpose.ts';

export type TaskItem = Item<'diff.taskVectors'>;
export type TaskTotals = Output<'diff.taskVectors'>;
type Opened = Extract<TaskItem, { kind: 'opened' }>;
type OnItem = (item: TaskItem) => void | Promise<void>;

interface Finished {
  readonly opened: Opened;
  readonly totals: TaskTotals;
}

/** Finished comparisons with a base. */
export class TaskVectorCache extends ComparisonCache<Finished> {
  constructor(options: { folder?: string | null } = {}) {
    super({ ...options, parse: parseFinished });
  }
}

function parseFinished(value: unknown): Finished {
  const { opened, totals } = value as Partial<Finished>;
  const { item, output } = operations['diff.taskVectors'];
  const parsed = item?.parse(opened);
  if (parsed?.kind !== 'opened') throw new TypeError('a comparison begins with what was opened');
  return { opened: parsed, totals: output.parse(totals) };
}

/** Tensors are handed on in batches at this pace, so that a view is not drawn thousands of times. */
const emitEveryMs = 100;

/**
 * Measures what models made of a base. Emits one `opened` item with every tensor of the base, then
 * batches of measured ones, and resolves to the totals.
 * @param models at least two
 * @param onItem may return a promise, which is awaited before more is sent
 * @param threads as of `diffModels`
 * @throws CairnError `unsupported` or `corrupt` when a file cannot be opened, `cancelled`
 */
export async function diffTaskVectors(
  base: ModelFile,
  models: readonly ModelFile[],
  work: Work,
  onItem: OnItem,
  cache?: TaskVectorCache,
  threads?: TensorPool,
): Promise<TaskTotals> {
  const started = performance.now();
  const files = [base, ...models];
  const remembered = async (key: string | null | undefined) => {
    const known = key ? await cache?.get(key) : null;
    const opened = known && withTitles(known.opened, files);
    if (!known || !opened) return null;
    await onItem(opened);
    return { ...known.totals, bytesRead: 0, durationMs: performance.now() - started };
  };
  const contents = cache ? await contentsOf(files) : null;
  const before = await remembered(contents?.key);
  if (before) return before;
  const measureWith = async (pool: TensorPool) => {
    const opened = await Promise.all(files.map((file) => openModel(file, pool)));
    const companions = opened.flatMap((file) => file.companions ?? []);
    // Their own bytes do not tell all: these are known by those of the files that they name.
    const whole = cache && companions.length > 0 ? await contentsOf(files, companions) : contents;
    const again = whole === contents ? null : await remembered(whole?.key);
    if (again) return again;
    const matched = await matchAll(opened, pool);
    const tensors = matched.rows.map(describeRow);
    const first: Opened = {
      kind: 'opened',
      base: describeFile(base, opened[0]!),
      models: models.map((file, at) => describeFile(file, opened[at + 1]!)),
      tensors,
    };
    // A copy: the tensors below go on into what is remembered.
    await onItem({ ...first, tensors: [...tensors] });
    const sums = await measure(matched.rows, tensors, models.length, pool, onItem);
    const totals = {
      ...sums,
      added: matched.added,
      durationMs: performance.now() - started,
    };
    if (whole) await cache?.set(whole, { opened: first, totals });
    return totals;
  };
  return await (threads ? measureWith(threads) : withPool(work, measureWith));
}

function withTitles(opened: Opened, [base, ...models]: readonly ModelFile[]): Opened | null {
  const first = retitled(opened.base, base!.title);
  const others = opened.models.map((side, at) => retitled(side, models[at]!.title));
  if (first === null || others.includes(null)) return null;
  return { ...opened, base: first, models: others.filter((side) => side !== null) };
}

/** A tensor of the base with its counterparts. */
interface Row {
  readonly base: TensorInfo;
  /** By model, as they lie in their files; null where one has none. */
  readonly found: ReadonlyArray<TensorInfo | null>;
  /** By model, in the order of the base's axes; null where they cannot be compared with it. */
  readonly models: ReadonlyArray<TensorInfo | null>;
}

async function matchAll(
  [base, ...models]: readonly TensorFile[],
  pool: TensorPool,
): Promise<{ rows: Row[]; added: number[] }> {
  const sample = (tensor: TensorInfo) =>
    // Where a tensor cannot be read, its name has to do; the measuring says what is wrong with it.
    pool.run({ kind: 'sample', tensor }).catch(() => new Float64Array(0));
  const matched = await Promise.all(
    models.map(async (model) => {
      const pairs = await matchTensors(base!.tensors, model.tensors, sample);
      const partners = new Map(
        pairs.flatMap(({ left, right, order }) =>
          left === null || right === null ? [] : [[left, { right, order }] as const],
        ),
      );
      return { partners, added: pairs.filter(({ left }) => left === null).length };
    }),
  );
  const rows = base!.tensors.map((tensor): Row => {
    const found = matched.map(({ partners }) => partners.get(tensor) ?? null);
    return {
      base: tensor,
      found: found.map((one) => one?.right ?? null),
      models: found.map((one) => one && comparable(tensor, one.right, one.order)),
    };
  });
  return { rows, added: matched.map(({ added }) => added) };
}

/** The tensor of a model as one that can be measured against the base's; null when it cannot. */
function comparable(
  base: TensorInfo,
  model: TensorInfo,
  order: readonly number[] | null,
): TensorInfo | null {
  if (base.dtype.decode === null || model.dtype.decode === null) return null;
  const turned = order === null ? model : turnedBack(model, order);
  return turned !== null && sameShape(base, turned) ? turned : null;
}

/** What is known of a tensor before it was measured. */
function describeRow({ base, found, models }: Row): TaskTensor {
  return {
    name: base.name,
    dtype: base.dtype.name,
    shape: [...base.shape],
    elements: base.elements,
    names: found.map((tensor) => (tensor && tensor.name !== base.name ? tensor.name : null)),
    base: null,
    models: models.map(() => null),
    pairs: modelPairs(models.length).map(() => null),
    sum: null,
    nonFinite: 0,
    note: obstacle({ base, found, models }),
  };
}

function obstacle({ base, found, models }: Row): string | null {
  const missing = found.filter((tensor) => tensor === null).length;
  if (missing === found.length) return 'No model has this tensor.';
  if (base.dtype.decode === null) return 'The elements of these tensors are not numbers.';
  if (models.some((tensor, at) => tensor === null && found[at] !== null)) {
    return 'In a model it has another shape or type, so its values cannot be compared there.';
  }
  return missing > 0 ? 'Not every model has this tensor.' : null;
}

/** Measures what can be measured, replacing the entries of `tensors` and handing them on. */
async function measure(
  rows: readonly Row[],
  tensors: TaskTensor[],
  models: number,
  pool: TensorPool,
  onItem: OnItem,
) {
  const work = rows.flatMap(({ base, models: own }, index) => {
    const present = own.flatMap((tensor, model) => (tensor === null ? [] : [{ tensor, model }]));
    return present.length === 0 ? [] : [{ index, base, present }];
  });
  const bytesOf = ({ base, present }: (typeof work)[number]) =>
    present.reduce((sum, { tensor }) => sum + tensor.bytes.length, base.bytes.length);
  const total = work.reduce((sum, one) => sum + bytesOf(one), 0);
  const whole: DeltaMeasure[] = [];
  let [bytesRead, done, measured] = [0, 0, 0];
  let ready: TaskTensor[] = [];
  let emitted = performance.now();
  const emit = async () => {
    emitted = performance.now();
    const batch = ready;
    ready = [];
    const progress = { phase: 'measuring', done, total, unit: 'bytes' as const };
    await onItem({ kind: 'tensors', tensors: batch, progress });
  };
  const jobs = work.map(({ base, present }) => ({
    base,
    models: present.map(({ tensor }) => tensor),
  }));
  for await (const batch of measureDeltas(jobs, pool)) {
    for (const { index: at, result } of batch) {
      const job = work[at]!;
      done += bytesOf(job);
      const before = tensors[job.index]!;
      if ('problem' in result) {
        tensors[job.index] = { ...before, note: result.problem };
      } else {
        const present = job.present.map(({ model }) => model);
        const found = describeTask(result, present, models);
        tensors[job.index] = { ...before, ...found, nonFinite: result.count - result.finite };
        bytesRead += result.bytesRead;
        if (present.length === models) {
          measured++;
          // In the order of the base, not that of their arrival; holes are passed over.
          whole[job.index] = result;
        }
      }
      ready.push(tensors[job.index]!);
    }
    if (performance.now() - emitted >= emitEveryMs) await emit();
  }
  if (ready.length > 0) await emit();
  const sums = whole.filter((one) => one !== undefined);
  return { total: sumTasks(sums, models), measured, partial: rows.length - measured, bytesRead };
}
