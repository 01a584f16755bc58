import { Button, CloseButton, Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconArrowsDiff,
  IconChartLine,
  IconColumns3,
  IconFileExport,
  IconFolderSymlink,
  IconStar,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunRow, topics, useOperation } from '../../client/index.ts';
import { selectRuns, to, useGo, useSelection } from '../../state/index.ts';
import { Spacer } from '../../ui/index.ts';
import { ExperimentDialog } from './ExperimentDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import css from './runs.module.css';
import { TagDialog } from './TagDialog.tsx';
import { useBulk } from './use-bulk.ts';
import { useMoveRuns } from './use-move-runs.ts';

/** What can be done with the runs that are ticked. */
export function SelectionBar({ rows }: { rows: readonly RunRow[] }) {
  const { t } = useTranslation('runs');
  const selected = useSelection((state) => state.runIds);
  const go = useGo();
  const bulk = useBulk();
  const move = useMoveRuns();
  const [dialog, setDialog] = useState<'name' | 'tag' | 'export' | 'merge' | null>(null);
  const experiments = useOperation(
    'experiments.list',
    {},
    { topics: [topics.runs], enabled: selected.length > 0 },
  );
  if (selected.length === 0) return null;
  // The older run stands on the left.
  const pair = selected.slice(0, 2).sort((a, b) => createdAt(rows, a) - createdAt(rows, b));
  const runs = rows.filter((run) => selected.includes(run.id));
  const allStarred = runs.length > 0 && runs.every((run) => run.starred);
  const close = (): void => setDialog(null);
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
      <Button leftSection={<IconChartLine size={14} />} onClick={() => go(to('charts', selected))}>
        {t('charts')}
      </Button>
      <Button
        leftSection={<IconStar size={14} />}
        onClick={() => void bulk.edit(selected, { starred: !allStarred })}
      >
        {t(allStarred ? 'bulk.unstar' : 'star')}
      </Button>
      <Button leftSection={<IconTag size={14} />} onClick={() => setDialog('tag')}>
        {t('bulk.tags')}
      </Button>
      <Menu>
        <Menu.Target>
          <Button leftSection={<IconFolderSymlink size={14} />}>{t('moveTo')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => setDialog('name')}>{t('newExperiment')}</Menu.Item>
          <Menu.Divider />
          {(experiments.data?.experiments ?? []).map(({ id, label, name }) => (
            <Menu.Item key={id} onClick={() => void move(selected, { id, name })}>
              {label} {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Button
        leftSection={<IconFileExport size={14} />}
        disabled={runs.length === 0}
        onClick={() => setDialog('export')}
      >
        {t('bulk.exportMenu')}
      </Button>
      <Button
        leftSection={<IconArrowMerge size={14} />}
        disabled={runs.length < 2}
        onClick={() => setDialog('merge')}
      >
        {t('bulk.mergeMenu')}
      </Button>
      <Button
        leftSection={<IconTrash size={14} />}
        title={t('bulk.deleteHint')}
        onClick={() => void bulk.trash(selected)}
      >
        {t('bulk.delete')}
      </Button>
      <Spacer />
      <CloseButton aria-label={t('clearSelection')} onClick={() => selectRuns([])} />
      {dialog === 'tag' && <TagDialog ids={selected} onClose={close} />}
      {dialog === 'export' && <ExportDialog runs={runs} onClose={close} />}
      {dialog === 'merge' && <MergeDialog runs={runs} onClose={close} />}
      {dialog === 'name' && (
        <ExperimentDialog
          onClose={close}
          onCreated={(experiment) => void move(selected, experiment)}
        />
      )}
    </section>
  );
}

function createdAt(rows: readonly RunRow[], id: string): number {
  return rows.find((run) => run.id === id)?.createdAt ?? 0;
}
