/** What a filter names: metrics.loss, params.`my lr`, status. */
import { metricDirection } from '../../base/metrics.ts';
import { findAttribute } from './attributes.ts';
import type { Token } from './lexer.ts';
import { filterError } from './problem.ts';
import type { DatasetKey, Field, MetricSummaryName } from './types.ts';

const prefixes: Readonly<Record<string, Field['kind']>> = {
  metric: 'metric',
  metrics: 'metric',
  param: 'param',
  params: 'param',
  parameter: 'param',
  parameters: 'param',
  tag: 'tag',
  tags: 'tag',
  dataset: 'dataset',
  datasets: 'dataset',
  attribute: 'attribute',
  attributes: 'attribute',
  attr: 'attribute',
  run: 'attribute',
};

const datasetKeys: readonly string[] = ['name', 'digest', 'context'] satisfies DatasetKey[];
const summaries: readonly string[] = [
  'last',
  'min',
  'max',
  'count',
  'step',
] satisfies MetricSummaryName[];

/** The function around a metric, `min(metrics.loss)`, or null when it is no such name. */
export function findSummary(word: string): MetricSummaryName | 'best' | null {
  const name = word.toLowerCase();
  return name === 'best' || summaries.includes(name) ? (name as MetricSummaryName) : null;
}

/** What `best(…)` is of a metric: by its name; the last value where that does not tell. */
export function bestSummary(key: string): MetricSummaryName {
  const direction = metricDirection(key);
  if (direction === null) return 'last';
  return direction === 'higher' ? 'max' : 'min';
}

/** Whether a word that is followed by LIKE or IN can have been meant as a field. */
export function looksLikeField(token: Token): boolean {
  if (token.kind !== 'word' && token.kind !== 'path') return false;
  if (token.dot === -1) return findAttribute(token.text) !== null;
  return Object.hasOwn(prefixes, token.text.slice(0, token.dot).toLowerCase());
}

/**
 * @param text the whole filter, for the error's place
 * @throws CairnError `invalid`
 */
export function readField(text: string, token: Token): Field {
  if (token.kind !== 'word' && token.kind !== 'path') {
    throw filterError(
      text,
      token.from,
      'A comparison begins with a field: metrics.loss, params.lr, tags.team, status.',
    );
  }
  if (token.dot === -1) return attribute(text, token, token.text);
  const prefix = token.text.slice(0, token.dot);
  const key = token.text.slice(token.dot + 1);
  const known = prefix.toLowerCase();
  const kind = Object.hasOwn(prefixes, known) ? prefixes[known] : undefined;
  if (kind === undefined) {
    throw filterError(
      text,
      token.from,
      `There is nothing called “${prefix}”. Fields begin with metrics, params, tags, datasets or attributes.`,
    );
  }
  if (key === '') {
    throw filterError(text, token.from, `Which of the ${prefix}? Write ${prefix}.name.`);
  }
  if (kind === 'attribute') return attribute(text, token, key);
  if (kind === 'metric') return { kind, key, summary: 'last' };
  if (kind !== 'dataset') return { kind, key };
  if (!datasetKeys.includes(key)) {
    throw filterError(
      text,
      token.from,
      'Of a dataset there are the name, the digest and the context.',
    );
  }
  return { kind, key: key as DatasetKey };
}

function attribute(text: string, token: Token, key: string): Field {
  const name = findAttribute(key);
  if (name !== null) return { kind: 'attribute', name };
  throw filterError(
    text,
    token.from,
    `A run has no “${key}”. Write metrics.${key}, params.${key} or tags.${key} for what was logged under that name.`,
  );
}

/** In words, for errors. */
export function fieldName(field: Field): string {
  if (field.kind === 'attribute') return field.name;
  const name = `${field.kind}s.${field.key}`;
  return field.kind === 'metric' && field.summary !== 'last' ? `${field.summary}(${name})` : name;
}
