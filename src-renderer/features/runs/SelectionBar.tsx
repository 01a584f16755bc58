import { CloseButton, Menu } from '@mantine/core';
import {
  IconArrowMerge,
  IconArrowsDiff,
  IconChartLine,
  IconColumns3,
  IconCopy,
  IconFileExport,
  IconFolderSymlink,
  IconStar,
  IconTag,
  IconTrash,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunRow, topics, useOperation } from '../../client/index.ts';
import { selectRuns, to, useGo } from '../../state/index.ts';
import { Spacer } from '../../ui/index.ts';
import { ExperimentDialog } from './ExperimentDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { MergeDialog } from './MergeDialog.tsx';
import css from './runs.module.css';
import { TagDialog } from './TagDialog.tsx';
import { ToolButton } from './ToolButton.tsx';
import type { CopyFormat } from './table/copy.ts';
import { useBulk } from './use-bulk.ts';
import { useMoveRuns } from './use-move-runs.ts';

/** Runs that an address holds; as groups, more than 100 are drawn. */
const mostCharted = 200;
/** Runs that a comparison sets beside each other. */
const mostCompared = 24;
const formats = ['csv', 'markdown', 'latex'] as const;

/** What can be done with the runs that are ticked. */
export function SelectionBar({
  selected,
  rows,
  onCopy,
}: {
  selected: readonly string[];
  /** As many of the runs that are ticked as are looked at more closely. */
  rows: readonly RunRow[];
  onCopy: (ids: readonly string[], format: CopyFormat) => void;
}) {
  const { t } = useTranslation(['runs', 'table']);
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
  const sides = selected
    .slice(0, mostCompared)
    .sort((a, b) => createdAt(rows, a) - createdAt(rows, b));
  const allStarred = rows.length > 0 && rows.every((run) => run.starred);
  const close = (): void => setDialog(null);
  return (
    <section className={css.selection} aria-label={t('selected', { count: selected.length })}>
      <strong>{t('selected', { count: selected.length })}</strong>
      <ToolButton
        icon={<IconColumns3 size={14} />}
        label={t('compare')}
        disabled={selected.length < 2 || selected.length > mostCompared}
        onClick={() => go(to('compare', sides))}
      />
      <ToolButton
        icon={<IconArrowsDiff size={14} />}
        label={t('diff')}
        disabled={selected.length !== 2}
        onClick={() => go(to('diff', sides))}
      />
      <ToolButton
        icon={<IconChartLine size={14} />}
        label={t('openCharts')}
        onClick={() => go(to('charts', selected.slice(0, mostCharted)))}
      />
      <ToolButton
        icon={<IconStar size={14} />}
        label={t(allStarred ? 'bulk.unstar' : 'star')}
        onClick={() => void bulk.edit(selected, { starred: !allStarred })}
      />
      <ToolButton
        icon={<IconTag size={14} />}
        label={t('bulk.tags')}
        onClick={() => setDialog('tag')}
      />
      <Menu>
        <Menu.Target>
          <ToolButton icon={<IconFolderSymlink size={14} />} label={t('moveTo')} />
        </Menu.Target>
        <Menu.Dropdown mah={360} style={{ overflowY: 'auto' }}>
          <Menu.Item onClick={() => setDialog('name')}>{t('newExperiment')}</Menu.Item>
          <Menu.Divider />
          {(experiments.data?.experiments ?? []).map(({ id, label, name }) => (
            <Menu.Item key={id} onClick={() => void move(selected, { id, name })}>
              {label} {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <Menu>
        <Menu.Target>
          <ToolButton icon={<IconCopy size={14} />} label={t('table:copy.menu')} />
        </Menu.Target>
        <Menu.Dropdown>
          {formats.map((format) => (
            <Menu.Item key={format} onClick={() => onCopy(selected, format)}>
              {t(`table:copy.${format}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <ToolButton
        icon={<IconFileExport size={14} />}
        label={t('bulk.exportMenu')}
        disabled={rows.length === 0}
        onClick={() => setDialog('export')}
      />
      <ToolButton
        icon={<IconArrowMerge size={14} />}
        label={t('bulk.mergeMenu')}
        disabled={rows.length < 2 || rows.length < selected.length}
        onClick={() => setDialog('merge')}
      />
      <ToolButton
        icon={<IconTrash size={14} />}
        label={t('bulk.delete')}
        title={t('bulk.deleteHint')}
        onClick={() => void bulk.trash(selected)}
      />
      <Spacer />
      <CloseButton aria-label={t('clearSelection')} onClick={() => selectRuns([])} />
      {dialog === 'tag' && <TagDialog ids={selected} onClose={close} />}
      {dialog === 'export' && <ExportDialog ids={selected} runs={rows} onClose={close} />}
      {dialog === 'merge' && <MergeDialog runs={rows} onClose={close} />}
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
