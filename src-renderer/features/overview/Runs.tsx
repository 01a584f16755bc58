import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type RunRow, topics, useOperation } from '../../client/index.ts';
import { filterRuns, to, useGo } from '../../state/index.ts';
import { LiveDuration, RelativeTime, RunLabel, Skeletons, StatusBadge } from '../../ui/index.ts';
import css from './overview.module.css';
import { Line, Panel } from './Panel.tsx';

const shown = 8;
export const lastRuns = { orderBy: 'created DESC', limit: 40 } as const;

/** What is running now; nothing when nothing is. */
export function Running() {
  const { t } = useTranslation('overview');
  const filter = 'status IN ("RUNNING", "SCHEDULED")';
  const query = useOperation(
    'runs.list',
    { filter, orderBy: 'created DESC', limit: 20 },
    { topics: [topics.runs] },
  );
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Panel title={t('running', { count: rows.length })}>
      <RunLines runs={rows} tab="log" />
    </Panel>
  );
}

/** The runs that were started last. */
export function LastRuns() {
  const { t } = useTranslation('overview');
  const go = useGo();
  const query = useOperation('runs.list', lastRuns, { topics: [topics.runs] });
  const rows = query.data?.rows ?? [];
  return (
    <Panel
      title={t('lastRuns')}
      actions={
        <Button
          variant="subtle"
          onClick={() => {
            filterRuns({ text: '', experimentId: null });
            go(to('runs'));
          }}
        >
          {t('allRuns')}
        </Button>
      }
    >
      {query.loading ? (
        <Skeletons rows={4} />
      ) : rows.length === 0 ? (
        <p className={css.empty}>{t('noRuns')}</p>
      ) : (
        <RunLines runs={rows.slice(0, shown)} />
      )}
    </Panel>
  );
}

function RunLines({ runs, tab }: { runs: readonly RunRow[]; tab?: string }) {
  const go = useGo();
  return (
    <ul className={css.lines}>
      {runs.map((run) => (
        <Line
          key={run.id}
          onOpen={() => go(to('run', [run.id], { tab }))}
          main={<RunLabel label={run.label} name={run.name} />}
          aside={
            <>
              <StatusBadge status={run.status} />
              <span className={css.time}>
                {run.endedAt === null ? (
                  <LiveDuration from={run.startedAt} to={null} />
                ) : (
                  <RelativeTime at={run.endedAt} />
                )}
              </span>
            </>
          }
        />
      ))}
    </ul>
  );
}
