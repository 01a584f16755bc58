/** From what runs are ordered by to parts of a statement. */
import type { OrderTerm, Walk } from '../../store/run-search.ts';
import { attributeOf } from './attributes.ts';
import { summaryColumns, tagColumn } from './columns.ts';
import type { OrderBy } from './types.ts';

const nameId = '(SELECT id FROM names WHERE name = ?)';

/**
 * Values first, then NaN, then the runs without any, whichever way the values go: as MLflow has it.
 * @param alias a name for what the term adds, different for each
 * @param now what a run that has not ended is as old as, epoch ms
 */
export function orderTerm(order: OrderBy, alias: string, now: number): OrderTerm {
  const { field } = order;
  const direction = order.descending ? 'DESC' : 'ASC';
  if (field.kind === 'metric') {
    const value = `${alias}.${summaryColumns[field.summary]}`;
    const group = `CASE WHEN ${value} IS NOT NULL THEN 0 WHEN ${alias}.count > 0 THEN 1 ELSE 2 END`;
    return {
      columns: [],
      columnParams: [],
      join: `LEFT JOIN metric_series ${alias} ON ${alias}.run = r.seq AND ${alias}.name = ${nameId}`,
      joinParams: [field.key],
      by: [group, `${value} ${direction}`],
    };
  }
  if (field.kind === 'attribute') {
    const { sql, ofExperiment } = attributeOf(field.name);
    const value = sql.replace(/\be\./g, `${alias}e.`).replace('@now', String(Math.trunc(now)));
    return {
      columns: [`${value} AS ${alias}`],
      columnParams: [],
      join:
        ofExperiment === true ? `JOIN experiments ${alias}e ON ${alias}e.id = r.experiment_id` : '',
      joinParams: [],
      by: [`${alias} IS NULL`, `${alias} ${direction}`],
    };
  }
  const [value, ...params] = field.kind === 'param' ? paramValue(field.key) : tagValue(field.key);
  const numbers = order.numbers;
  return {
    columns: [`${value} AS ${alias}`, ...(numbers ? [`to_number(${value}) AS ${alias}n`] : [])],
    columnParams: numbers ? [...params, ...params] : params,
    join: '',
    joinParams: [],
    by: [
      `${alias} IS NULL`,
      ...(numbers ? [`${alias}n IS NULL`, `${alias}n ${direction}`] : []),
      `${alias} ${direction}`,
    ],
  };
}

/** What was logged wins over what stands in the main file; other files are named, `file:key`. */
function paramValue(key: string): [string, ...string[]] {
  const plain = `SELECT p.value FROM params p WHERE p.run = r.seq AND p.name = ${nameId}`;
  const main = `(${plain} AND p.file IN ('', 'params.yaml') ORDER BY p.file LIMIT 1)`;
  const colon = key.indexOf(':');
  if (colon === -1) return [main, key];
  const other = `(${plain} AND p.file = ?)`;
  return [`coalesce(${main}, ${other})`, key, key.slice(colon + 1), key.slice(0, colon)];
}

function tagValue(key: string): [string, ...string[]] {
  const stored = `(SELECT t.value FROM tags t WHERE t.run = r.seq AND t.name = ${nameId})`;
  const column = tagColumn(key);
  if (column === null) return [stored, key];
  return [`coalesce(nullif(r.${column}, ''), ${stored})`, key];
}

/**
 * An index that has the runs in the order of the first term, or null.
 * @param first undefined is the order that runs have without one
 */
export function orderWalk(first: OrderBy | undefined): Walk | null {
  const descending = first === undefined || first.descending;
  const field = first?.field ?? { kind: 'attribute', name: 'start_time' };
  if (field.kind === 'metric' && field.summary === 'last') {
    return {
      from: 'metric_series w INDEXED BY metric_series_last',
      where: `w.name = ${nameId} AND w.last IS NOT NULL`,
      params: [field.key],
      seq: 'w.run',
      value: 'w.last',
      descending,
    };
  }
  // As texts only, and what was logged only: a run may have both, and its other value comes elsewhere.
  if (field.kind === 'param' && first?.numbers === false && !field.key.includes(':')) {
    return {
      from: 'params w INDEXED BY params_value',
      where: `w.name = ${nameId} AND (w.file = '' OR (w.file = 'params.yaml' AND NOT EXISTS (
        SELECT 1 FROM params l WHERE l.run = w.run AND l.name = w.name AND l.file = '')))`,
      params: [field.key],
      seq: 'w.run',
      value: 'w.value',
      descending,
    };
  }
  if (field.kind !== 'attribute') return null;
  const indexed = { start_time: 'runs_started', run_name: 'runs_name' };
  const name = field.name as keyof typeof indexed;
  if (!Object.hasOwn(indexed, name)) return null;
  return {
    from: `runs w INDEXED BY ${indexed[name]}`,
    where: '1',
    params: [],
    seq: 'w.seq',
    value: name === 'run_name' ? 'w.name' : 'coalesce(w.started_at, w.created_at)',
    descending,
  };
}
