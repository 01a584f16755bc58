import { useMemo } from 'react';
import { type ClientError, type RunRow, topics, useOperation } from '../../client/index.ts';

/** Runs in the list, at most; a filter finds the others. */
const listed = 2000;
/** Runs that are drawn before any is ticked. */
const newest = 10;

export interface ChartRuns {
  /** Undefined until the first answer. */
  readonly rows: readonly RunRow[] | undefined;
  /** Runs that match the filter, of which `rows` may be the first. */
  readonly matching: number;
  readonly error: ClientError | null;
  readonly reload: () => void;
  /** Why the filter cannot be read. */
  readonly filterError: ClientError | null;
  /** Those that are ticked, or the newest. */
  readonly drawn: readonly RunRow[];
  /** Whether they are ticked. */
  readonly chosen: boolean;
}

const none: readonly RunRow[] = [];
const live = { topics: [topics.runs], keepPrevious: true } as const;

/** @param ids the runs that are ticked, which are drawn whether they match the filter or not */
export function useRuns(filter: string, ids: readonly string[]): ChartRuns {
  const list = useOperation('runs.list', { filter, limit: listed }, live);
  const missing = useMissing(list.data?.rows, ids);
  const rows = list.data?.rows;
  const drawn = useMemo(() => {
    const known = [...(rows ?? none), ...missing];
    if (ids.length > 0) {
      const byId = new Map(known.map((run) => [run.id, run]));
      return ids.flatMap((id) => byId.get(id) ?? []);
    }
    const curved = known.filter((run) => run.metrics.some((metric) => metric.count > 1));
    return (curved.length > 0 ? curved : known).slice(0, newest);
  }, [rows, missing, ids]);
  const broken = filter !== '' && list.error !== null;
  return {
    rows,
    matching: list.data?.matching ?? 0,
    error: broken ? null : list.error,
    reload: list.reload,
    filterError: broken ? list.error : null,
    drawn,
    chosen: ids.length > 0,
  };
}

/** Ticked runs that the filter leaves out. */
function useMissing(
  rows: readonly RunRow[] | undefined,
  ids: readonly string[],
): readonly RunRow[] {
  const missing = useMemo(() => {
    if (rows === undefined) return [];
    const known = new Set(rows.map((run) => run.id));
    return ids.filter((id) => !known.has(id));
  }, [rows, ids]);
  const found = useOperation(
    'runs.list',
    { filter: `id IN (${missing.map((id) => `'${id}'`).join(', ')})` },
    { topics: [topics.runs], enabled: missing.length > 0 },
  );
  return missing.length > 0 ? (found.data?.rows ?? none) : none;
}
