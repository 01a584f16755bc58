/**
 * From a test to a statement that selects the `seq` of the runs that pass it. Texts and numbers are
 * always bound, never part of a statement.
 */
import { attributeOf } from './attributes.ts';
import { summaryColumns, tagColumn } from './columns.ts';
import { foldCase } from './functions.ts';
import type { Field, Test, Value } from './types.ts';

export interface Statement {
  /** One column: runs' `seq`, not necessarily each once. */
  readonly sql: string;
  readonly params: readonly (string | number | null)[];
}

type Bind = (value: string | number | null) => string;

/**
 * @param now what a run that has not ended is as old as, epoch ms
 * @returns the statement, and whether the runs it selects are those that do not pass
 */
export function compileTest(
  field: Field,
  test: Test,
  now: number,
): { statement: Statement; complement: boolean } {
  const params: (string | number | null)[] = [];
  const bind: Bind = (value) => {
    params.push(value);
    return '?';
  };
  const complement = test.kind === 'missing' && !test.not;
  const wanted: Test = test.kind === 'missing' ? { kind: 'missing', not: true } : test;
  const sql = select(field, wanted, bind, now);
  return { statement: { sql, params }, complement };
}

function select(field: Field, test: Test, bind: Bind, now: number): string {
  switch (field.kind) {
    case 'attribute':
      return selectAttribute(field.name, test, bind, now);
    case 'metric':
      return selectMetric(field, test, bind);
    case 'param':
      return selectParam(field, test, bind);
    case 'tag':
      return selectTag(field, test, bind);
    case 'dataset':
      return selectDataset(field.key, test, bind);
  }
}

function selectAttribute(name: string, test: Test, bind: Bind, now: number): string {
  const { sql, ofExperiment, type } = attributeOf(name);
  const table =
    ofExperiment === true ? 'runs r JOIN experiments e ON e.id = r.experiment_id' : 'runs r';
  // In each place where the condition repeats it, so that the order of the bound values is kept.
  const subject = () => (sql.includes('@now') ? sql.replace('@now', () => bind(now)) : sql);
  if (test.kind === 'missing' && type === 'text') {
    return `SELECT r.seq FROM ${table} WHERE coalesce(${sql}, '') <> ''`;
  }
  return `SELECT r.seq FROM ${table} WHERE ${condition(() => `(${subject()})`, test, bind)}`;
}

function selectMetric(field: Field & { kind: 'metric' }, test: Test, bind: Bind): string {
  const named = `SELECT run FROM metric_series WHERE ${isNamed('name', field, bind)}`;
  const column = summaryColumns[field.summary];
  if (test.kind === 'missing') return `${named} AND (last IS NOT NULL OR count > 0)`;
  // NaN is NULL: greater than nothing, equal to nothing, different from everything.
  const nan = `${column} IS NULL AND count > 0`;
  if (test.kind === 'compare' && test.value.kind === 'number' && Number.isNaN(test.value.number)) {
    if (test.comparator === '=') return `${named} AND ${nan}`;
    return test.comparator === '!=' ? `${named} AND ${column} IS NOT NULL` : `${named} AND 0`;
  }
  const asked = condition(() => column, test, bind);
  const passes =
    (test.kind === 'compare' && test.comparator === '!=') ||
    ((test.kind === 'in' || test.kind === 'between') && test.not);
  return passes ? `${named} AND (${asked} OR (${nan}))` : `${named} AND ${asked}`;
}

interface Keyed {
  readonly key: string;
  readonly orEnding?: true;
}

function isNamed(column: string, { key, orEnding }: Keyed, bind: Bind): string {
  if (orEnding !== true) return `${column} = (SELECT id FROM names WHERE name = ${bind(key)})`;
  return `${column} IN (SELECT id FROM names WHERE name = ${bind(key)}
    OR substr(name, -${[...key].length + 1}) IN (${bind(`.${key}`)}, ${bind(`/${key}`)}))`;
}

/** A key of a file other than the main one is `file:key`, as it is shown. */
function selectParam(field: Keyed, test: Test, bind: Bind): string {
  const { key } = field;
  const value = () => 'value';
  const asked = () => (test.kind === 'missing' ? '1' : valueCondition(value, test, bind));
  const parts = [
    `SELECT run FROM params WHERE ${isNamed('name', field, bind)} AND file IN ('', 'params.yaml') AND ${asked()}`,
  ];
  for (let at = key.indexOf(':'); at !== -1; at = key.indexOf(':', at + 1)) {
    if (parts.length === mostColons) break;
    parts.push(
      `SELECT run FROM params WHERE ${isNamed('name', { key: key.slice(at + 1) }, bind)} AND file = ${bind(key.slice(0, at))} AND ${asked()}`,
    );
  }
  return parts.join(' UNION ALL ');
}

/** Nobody's file has more in its name. */
const mostColons = 8;

function selectTag(field: Keyed, test: Test, bind: Bind): string {
  const asked = (subject: string) =>
    test.kind === 'missing' ? '1' : valueCondition(() => subject, test, bind);
  const column = tagColumn(field.key);
  const named = (alias: string) => isNamed(`${alias}name`, field, bind);
  if (column === null) return `SELECT run FROM tags WHERE ${named('')} AND ${asked('value')}`;
  return `SELECT seq FROM runs WHERE coalesce(${column}, '') <> '' AND ${asked(column)}
    UNION ALL SELECT t.run FROM tags t JOIN runs r ON r.seq = t.run
    WHERE ${named('t.')} AND coalesce(r.${column}, '') = '' AND ${asked('t.value')}`;
}

const datasetColumns = {
  name: 'd.name',
  digest: 'd.digest',
  context: `(SELECT j.value FROM json_each(u.tags) j WHERE j.key = 'mlflow.data.context')`,
};

function selectDataset(key: keyof typeof datasetColumns, test: Test, bind: Bind): string {
  const column = datasetColumns[key];
  const asked =
    test.kind === 'missing' ? `${column} IS NOT NULL` : condition(() => column, test, bind);
  return `SELECT u.run FROM run_datasets u JOIN datasets d ON d.id = u.dataset_id WHERE ${asked}`;
}

/** Params and tags are texts; compared with a number, those that are one are compared as such. */
function valueCondition(subject: () => string, test: Test, bind: Bind): string {
  // What is no number differs from every number.
  const numeric = (asked: Test, not: boolean) => {
    const answer = condition(() => `to_number(${subject()})`, asked, bind);
    return not ? `coalesce(${answer}, 1)` : answer;
  };
  switch (test.kind) {
    case 'compare':
      if (test.value.kind === 'text') break;
      return numeric(test, test.comparator === '!=');
    case 'between':
      if (test.low.kind === 'text') break;
      return numeric(test, test.not);
    case 'in': {
      const texts = test.values.filter((value) => value.kind === 'text');
      const numbers = test.values.filter((value) => value.kind !== 'text');
      const parts: string[] = [];
      if (texts.length > 0) parts.push(condition(subject, { ...test, values: texts }, bind));
      if (numbers.length > 0) parts.push(numeric({ ...test, values: numbers }, test.not));
      return `(${parts.join(test.not ? ' AND ' : ' OR ')})`;
    }
  }
  return condition(subject, test, bind);
}

function condition(subject: () => string, test: Test, bind: Bind): string {
  switch (test.kind) {
    case 'compare':
      return compare(subject, test.comparator, test.value, bind);
    case 'like':
      return like(subject(), test, bind);
    case 'in': {
      const ranges = test.values.filter((value) => value.kind === 'time');
      const plain = test.values.flatMap((value) => (value.kind === 'time' ? [] : [scalar(value)]));
      const parts = ranges.map((range) => compare(subject, '=', range, bind));
      if (plain.length > 0) {
        parts.push(`${subject()} IN (SELECT value FROM json_each(${bind(jsonOf(plain))}))`);
      }
      const any = `(${parts.join(' OR ')})`;
      return test.not ? `NOT ${any}` : any;
    }
    case 'between': {
      const inside = `(${compare(subject, '>=', test.low, bind)} AND ${compare(subject, '<=', test.high, bind)})`;
      return test.not ? `NOT ${inside}` : inside;
    }
    case 'missing':
      return `${subject()} IS NOT NULL`;
  }
}

/** A stretch of time is a point to none of these: after it, before it, or within. */
function compare(subject: () => string, comparator: string, value: Value, bind: Bind): string {
  if (value.kind !== 'time') return `${subject()} ${comparator} ${bind(scalar(value))}`;
  switch (comparator) {
    case '>':
      return `${subject()} >= ${bind(value.before)}`;
    case '>=':
      return `${subject()} >= ${bind(value.from)}`;
    case '<':
      return `${subject()} < ${bind(value.from)}`;
    case '<=':
      return `${subject()} < ${bind(value.before)}`;
    default: {
      const inside = `(${subject()} >= ${bind(value.from)} AND ${subject()} < ${bind(value.before)})`;
      return comparator === '=' ? inside : `NOT ${inside}`;
    }
  }
}

/** JSON has no infinity, but SQLite reads 9e999 as one. */
function jsonOf(values: readonly (string | number)[]): string {
  const infinite = (value: number) => (value > 0 ? '9e999' : '-9e999');
  const written = values.map((value) =>
    value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY
      ? infinite(value)
      : JSON.stringify(value),
  );
  return `[${written.join()}]`;
}

function scalar(value: Value): string | number {
  if (value.kind === 'text') return value.text;
  return value.kind === 'number' ? value.number : value.from;
}

/** SQLite's LIKE is in any case of ASCII letters; GLOB is exact, and has wildcards of its own. */
function like(subject: string, test: Test & { kind: 'like' }, bind: Bind): string {
  const not = test.not ? 'NOT ' : '';
  if (!test.anyCase) return `${subject} ${not}GLOB ${bind(toGlob(test.pattern))}`;
  const ascii = !/[\u0080-\uffff]/.test(test.pattern);
  if (ascii) return `${subject} ${not}LIKE ${bind(test.pattern)}`;
  return `fold_case(${subject}) ${not}GLOB ${bind(toGlob(foldCase(test.pattern)))}`;
}

/** % → *, _ → ?, and GLOB's own signs as they are. */
function toGlob(pattern: string): string {
  return pattern.replace(/[*?[]/g, '[$&]').replaceAll('%', '*').replaceAll('_', '?');
}
