import { useMemo } from 'react';
import {
  type ClientError,
  type Input,
  type RunRow,
  topics,
  useOperation,
  useOperations,
} from '../../client/index.ts';
import type { ChartSearch } from './search.ts';

/** More than a folder has. */
const mostListed = 1_000_000;
/** Runs that are drawn before any is ticked, and how many are looked at to find as many with curves. */
const newest = 10;
const lookedAt = 50;
/** Runs that the core gives in one answer. */
const perAnswer = 200;
/** Addresses hold the ids of the runs that are ticked. */
export const mostTicked = 1000;

export interface ChartRuns {
  /** Every run that matches, in order. Undefined until the first answer. */
  readonly ids: readonly string[] | undefined;
  readonly error: ClientError | null;
  readonly reload: () => void;
  /** Why the filter cannot be read. */
  readonly filterError: ClientError | null;
  /** Those that are ticked, or the first; undefined until they have come. */
  readonly drawn: readonly RunRow[] | undefined;
  /** Whether they are ticked. */
  readonly chosen: boolean;
}

const live = { topics: [topics.runs], keepPrevious: true } as const;

export function findInput(search: ChartSearch): Input<'runs.find'> {
  return { ...search, limit: mostListed };
}

/** What is asked for the runs that are drawn: those that are ticked, or the first of all. */
export function rowInputs(
  ticked: readonly string[],
  ids: readonly string[] | undefined,
): Input<'table.runs'>[] {
  const wanted = ticked.length > 0 ? ticked.slice(0, mostTicked) : (ids ?? []).slice(0, lookedAt);
  return Array.from({ length: Math.ceil(wanted.length / perAnswer) }, (_, part) => ({
    ids: wanted.slice(part * perAnswer, (part + 1) * perAnswer),
  }));
}

/** @param ticked runs that are drawn whether they match or not */
export function useRuns(search: ChartSearch, ticked: readonly string[]): ChartRuns {
  const list = useOperation('runs.find', findInput(search), live);
  const ids = list.data?.ids;
  const chosen = ticked.length > 0;
  const asked = useMemo(() => rowInputs(ticked, ids), [ticked, ids]);
  const answers = useOperations('table.runs', asked, live.topics);
  const drawn = useMemo(() => {
    if (!chosen && ids === undefined) return undefined;
    if (answers.some(({ data }) => data === undefined)) return undefined;
    const rows = answers.flatMap(({ data }) => data?.rows ?? []);
    if (chosen) return rows;
    const curved = rows.filter((run) => run.metrics.some((metric) => metric.count > 1));
    return (curved.length > 0 ? curved : rows).slice(0, newest);
  }, [chosen, ids, answers]);
  const broken = search.filter !== '' && list.error !== null;
  const failed = answers.find(({ error }) => error !== null)?.error ?? null;
  return {
    ids,
    error: broken ? null : (list.error ?? failed),
    reload: list.reload,
    filterError: broken ? list.error : null,
    drawn,
    chosen,
  };
}
