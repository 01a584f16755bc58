/** The same filters and orders, asked of MLflow's own SQLite store and of ours, over the same runs. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CairnError } from '../../src-main/base/errors.ts';
import { insertExperiment } from '../../src-main/store/experiments.ts';
import { Store } from '../../src-main/store/index.ts';
import { appendPoints } from '../../src-main/store/metric-writing.ts';
import * as runStore from '../../src-main/store/runs.ts';
import { parseFilter, parseOrderBy, searchRuns } from '../../src-main/tracking/query/index.ts';

interface LoggedRun {
  readonly name: string;
  readonly user: string;
  readonly status: string;
  readonly start: number;
  readonly end: number | null;
  readonly deleted: boolean;
  readonly params: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** As MLflow's client takes them: nan and inf are words. */
  readonly metrics: Readonly<Record<string, readonly (number | string)[]>>;
  /** Name, digest, context. */
  readonly datasets: readonly (readonly [string, string, string | null])[];
}

const experiment = '0'.repeat(32);
const statuses = ['FINISHED', 'FAILED', 'KILLED', 'RUNNING'];
const values = ['adam', 'Adam', 'sgd', '10', '9', '1e-3', 'a_b%c', 'Straße', '中文', ''];

/** Everything there is, in combinations that ties and holes come of. */
const runs: LoggedRun[] = Array.from({ length: 60 }, (_, index) => ({
  name: `run ${String.fromCharCode(97 + (index % 7))}`,
  user: index % 5 === 0 ? 'ada' : 'grace',
  status: statuses[index % statuses.length] as string,
  start: 1000 + (index % 9) * 100,
  end: index % 4 === 3 ? null : 3000 + index,
  deleted: index % 29 === 28,
  params: {
    opt: values[index % values.length] || 'none',
    ...(index % 3 === 0 ? { lr: String(index / 10) } : {}),
    ...(index % 6 === 0 ? { 'model/depth of net': '4' } : {}),
  },
  tags: {
    ...(index % 2 === 0 ? { team: values[(index * 3) % values.length] as string } : {}),
    ...(index % 8 === 0 ? { 'mlflow.note.content': 'the note' } : {}),
    'mlflow.user': index % 5 === 0 ? 'ada' : 'grace',
  },
  metrics: {
    ...(index % 5 === 4 ? {} : { loss: [3, index % 11 === 0 ? 'nan' : (index % 6) / 2] }),
    ...(index % 7 === 0 ? { 'val acc/1': [index % 14 === 0 ? 'inf' : -index] } : {}),
  },
  datasets: [
    ...(index % 4 === 0 ? [['train set', `d${index % 3}`, 'training'] as const] : []),
    ...(index % 6 === 0 ? [['test', 'e1', null] as const] : []),
  ],
}));

const python = join(import.meta.dirname, '../../.venv/mlflow3/bin/python');
let mlflow: ChildProcessWithoutNullStreams;
let answers: AsyncIterator<string>;
let scratch: string;
let store: Store;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'cairn-search-'));
  const script = join(import.meta.dirname, 'mlflow_search.py');
  mlflow = spawn(python, [script, join(scratch, 'mlflow.db'), join(scratch, 'artifacts')]);
  mlflow.stderr.resume();
  answers = createInterface({ input: mlflow.stdout })[Symbol.asyncIterator]();
  const ids = (await ask({ log: runs })) as string[];
  store = Store.open(join(scratch, 'cairn', 'cairn.db'));
  fill(ids);
}, 180_000);

afterAll(() => {
  mlflow.kill();
  store.close();
  rmSync(scratch, { recursive: true, force: true });
});

async function ask(request: unknown): Promise<unknown> {
  mlflow.stdin.write(`${JSON.stringify(request)}\n`);
  const answer = await answers.next();
  if (answer.done === true) throw new Error('MLflow has gone');
  return JSON.parse(answer.value) as unknown;
}

function fill(ids: readonly string[]): void {
  store.transaction(() => {
    insertExperiment(store, {
      id: experiment,
      number: 1,
      name: 'Default',
      note: '',
      created_at: 0,
    });
    runs.forEach((run, index) => {
      const id = ids[index] as string;
      runStore.insertRun(store, {
        id,
        experiment_id: experiment,
        number: index + 1,
        name: run.name,
        status: run.end === null ? 'RUNNING' : run.status,
        kind: 'logged',
        parent_id: null,
        spec: '',
        command: '',
        cwd: '.',
        created_at: run.start,
        note: run.tags['mlflow.note.content'] ?? '',
      });
      runStore.updateRun(store, id, {
        started_at: run.start,
        ended_at: run.end,
        user_name: run.user,
        deleted_at: run.deleted ? 1 : null,
      });
      const seq = runStore.readSeq(store, id) as number;
      for (const [key, value] of Object.entries(run.params)) {
        runStore.upsertParam(store, seq, { file: '', key, value });
      }
      for (const [key, value] of Object.entries(run.tags))
        runStore.upsertTag(store, seq, key, value);
      for (const [key, logged] of Object.entries(run.metrics)) {
        const numbers = logged.map((value) =>
          value === 'inf' ? Number.POSITIVE_INFINITY : Number(value),
        );
        const steps = Float64Array.from(numbers.keys());
        appendPoints(store, seq, key, { steps, times: steps, values: Float64Array.from(numbers) });
      }
      for (const dataset of run.datasets) addDataset(seq, dataset);
    });
  });
}

function addDataset(seq: number, [name, digest, context]: LoggedRun['datasets'][number]): void {
  store.db
    .prepare(
      `INSERT OR IGNORE INTO datasets (experiment_id, name, digest, source_type, source)
       VALUES (?, ?, ?, 'local', '{}')`,
    )
    .run(experiment, name, digest);
  store.db
    .prepare(
      'INSERT INTO run_datasets (run, dataset_id, tags) SELECT ?, id, ? FROM datasets WHERE name = ? AND digest = ?',
    )
    .run(
      seq,
      JSON.stringify(context === null ? {} : { 'mlflow.data.context': context }),
      name,
      digest,
    );
}

/** Ids in order, or that it is an error of the asker. */
function search(filter: string, order: readonly string[]): string[] | 'invalid' {
  try {
    const found = searchRuns(store, {
      filter: parseFilter(filter, { dialect: 'mlflow' }),
      orderBy: parseOrderBy(order, { dialect: 'mlflow' }),
      experimentIds: [experiment],
      limit: 1000,
    });
    return found.runs.map((run) => run.id);
  } catch (error) {
    if (error instanceof CairnError && error.code === 'invalid') return 'invalid';
    throw error;
  }
}

async function theirs(filter: string, order: readonly string[]): Promise<string[] | 'invalid'> {
  const answer = (await ask({ filter, order })) as string[] | { code: string };
  return Array.isArray(answer) ? answer : 'invalid';
}

describe('a filter', () => {
  it.each([
    '',
    'metrics.loss > 1',
    'metrics.loss <= 1.5 and metric.loss != 0',
    'metrics.loss = 1e0',
    'metrics.loss != 1',
    'metrics.loss < .5',
    'metrics.`val acc/1` > 0',
    'metrics."val acc/1" < -10',
    'metrics.missing > 0',
    "params.opt = 'adam'",
    'params.opt = "adam"',
    "parameters.opt != 'adam'",
    "param.opt LIKE '%da%'",
    "params.opt ILIKE '%DA%'",
    "params.opt LIKE 'a\\_b%'",
    "params.opt like 'a_b%c'",
    "params.opt LIKE '中%'",
    "params.opt LIKE 'STRASSE'",
    'params.lr IS NULL',
    'params.lr is not null and params.opt IS NOT NULL',
    "params.`model/depth of net` = '4'",
    "params.lr = '0.6'",
    "tags.team = 'sgd'",
    "tag.team != 'sgd'",
    'tags.team IS NULL',
    "tags.mlflow.note.content = 'the note'",
    "tags.`mlflow.user` = 'ada'",
    "tags.mlflow.runName = 'run a'",
    "tags.mlflow.runName LIKE 'run%'",
    "attributes.status = 'FINISHED'",
    "status != 'FINISHED'",
    "attr.status LIKE 'F%'",
    "run.status ILIKE 'f%'",
    "run_name = 'run b'",
    "attributes.`run name` = 'run b'",
    "attributes.`Run name` LIKE 'run _'",
    "attributes.user_id = 'ada'",
    'attributes.start_time >= 1500',
    'created < 1200',
    'attributes.Created = 1300',
    'end_time > 3010',
    'attributes.end_time != 3000',
    'start_time > 1.2e3',
    "datasets.name = 'train set'",
    "dataset.name LIKE 't%'",
    "dataset.digest IN ('d0', 'e1')",
    "dataset.context = 'training'",
    "dataset.context NOT IN ('training')",
    "dataset.name NOT IN ('test')",
    "dataset.name ILIKE 'TEST'",
    "metrics.loss > 0 AND params.opt != 'x' AND tags.team LIKE '%' AND status = 'FINISHED'",
    "attributes.run_id IN ('x', 'y')",
    "attributes.run_id NOT IN ('x')",
    "attributes.run_id != ''",
    'metrics.loss > 1 AND',
    'AND metrics.loss > 1',
  ])('%s finds what MLflow finds', async (filter) => {
    const wanted = await theirs(filter, []);
    expect(wanted).not.toBe('invalid');
    expect(search(filter, [])).toEqual(wanted);
  });

  it.each([
    'loss > 1',
    'metrics.loss',
    'metrics.loss >',
    "metrics.loss > 'x'",
    "metrics.loss LIKE '1'",
    'metrics.loss > abc',
    'params.opt = adam',
    'params.opt LIKE adam',
    "nothing.x = 'y'",
    "attributes.nothing = 'x'",
    "dataset.size = 'x'",
    'status = FINISHED',
    "start_time = 'yesterdayish'",
    "start_time LIKE '1%'",
    "params.opt = 'a",
    'params.opt = "a',
    'hello world',
    '> 5',
    "run_id IN 'x'",
    "run_id IN ('x'",
    'run_id IN ()',
    "params.opt = 'a'; DROP TABLE runs",
    '(metrics.loss > 1',
    'metrics.loss > 1)',
    "'metrics.loss' > 1",
  ])('%s is an error to both', async (filter) => {
    expect(await theirs(filter, [])).toBe('invalid');
    expect(search(filter, [])).toBe('invalid');
  });

  it.each([
    "metrics.loss > 1 OR params.opt = 'adam'",
    "NOT params.opt = 'adam'",
    "(metrics.loss > 1 OR metrics.loss = 0) AND status = 'FINISHED'",
    "params.opt IN ('adam', 'sgd')",
    'metrics.loss IN (1, 2)',
    'metrics.loss BETWEEN 0 AND 1',
    'metrics.loss IS NULL',
    "status IN ('FINISHED', 'FAILED')",
    'params.lr < 2',
    'duration > 1s',
    'min(metrics.loss) < 1',
  ])('%s is answered here alone', async (filter) => {
    expect(await theirs(filter, [])).toBe('invalid');
    expect(search(filter, []).length).toBeGreaterThan(0);
  });
});

describe('an order', () => {
  it.each([
    ['metrics.loss'],
    ['metrics.loss DESC'],
    ['metrics.`val acc/1` ASC'],
    ['metrics."val acc/1" desc'],
    ['params.opt'],
    ['params.lr DESC', 'metrics.loss'],
    ['tags.team ASC', 'start_time ASC'],
    ['attributes.start_time'],
    ['start_time DESC'],
    ['created asc'],
    ['end_time', 'run_id DESC'],
    ['attributes.status', 'params.opt desc'],
    ['run_name DESC'],
    ['user_id', 'metrics.loss'],
    ['metrics.missing'],
    ['attribute.`run_id` DESC'],
  ])('by %s %s is that of MLflow', async (...order) => {
    const wanted = await theirs('', order);
    expect(wanted).not.toBe('invalid');
    expect(search('', order)).toEqual(wanted);
  });

  it.each([
    ['loss'],
    ['metrics.loss DOWN'],
    ['dataset.name'],
    ['metrics.loss', 'metrics.loss DESC'],
    ['nothing.x'],
    [''],
  ])('by %s %s is an error to both', async (...order) => {
    expect(await theirs('', order)).toBe('invalid');
    expect(search('', order)).toBe('invalid');
  });
});

it('whatever is put together of it, the answers are the same', async () => {
  const text = fc.constantFrom(...values.map((value) => `'${value}'`), "'a%'", "'%_'", "'%A%'");
  const comparison = fc.oneof(
    fc.tuple(
      fc.constantFrom('params.opt', 'params.lr', 'tags.team', 'run_name', 'status', 'dataset.name'),
      fc.constantFrom('=', '!=', 'LIKE', 'ILIKE'),
      text,
    ),
    fc.tuple(
      fc.constantFrom('metrics.loss', 'metrics.`val acc/1`', 'start_time', 'end_time'),
      fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      fc.constantFrom('0', '0.5', '1', '2.5', '1200', '3020', '-7'),
    ),
  );
  const filters = fc
    .array(comparison, { minLength: 1, maxLength: 4 })
    .map((parts) => parts.map((part) => part.join(' ')).join(' AND '));
  const order = fc.uniqueArray(
    fc.constantFrom('metrics.loss', 'params.opt', 'tags.team', 'run_name', 'end_time'),
    { maxLength: 2 },
  );
  await fc.assert(
    fc.asyncProperty(filters, order, fc.boolean(), async (filter, fields, descending) => {
      const orders = fields.map((field) => (descending ? `${field} DESC` : field));
      expect(search(filter, orders)).toEqual(await theirs(filter, orders));
    }),
    { numRuns: 200 },
  );
}, 180_000);
