import { ActionIcon, Button, Menu, TextInput } from '@mantine/core';
import {
  IconBoxSeam,
  IconColumns3,
  IconDots,
  IconPlayerStop,
  IconReload,
  IconStar,
  IconStarFilled,
} from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useOperation } from '../../client/index.ts';
import { formatRoute, showDialog, to } from '../../state/index.ts';
import {
  CopyMenuItem,
  LiveDuration,
  MiddleEllipsis,
  RelativeTime,
  RunMark,
  RunStatusBadge,
  useCommand,
  useFocusBack,
  useOpenShell,
  useRunActions,
  useSilence,
} from '../../ui/index.ts';
import css from './runs.module.css';
import { useMoveRuns } from './use-move-runs.ts';

/** The name of a run, how it stands, and what can be done with it. */
export function RunHeader({ run }: { run: RunDetail }) {
  const { t } = useTranslation(['runs', 'common', 'runPage']);
  const openShell = useOpenShell();
  const actions = useRunActions();
  const move = useMoveRuns();
  const experiments = useOperation('experiments.list', {}, { topics: [topics.runs] });
  const [renaming, setRenaming] = useState(false);
  const nameButton = useFocusBack(renaming);
  // What a client opened has no process that could be stopped or started from here.
  const isForeign = run.kind === 'imported' || run.kind === 'logged';
  const goesOn = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  const silentSince = useSilence(run);
  const canMark = goesOn && (run.kind === 'logged' || (isForeign && silentSince !== null));
  const star = run.starred ? t('common:actions.unstar') : t('common:actions.star');
  return (
    <header className={css.runHeader}>
      <div className={css.runTitle}>
        <RunMark label={run.label} size={14} />
        <h1>
          <span className={css.runNumber}>{run.label}</span>{' '}
          {renaming ? (
            <RenameRun run={run} onClose={() => setRenaming(false)} />
          ) : (
            <button
              type="button"
              className={css.runName}
              title={`${run.name}\n${t('page.rename')}`}
              ref={nameButton}
              onClick={() => setRenaming(true)}
            >
              {run.name}
            </button>
          )}
        </h1>
        <ActionIcon aria-label={star} title={star} onClick={() => actions.star(run)}>
          {run.starred ? (
            <IconStarFilled size={16} className={css.star} />
          ) : (
            <IconStar size={16} stroke={1.6} />
          )}
        </ActionIcon>
      </div>
      <div className={css.runMeta}>
        <RunStatusBadge run={run} />
        <LiveDuration from={run.startedAt} to={run.endedAt} />
        <RelativeTime at={run.startedAt ?? run.createdAt} />
        {run.notebook !== null && (
          <a href={`#${formatRoute(to('notebooks', [run.notebook]))}`} title={run.notebook}>
            <MiddleEllipsis text={run.notebook} max={40} mono />
          </a>
        )}
      </div>
      <div className={css.runActions}>
        {goesOn && !isForeign && (
          <Button
            color="red"
            leftSection={<IconPlayerStop size={14} />}
            onClick={() => actions.stop(run)}
          >
            {t('common:actions.stop')}
          </Button>
        )}
        {canMark && (
          <Button
            leftSection={<IconPlayerStop size={14} />}
            title={t('common:actions.markEndedHint')}
            onClick={() => actions.markEnded(run)}
          >
            {t('common:actions.markEnded')}
          </Button>
        )}
        {!isForeign && (
          <Button leftSection={<IconReload size={14} />} onClick={() => actions.again(run)}>
            {t('common:actions.runAgain')}
          </Button>
        )}
        {run.previousId !== null && (
          <Button leftSection={<IconColumns3 size={14} />} onClick={() => actions.compare(run)}>
            {t('common:actions.compareWithPrevious')}
          </Button>
        )}
        {!isForeign && (
          <Button leftSection={<IconBoxSeam size={14} />} onClick={() => actions.export(run)}>
            {t('common:actions.export')}
          </Button>
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="default" aria-label={t('common:moreActions')}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {!isForeign && (
              <Menu.Item onClick={() => showDialog({ kind: 'new-run', from: run.id })}>
                {t('new.againWith')}
              </Menu.Item>
            )}
            <Menu.Item onClick={() => setRenaming(true)}>{t('page.rename')}</Menu.Item>
            {run.previousId !== null && (
              <Menu.Item onClick={() => actions.diff(run)}>
                {t('common:actions.diffWithPrevious')}
              </Menu.Item>
            )}
            <CopyMenuItem text={run.label}>{t('common:actions.copyLabel')}</CopyMenuItem>
            <CopyMenuItem text={run.command}>{t('common:actions.copyCommand')}</CopyMenuItem>
            <Menu.Divider />
            <Menu.Item onClick={() => openShell(run.id)}>{t('runPage:shell.here')}</Menu.Item>
            {run.codeCommit != null && (
              <Menu.Item onClick={() => openShell(run.id, true)}>
                {t('runPage:shell.code')}
              </Menu.Item>
            )}
            <Menu.Divider />
            <Menu.Label>{t('moveTo')}</Menu.Label>
            {(experiments.data?.experiments ?? [])
              .filter((experiment) => experiment.id !== run.experimentId)
              .map((experiment) => (
                <Menu.Item key={experiment.id} onClick={() => void move([run.id], experiment)}>
                  {experiment.label} {experiment.name}
                </Menu.Item>
              ))}
          </Menu.Dropdown>
        </Menu>
      </div>
    </header>
  );
}

function RenameRun({ run, onClose }: { run: RunDetail; onClose: () => void }) {
  const { t } = useTranslation('runs');
  const [name, setName] = useState(run.name);
  const update = useCommand('runs.update');
  const save = async (): Promise<void> => {
    const next = name.trim();
    if (
      next === '' ||
      next === run.name ||
      (await update.run({ id: run.id, name: next })) !== null
    ) {
      onClose();
    }
  };
  return (
    <form
      className={css.rename}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TextInput
        aria-label={t('page.name')}
        value={name}
        maxLength={500}
        autoFocus
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={() => void save()}
        onKeyDown={(event) => event.key === 'Escape' && onClose()}
      />
    </form>
  );
}
