import { useMemo } from 'react';
import { type ExecutionState, type RunDetail, topics, useOperation } from '../../client/index.ts';

const none: ReadonlyMap<string, ExecutionState> = new Map();

/** The pipeline run that is under way, if any, and the state of each of its stages. */
export function useLiveRun(): {
  readonly run: RunDetail | null;
  readonly stages: ReadonlyMap<string, ExecutionState>;
} {
  const runs = useOperation('runs.list', {}, { topics: [topics.runs] });
  const live = runs.data?.rows.find(
    (run) => run.status === 'RUNNING' && (run.kind === 'pipeline' || run.kind === 'stage'),
  );
  const detail = useOperation(
    'runs.get',
    { id: live?.id ?? '' },
    { topics: [topics.runs], enabled: live !== undefined },
  );
  const run = live === undefined ? null : (detail.data ?? null);
  const stages = useMemo(
    () =>
      run === null
        ? none
        : new Map(run.executions.map((execution) => [execution.stage, execution.state])),
    [run],
  );
  return { run, stages };
}
