import { Button, CloseButton, Menu } from '@mantine/core';
import { IconArrowsDiff, IconColumns3, IconFolderSymlink, IconStar } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunRow, topics, useCall, useOperation } from '../../client/index.ts';
import { selectRuns, to, useGo, useSelection } from '../../state/index.ts';
import { notifyError, Spacer } from '../../ui/index.ts';
import { ExperimentDialog } from './ExperimentDialog.tsx';
import css from './runs.module.css';
import { useMoveRuns } from './use-move-runs.ts';

/** What can be done with the runs that are ticked. */
export function SelectionBar({ rows }: { rows: readonly RunRow[] }) {
  const { t } = useTranslation('runs');
  const selected = useSelection((state) => state.runIds);
  const go = useGo();
  const call = useCall();
  const move = useMoveRuns();
  const [naming, setNaming] = useState(false);
  const experiments = useOperation(
    'experiments.list',
    {},
    { topics: [topics.runs], enabled: selected.length > 0 },
  );
  if (selected.length === 0) return null;
  // The older run stands on the left.
  const pair = selected.slice(0, 2).sort((a, b) => createdAt(rows, a) - createdAt(rows, b));
  const star = async (): Promise<void> => {
    try {
      await Promise.all(selected.map((id) => call('runs.update', { id, starred: true })));
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <section className={css.selection} aria-label={t('selected', { count: selected.length })}>
      <strong>{t('selected', { count: selected.length })}</strong>
      <Button
        leftSection={<IconColumns3 size={14} />}
        disabled={selected.length !== 2}
        onClick={() => go(to('compare', pair))}
      >
        {t('compare')}
      </Button>
      <Button
        leftSection={<IconArrowsDiff size={14} />}
        disabled={selected.length !== 2}
        onClick={() => go(to('diff', pair))}
      >
        {t('diff')}
      </Button>
      <Button leftSection={<IconStar size={14} />} onClick={() => void star()}>
        {t('star')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button leftSection={<IconFolderSymlink size={14} />}>{t('moveTo')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setNaming(true)}>{t('newExperiment')}</Menu.Item>
          <Menu.Divider />
          {(experiments.data?.experiments ?? []).map(({ id, label, name }) => (
            <Menu.Item key={id} onClick={() => void move(selected, { id, name })}>
              {label} {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Spacer />
      <CloseButton aria-label={t('clearSelection')} onClick={() => selectRuns([])} />
      {naming && (
        <ExperimentDialog
          onClose={() => setNaming(false)}
          onCreated={(experiment) => void move(selected, experiment)}
        />
      )}
    </section>
  );
}

function createdAt(rows: readonly RunRow[], id: string): number {
  return rows.find((run) => run.id === id)?.createdAt ?? 0;
}
