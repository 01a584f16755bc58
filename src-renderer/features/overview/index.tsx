import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { showDialog } from '../../state/index.ts';
import { Page } from '../../ui/index.ts';
import { AttentionList } from './AttentionList.tsx';
import { BestRuns } from './BestRuns.tsx';
import { Disk } from './Disk.tsx';
import { Found } from './Found.tsx';
import { Notebooks } from './Notebooks.tsx';
import css from './overview.module.css';
import { LastRuns, Running } from './Runs.tsx';

/** What a folder is about, and what to do next in it. */
export default function Overview() {
  const { t } = useTranslation('overview');
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace, topics.runs] }).data;
  return (
    <Page
      title={info?.name ?? t('title')}
      hint={
        info &&
        (['runs', 'experiments', 'commits'] as const)
          // A folder without Git has no commits to count.
          .filter((what) => what !== 'commits' || info.git !== null)
          .map((what) => t(`counts.${what}`, { count: info.counts[what] }))
          .join(' · ')
      }
      actions={
        <Button
          variant="filled"
          leftSection={<IconPlayerPlay size={14} />}
          onClick={() => showDialog({ kind: 'new-run' })}
        >
          {t('newRun')}
        </Button>
      }
    >
      <div className={css.within}>
        <div className={css.columns}>
          <div className={css.column}>
            <AttentionList />
            <Running />
            <LastRuns />
            <BestRuns />
          </div>
          <div className={css.column}>
            <Notebooks />
            <Found />
            <Disk />
          </div>
        </div>
      </div>
    </Page>
  );
}
