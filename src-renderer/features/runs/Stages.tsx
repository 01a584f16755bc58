import { useTranslation } from 'react-i18next';
import type { Execution } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import { LiveDuration, Size, StageBadge } from '../../ui/index.ts';
import css from './runs.module.css';

/** What became of each stage, and why. A press opens its log. */
export function Stages({ executions }: { executions: readonly Execution[] }) {
  const { t } = useTranslation('runs');
  const route = useRoute();
  const go = useGo();
  return (
    <ul className={css.stages}>
      {executions.map((execution) => (
        <li key={execution.id}>
          <button
            type="button"
            className={css.stage}
            disabled={execution.logBytes === 0}
            title={execution.command}
            onClick={() => go(to('run', route.parts, { tab: 'log', stage: execution.stage }))}
          >
            <span className={css.stageName}>{execution.stage || t('log.wholeRun')}</span>
            <StageBadge state={execution.state} />
            <span className={css.stageTime}>
              {execution.startedAt !== null && (
                <LiveDuration from={execution.startedAt} to={execution.endedAt} />
              )}
            </span>
            <span className={css.stageMemory}>
              {execution.peakMemoryBytes !== null && <Size bytes={execution.peakMemoryBytes} />}
            </span>
            <span className={css.stageReason}>{localized(execution.reason)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
