/** Params, metrics, tags and what a run says of itself, as values to place on an axis. Pure. */
import type { Output, TableField } from '../../client/index.ts';
import { summaryField } from '../../ui/index.ts';

/** `param lr`, `metric accuracy`, `tag team` or `run experiment`. */
export type Field = string;
export type Aggregate = 'last' | 'min' | 'max';
export type Value = number | string | null;

type Kind = 'param' | 'metric' | 'tag' | 'run';

/** What every run says: things to group by, and numbers. The names are the filter language's. */
export const runTexts = ['experiment', 'run_name', 'status', 'kind', 'branch', 'source'] as const;
export const runNumbers = ['duration', 'cpu', 'memory'] as const;

export function fieldName(field: Field): string {
  return field.slice(field.indexOf(' ') + 1);
}

function kindOf(field: Field): Kind {
  return field.slice(0, field.indexOf(' ')) as Kind;
}

export function isMetric(field: Field): boolean {
  return kindOf(field) === 'metric';
}

/** Whether it is one of the things that every run says. */
export function isOfRun(field: Field): boolean {
  return kindOf(field) === 'run';
}

/** The field as the core is asked for it. */
export function writeField(field: Field, aggregate: Aggregate): string {
  const name = fieldName(field);
  if (isOfRun(field)) return name;
  const key = /^[^\s(),'"`=<>!]+$/.test(name) ? name : `\`${name.replaceAll('`', '``')}\``;
  const written = `${kindOf(field)}s.${key}`;
  return isMetric(field) ? summaryField(written, aggregate) : written;
}

/** What charts can show of the runs in the list. */
export interface Fields {
  /** Params that differ between the runs first. */
  readonly params: readonly Field[];
  readonly metrics: readonly Field[];
  /** The metrics that most runs have, and among those the ones that tell which run is better. */
  readonly telling: readonly Field[];
  readonly tags: readonly Field[];
  /** How many of the params differ. */
  readonly differing: number;
}

export const noFields: Fields = { params: [], metrics: [], telling: [], tags: [], differing: 0 };

type Found = Pick<TableField, 'kind' | 'key' | 'differs' | 'share' | 'direction'>;

/** @param found the keys that there are, as the core tells them */
export function fieldsOf(found: readonly Found[]): Fields {
  const of = (kind: TableField['kind']) => found.filter((field) => field.kind === kind);
  const isSystem = (key: string): number => Number(key.startsWith('system/'));
  const params = of('param').toSorted(
    (a, b) =>
      Number(isSeed(a.key)) - Number(isSeed(b.key)) ||
      Number(b.differs) - Number(a.differs) ||
      coarse(b) - coarse(a) ||
      (a.key < b.key ? -1 : 1),
  );
  return {
    params: params.map(({ key }) => `param ${key}`),
    metrics: of('metric')
      .map(({ key }) => key)
      .sort((a, b) => isSystem(a) - isSystem(b) || a.localeCompare(b))
      .map((key) => `metric ${key}`),
    telling: of('metric')
      .toSorted(
        (a, b) =>
          isSystem(a.key) - isSystem(b.key) ||
          coarse(b) - coarse(a) ||
          Number(b.direction !== null) - Number(a.direction !== null) ||
          Number(isHeldOut(b.key)) - Number(isHeldOut(a.key)) ||
          a.key.localeCompare(b.key),
      )
      .map(({ key }) => `metric ${key}`),
    tags: of('tag')
      .map(({ key }) => `tag ${key}`)
      .sort(),
    differing: params.filter(({ key, differs }) => differs && !isSeed(key)).length,
  };
}

/** In tenths, so that a run that failed early changes no order. */
function coarse({ share = 0 }: Pick<Found, 'share'>): number {
  return Math.ceil(share * 10);
}

/** Whether a metric was measured on what the model had not seen. */
function isHeldOut(key: string): boolean {
  return /(^|[^a-z])(val|valid|validation|test|eval|dev)([^a-z]|$)/i.test(key);
}

/** A pattern of the names of params that hold a seed, as the core reads it. */
export const seedPattern = String.raw`(^|[._/-])(\w*[_-])?(seed|random_?state)$`;
const seedLike = new RegExp(seedPattern, 'i');

/** Whether a param says where the random numbers start: `seed`, `data.np_seed`, `random_state`. */
export function isSeed(key: string): boolean {
  return seedLike.test(key);
}

/** Whether less is better, by the usual names of metrics. A guess, which can be turned around. */
export function usualDirection(field: Field): 'min' | 'max' {
  const name = fieldName(field).toLowerCase();
  return /loss|err|mse|mae|perplexity|ppl|time|latency|duration|size|flops|memory|fid|wer|cer/.test(
    name,
  )
    ? 'min'
    : 'max';
}

type Column = Output<'table.columns'>['columns'][number];

/** What the core's numbers are divided by to be seconds and MiB. */
const units: Readonly<Record<Field, number>> = {
  'run duration': 1000,
  'run cpu': 1000,
  'run memory': 2 ** 20,
};

/** A packed column as values, a place for each run. */
export function columnValues(
  { numbers, texts, places }: Pick<Column, 'numbers' | 'texts' | 'places'>,
  field: Field,
): Value[] {
  const unit = units[field] ?? 1;
  return Array.from(numbers, (number, index) => {
    const text = texts[places[index] ?? -1];
    return text ?? (Number.isNaN(number) ? null : number / unit);
  });
}

/** In place of a field: groups of runs whose params differ in their seed only. */
export const seedField = 'seed';

/** Whether a chart's option names a field, and is no direction or the like. */
export function isField(text: string): boolean {
  return /^(param|metric|tag|run) ./.test(text);
}
