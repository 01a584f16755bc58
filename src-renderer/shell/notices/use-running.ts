import { type RunCell, topics, useOperation } from '../../client/index.ts';

/**
 * The runs that are under way, the newest of them; undefined while that is not known.
 * @param count how many there are: with none, nothing is asked
 */
export function useRunning(count: number): readonly RunCell[] | undefined {
  const { data } = useOperation(
    'timeline.list',
    { kinds: ['run'], limit: 20 },
    { enabled: count > 0, topics: [topics.runs] },
  );
  if (count === 0) return none;
  return data?.cells.filter(
    (cell): cell is RunCell => cell.kind === 'run' && cell.run.status === 'RUNNING',
  );
}

const none: readonly RunCell[] = [];
