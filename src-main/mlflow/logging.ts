/** Params, tags and metrics, one by one and in batches. */
import type { Store } from '../store/store.ts';
import type { MlflowContext } from './context.ts';
import { invalid } from './errors.ts';
import type { Fields } from './fields.ts';
import type { Call, Route } from './route.ts';
import * as writes from './run-writes.ts';
import { checkKey } from './validate.ts';

const maxMetrics = 1000;
const maxParams = 100;
const maxTags = 100;
const maxTogether = 1000;

export const loggingRoutes: readonly Route[] = [
  { method: 'POST', path: 'runs/log-metric', effect: 'write', answer: logMetric },
  { method: 'POST', path: 'runs/log-parameter', effect: 'write', answer: logParam },
  { method: 'POST', path: 'runs/log-batch', effect: 'write', answer: logBatch },
  { method: 'POST', path: 'runs/set-tag', effect: 'write', answer: setTag },
  { method: 'POST', path: 'runs/delete-tag', effect: 'write', answer: deleteTag },
  { method: 'POST', path: 'runs/log-model', effect: 'write', answer: logModel },
];

function logMetric({ context, input }: Call): unknown {
  const point = writes.pointOf(input, '');
  return write(context, input, (store, run) => writes.writePoints(store, run, [point]));
}

function logParam({ context, input }: Call): unknown {
  const param = pairOf(input, '');
  return write(context, input, (store, run) => writes.writeParams(store, run, [param]));
}

function logBatch({ context, input }: Call): unknown {
  const metrics = input.records('metrics');
  const params = input.records('params');
  const tags = input.records('tags');
  checkCount('metrics', maxMetrics, metrics.length);
  checkCount('params', maxParams, params.length);
  checkCount('tags', maxTags, tags.length);
  const together = metrics.length + params.length + tags.length;
  checkCount('metrics, params, and tags', maxTogether, together);
  const points = metrics.map((metric, index) => writes.pointOf(metric, `metrics[${index}].`));
  const pairs = params.map((param, index) => pairOf(param, `params[${index}].`));
  const labels = tags.map((tag, index) => pairOf(tag, `tags[${index}].`));
  refuseTwice(pairs.map((pair) => pair.key));
  return write(context, input, (store, run) => {
    writes.writeParams(store, run, pairs);
    writes.writePoints(store, run, points);
    for (const { key, value } of labels) writes.writeTag(store, run, key, value);
  });
}

function setTag({ context, input }: Call): unknown {
  const { key, value } = pairOf(input, '');
  return write(context, input, (store, run) => writes.writeTag(store, run, key, value));
}

function deleteTag({ context, input }: Call): unknown {
  const key = input.string('key');
  return write(context, input, (store, run) => writes.removeTag(store, run, key));
}

/** Before MLflow 3, a model of a run was a line in this tag. */
function logModel({ context, input }: Call): unknown {
  const key = 'mlflow.log-model.history';
  const model = parseJson(input.string('model_json'));
  return write(context, input, (store, run) => {
    const before = store
      .prepare<[number, string], { value: string }>(
        'SELECT value FROM tags WHERE run = ? AND name = (SELECT id FROM names WHERE name = ?)',
      )
      .get(run.seq, key);
    const history = before === undefined ? [] : parseJson(before.value);
    const all = [...(Array.isArray(history) ? history : []), model];
    writes.writeTag(store, run, key, JSON.stringify(all));
  });
}

function write(
  context: MlflowContext,
  input: Fields,
  action: (store: Store, run: ReturnType<typeof writes.runForWriting>) => void,
): unknown {
  const run = writes.runForWriting(context.store, writes.runIdOf(input));
  action(context.store, run);
  context.changed(['runs', `run:${run.id}`]);
  return {};
}

function pairOf(input: Fields, path: string): { key: string; value: string } {
  const key = input.optional('key');
  if (key === undefined || key === '') {
    throw invalid(`Missing value for required parameter '${path}key'.`);
  }
  return { key: checkKey(key, `${path}key`), value: input.optional('value') ?? '' };
}

function checkCount(what: string, limit: number, count: number): void {
  if (count <= limit) return;
  throw invalid(
    `A batch logging request can contain at most ${limit} ${what}. Got ${count} ${what}. Please split up ${what} across multiple requests and try again.`,
  );
}

function refuseTwice(keys: readonly string[]): void {
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (twice.length === 0) return;
  throw invalid(
    `Duplicate parameter keys have been submitted: ${JSON.stringify(twice)}. Please ensure the request contains only one param value per param key.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw invalid(
      `Malformed model info. \n ${text.slice(0, 200)} \n could not be parsed: ${cause}`,
    );
  }
}
