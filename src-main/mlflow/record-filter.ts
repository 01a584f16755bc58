/**
 * MLflow's filters and orders over what there are few of: experiments, registered models and their
 * versions, logged models. Runs have the whole language, in `tracking/query`; here it is clauses
 * joined by AND, applied to records in memory.
 */
import { invalid } from './errors.ts';

/** What a record shows to a filter. Groups are `tags`, `params` and the like, by key. */
export interface Filterable {
  readonly attributes: Readonly<Record<string, string | number | null>>;
  /** A key may have several values: it passes a test that one of them passes. */
  readonly groups: Readonly<
    Record<string, Readonly<Record<string, string | number | readonly number[]>>>
  >;
}

/** The fields that a kind of record has. */
export interface FilterFields {
  /** Attributes by every name that they go by, to the name in {@link Filterable}. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Groups by every name that they go by: `{tag: 'tags', tags: 'tags'}`. */
  readonly groups: Readonly<Record<string, string>>;
}

type Field = { readonly group: string | null; readonly key: string };
type Value = string | number;

const clausePattern =
  /^\s*(?<field>(?:\w+\s*\.\s*)?(?:`[^`]+`|"[^"]+"|[\w./:-]+))\s*(?:(?<comparator>=|!=|>=|<=|>|<|\bLIKE\b|\bILIKE\b)\s*(?<value>'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s'"(),]+)|(?<list>(?:\bNOT\s+)?\bIN\b)\s*\((?<values>(?:'(?:[^']|'')*'|"(?:[^"]|"")*"|[^)'"])*)\)|(?<missing>\bIS\s+(?:NOT\s+)?NULL\b))\s*(?:AND\b|$)/i;

/**
 * @returns whether a record passes
 * @throws MlflowError for a filter that cannot be read, or names what such records do not have
 */
export function recordFilter(text: string, fields: FilterFields): (record: Filterable) => boolean {
  const tests: ((record: Filterable) => boolean)[] = [];
  for (let rest = text.trim(); rest !== ''; ) {
    const match = clausePattern.exec(rest);
    if (match?.groups === undefined) {
      throw invalid(
        `Invalid clause(s) in filter string: '${rest.slice(0, 200)}'. A clause is a field, a comparison and a value in quotes; clauses are joined by AND.`,
      );
    }
    const { field, comparator, value, list, values, missing } = match.groups;
    const target = fieldOf(field as string, fields);
    if (comparator !== undefined)
      tests.push(comparison(target, comparator, literal(value as string)));
    else if (list !== undefined) tests.push(membership(target, list, values ?? ''));
    else tests.push(presence(target, missing as string));
    rest = rest.slice(match[0].length).trim();
    if (rest === '' && /\bAND$/i.test(match[0])) throw invalid('The filter ends with AND.');
  }
  return (record) => tests.every((test) => test(record));
}

/**
 * @param clauses `name ASC`, `tags.x DESC`; most important first
 * @returns how two records are ordered; those without a value come last
 */
export function recordOrder(
  clauses: readonly string[],
  fields: FilterFields,
): (a: Filterable, b: Filterable) => number {
  const orders = clauses.map((clause) => {
    const match = /^\s*(.+?)(?:\s+(ASC|DESC))?\s*$/i.exec(clause);
    if (match === null) throw invalid(`Invalid order_by clause '${clause}'.`);
    const field = fieldOf(match[1] as string, fields);
    return { field, sign: /^desc$/i.test(match[2] ?? '') ? -1 : 1 };
  });
  return (a, b) => {
    for (const { field, sign } of orders) {
      const [x, y] = [fieldValue(a, field), fieldValue(b, field)];
      if (x === y) continue;
      if (x === null || y === null) return x === null ? 1 : -1;
      if (x !== y) return x < y ? -sign : sign;
    }
    return 0;
  };
}

function fieldOf(text: string, fields: FilterFields): Field {
  const dotted = /^(\w+)\s*\.\s*(.+)$/s.exec(text);
  const group = dotted === null ? undefined : fields.groups[(dotted[1] as string).toLowerCase()];
  if (dotted !== null && group !== undefined) return { group, key: unquoted(dotted[2] as string) };
  const isAttribute = dotted !== null && /^(attributes?|attr)$/i.test(dotted[1] as string);
  const name = unquoted(isAttribute ? (dotted[2] as string) : text);
  const key = Object.hasOwn(fields.attributes, name) ? fields.attributes[name] : undefined;
  if (key !== undefined) return { group: null, key };
  const known = [
    ...Object.keys(fields.attributes),
    ...Object.keys(fields.groups).map((g) => `${g}.<key>`),
  ];
  throw invalid(
    `Invalid attribute key '${text.slice(0, 100)}' specified. Valid keys are ${known.join(', ')}.`,
  );
}

function unquoted(text: string): string {
  return /^[`"].*[`"]$/s.test(text) ? text.slice(1, -1) : text;
}

function fieldValues(record: Filterable, { group, key }: Field): readonly Value[] {
  const values = group === null ? record.attributes : record.groups[group];
  const found = values !== undefined && Object.hasOwn(values, key) ? values[key] : null;
  if (found === null || found === undefined) return [];
  return typeof found === 'object' ? found : [found];
}

function fieldValue(record: Filterable, field: Field): Value | null {
  return fieldValues(record, field)[0] ?? null;
}

function literal(text: string): Value {
  const quote = text.charAt(0);
  if (quote === "'" || quote === '"') return text.slice(1, -1).replaceAll(quote + quote, quote);
  const number = Number(text);
  if (text !== '' && !Number.isNaN(number)) return number;
  throw invalid(`Expected a quoted string value or a number, got ${text.slice(0, 100)}.`);
}

function comparison(
  field: Field,
  comparator: string,
  value: Value,
): (record: Filterable) => boolean {
  const like = /^(i?)like$/i.exec(comparator);
  if (like !== null) {
    const pattern = likePattern(String(value), like[1] !== '');
    return (record) => fieldValues(record, field).some((found) => pattern.test(String(found)));
  }
  const passes = (found: Value) => {
    const [a, b] = typeof found === 'number' ? [found, Number(value)] : [found, String(value)];
    switch (comparator) {
      case '=':
        return a === b;
      case '!=':
        return a !== b;
      case '<':
        return a < b;
      case '<=':
        return a <= b;
      case '>':
        return a > b;
      default:
        return a >= b;
    }
  };
  // As in SQL: what is not there equals nothing, and differs from nothing.
  return (record) => fieldValues(record, field).some(passes);
}

function membership(field: Field, list: string, text: string): (record: Filterable) => boolean {
  const wanted = new Set(
    (text.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|[^\s,]+/g) ?? []).map((item) =>
      String(literal(item)),
    ),
  );
  const not = /^not/i.test(list);
  return (record) => fieldValues(record, field).some((found) => wanted.has(String(found)) !== not);
}

function presence(field: Field, test: string): (record: Filterable) => boolean {
  const wanted = /not/i.test(test);
  return (record) => (fieldValue(record, field) !== null) === wanted;
}

/** SQL's `%` and `_`. */
function likePattern(pattern: string, anyCase: boolean): RegExp {
  const source = Array.from(pattern, (char) =>
    char === '%' ? '[^]*' : char === '_' ? '[^]' : char.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'),
  ).join('');
  return new RegExp(`^${source}$`, anyCase ? 'iu' : 'u');
}
