import { useMemo } from 'react';
import { type ClientError, type Output, topics, useOperation } from '../../client/index.ts';
import {
  type Aggregate,
  columnValues,
  type Field,
  isField,
  seedField,
  seedPattern,
  type Value,
  writeField,
} from './fields.ts';
import type { ChartSearch } from './search.ts';

/** All runs of the list, with what the charts show of them; a place each, in the list's order. */
export interface PanelRuns {
  readonly ids: readonly string[];
  /** `02.7`, and with the name behind it. */
  readonly labels: readonly string[];
  readonly named: readonly string[];
  /** What the runs have there; the same array as long as it is the same answer. */
  readonly values: (field: Field) => readonly Value[];
  /** Whether the values of a field have come. */
  readonly has: (field: Field) => boolean;
}

const live = { topics: [topics.runs], keepPrevious: true } as const;
const nothing: readonly Value[] = [];

/** @param fields what is shown: fields, and `seed` for groups of runs that differ in nothing else */
export function useColumns(
  search: ChartSearch,
  fields: readonly Field[],
  aggregate: Aggregate,
  enabled: boolean,
): {
  readonly runs: PanelRuns | undefined;
  readonly error: ClientError | null;
  readonly reload: () => void;
} {
  const written = useMemo(() => {
    const own = fields.filter(isField).map((field) => writeField(field, aggregate));
    return [...new Set(own)].sort();
  }, [fields, aggregate]);
  const answer = useOperation(
    'table.columns',
    { ...search, fields: written },
    { ...live, enabled },
  );
  const groups = useOperation(
    'table.groups',
    { ...search, by: [], seeds: seedPattern },
    { ...live, enabled: enabled && fields.includes(seedField) },
  );
  const { data } = answer;
  const alike = groups.data;
  const runs = useMemo(
    () => (data === undefined ? undefined : panelRuns(data, aggregate, alike?.groups ?? null)),
    [data, aggregate, alike],
  );
  return { runs, error: answer.error ?? groups.error, reload: answer.reload };
}

/** @param alike runs that differ in their seed only; null while that is not known */
function panelRuns(
  { ids, labels, names, columns }: Output<'table.columns'>,
  aggregate: Aggregate,
  alike: Output<'table.groups'>['groups'] | null,
): PanelRuns {
  const byField = new Map(columns.map((column) => [column.field, column]));
  const known = new Map<Field, readonly Value[]>();
  const named = labels.map((label, index) => `${label} ${names[index]}`);
  const read = (field: Field): readonly Value[] => {
    if (field === seedField) return alike === null ? nothing : groupNames(ids, named, alike);
    const column = byField.get(writeField(field, aggregate));
    return column === undefined ? nothing : columnValues(column, field);
  };
  return {
    ids,
    labels,
    named,
    has: (field) =>
      field === seedField
        ? alike !== null
        : !isField(field) || byField.has(writeField(field, aggregate)),
    values: (field) => {
      let values = known.get(field);
      if (values === undefined) {
        values = read(field);
        known.set(field, values);
      }
      return values;
    },
  };
}

/** Each run's group by the name of the group's first run. */
function groupNames(
  ids: readonly string[],
  named: readonly string[],
  groups: Output<'table.groups'>['groups'],
): Value[] {
  const nameOf = new Map(ids.map((id, index) => [id, named[index] ?? id]));
  const groupOf = new Map<string, string>();
  for (const group of groups) {
    const [first = ''] = group.ids;
    for (const id of group.ids) groupOf.set(id, nameOf.get(first) ?? first);
  }
  return ids.map((id) => groupOf.get(id) ?? null);
}
