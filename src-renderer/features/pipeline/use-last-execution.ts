import { useEffect, useState } from 'react';
import {
  type Execution,
  type RunDetail,
  topics,
  useCall,
  useOperation,
} from '../../client/index.ts';

export interface LastExecution {
  readonly run: Pick<RunDetail, 'id' | 'label' | 'name'>;
  readonly execution: Execution;
}

/** Runs further back than this are looked up on their own page. */
const lookBack = 8;

/** The newest run that really ran a stage; null when there is none, undefined while looking. */
export function useLastExecution(stage: string): LastExecution | null | undefined {
  const call = useCall();
  const runs = useOperation('runs.list', {}, { topics: [topics.runs] });
  const [found, setFound] = useState<LastExecution | null | undefined>(undefined);
  const rows = runs.data?.rows;
  useEffect(() => {
    if (rows === undefined) return;
    const abort = new AbortController();
    const candidates = rows
      .filter((run) => run.kind === 'pipeline' || run.kind === 'stage')
      .toSorted((a, b) => b.createdAt - a.createdAt)
      .slice(0, lookBack);
    const look = async (): Promise<LastExecution | null> => {
      for (const { id } of candidates) {
        const run = await call('runs.get', { id }, { signal: abort.signal });
        const execution = run.executions.find(
          (one) => one.stage === stage && one.startedAt !== null && one.state !== 'cached',
        );
        if (execution !== undefined) return { run, execution };
      }
      return null;
    };
    setFound(undefined);
    look().then(
      (last) => !abort.signal.aborted && setFound(last),
      // Without it, the stage is shown without its last run.
      () => !abort.signal.aborted && setFound(null),
    );
    return () => abort.abort();
  }, [call, rows, stage]);
  return found;
}
