import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Execution, RunDetail } from '../../client/index.ts';
import { useRoute } from '../../state/index.ts';
import { LogView } from './LogView.tsx';

/** The log of one stage of a run; the one that runs or failed is shown first. */
export function LogTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation(['runs', 'common']);
  const route = useRoute();
  const asked = run.executions.find((one) => one.stage === route.query.stage)?.stage;
  const [chosen, setChosen] = useState<string | null>(null);
  const stage = chosen ?? asked ?? interesting(run.executions)?.stage ?? '';
  const execution = run.executions.find((one) => one.stage === stage);
  const name = stage === '' ? t('log.wholeRun') : stage;
  const live =
    run.status === 'SCHEDULED' ||
    (run.status === 'RUNNING' && (execution === undefined || execution.endedAt === null));
  return (
    <LogView
      key={stage}
      runId={run.id}
      stage={stage}
      name={name}
      live={live}
      foreign={run.kind === 'imported' || run.kind === 'logged'}
      picker={
        // Nobody kept what the stages of another tool's run said.
        run.executions.length > 1 &&
        run.kind !== 'imported' && (
          <NativeSelect
            aria-label={t('log.stage')}
            value={stage}
            onChange={(event) => setChosen(event.currentTarget.value)}
            data={run.executions.map((one) => ({
              value: one.stage,
              label: `${one.stage || t('log.wholeRun')} – ${t(`common:stageState.${one.state}`)}`,
            }))}
          />
        )
      }
    />
  );
}

function interesting(executions: readonly Execution[]): Execution | undefined {
  return (
    executions.find((one) => one.state === 'running') ??
    executions.find((one) => one.state === 'failed') ??
    executions.findLast((one) => one.logBytes > 0) ??
    executions[0]
  );
}
