import { Button, Select } from '@mantine/core';
import { IconBoxSeam } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Output, type Progress, topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  confirm,
  EmptyState,
  ErrorState,
  formatSize,
  PathField,
  ProgressBar,
  QueryView,
  useTask,
} from '../../ui/index.ts';
import css from './bundles.module.css';
import { Contents } from './Contents.tsx';
import { itemsOf, totalsOf } from './contents.ts';
import { WrittenBundle } from './WrittenBundle.tsx';

/** Picks a run, shows what will go into its bundle, and writes it. */
export function ExportTab({
  runId,
  onRun,
  onVerify,
}: {
  readonly runId: string | null;
  readonly onRun: (runId: string) => void;
  readonly onVerify: (file: string) => void;
}) {
  const { t } = useTranslation('bundles');
  const runs = useOperation('runs.list', {}, { topics: [topics.runs] });
  const rows = runs.data?.rows ?? [];
  // What another tool ran cannot be run again from here.
  const isForeign = ({ kind }: { kind: string }) => kind === 'imported' || kind === 'logged';
  const ended = rows
    .filter((run) => run.status !== 'RUNNING' && run.status !== 'SCHEDULED' && !isForeign(run))
    .toSorted((a, b) => b.createdAt - a.createdAt);
  const picked = runId ?? ended[0]?.id ?? null;
  if (runs.error !== null && runs.data === undefined) {
    return <ErrorState error={runs.error} onRetry={runs.reload} />;
  }
  const asked = rows.find((run) => run.id === runId);
  if (runs.data !== undefined && ended.length === 0 && asked === undefined) {
    return (
      <EmptyState icon={<IconBoxSeam size={28} stroke={1.5} />} title={t('noRuns')}>
        {t('noRunsText')}
      </EmptyState>
    );
  }
  return (
    <div className={css.scroll}>
      <div className={css.column}>
        <Select
          label={t('run')}
          className={css.runPick}
          searchable
          allowDeselect={false}
          value={picked}
          nothingFoundMessage={t('noRunFound')}
          limit={200}
          data={(asked === undefined || ended.includes(asked) ? ended : [asked, ...ended]).map(
            (run) => ({ value: run.id, label: `${run.label} ${run.name}` }),
          )}
          onChange={(id) => id !== null && onRun(id)}
        />
        {asked !== undefined && isForeign(asked) ? (
          <EmptyState icon={<IconBoxSeam size={28} stroke={1.5} />} title={t('foreign')}>
            {t('foreignText')}
          </EmptyState>
        ) : (
          picked !== null && <ExportRun key={picked} runId={picked} onVerify={onVerify} />
        )}
      </div>
    </div>
  );
}

function ExportRun({ runId, onVerify }: { runId: string; onVerify: (file: string) => void }) {
  const preview = useOperation('bundles.preview', { runId }, { topics: [topics.runs] });
  return (
    <QueryView query={preview}>
      {(data) => <ExportForm runId={runId} preview={data} onVerify={onVerify} />}
    </QueryView>
  );
}

function ExportForm({
  runId,
  preview,
  onVerify,
}: {
  runId: string;
  preview: Output<'bundles.preview'>;
  onVerify: (file: string) => void;
}) {
  const { t } = useTranslation('bundles');
  const [leaveOut, setLeaveOut] = useState<ReadonlySet<string>>(new Set());
  const [path, setPath] = useState(preview.suggestedName);
  const [progress, setProgress] = useState<Progress | null>(null);
  const task = useTask('bundles.export', setProgress);
  const items = useMemo(() => itemsOf(preview.files), [preview.files]);
  const totals = totalsOf(items, leaveOut);
  const write = async (overwrite: boolean): Promise<void> => {
    setProgress(null);
    await task.run({ runId, output: path.trim(), leaveOut: [...leaveOut], overwrite });
  };
  const replace = async (): Promise<void> => {
    const agreed = await confirm({
      title: t('replaceTitle'),
      body: t('replaceText', { path }),
      action: t('replace'),
    });
    if (agreed) await write(true);
  };
  const exists = task.error?.code === 'exists';
  return (
    <>
      <Contents items={items} leaveOut={leaveOut} onLeaveOut={setLeaveOut} />
      <form
        className={css.writeBar}
        onSubmit={(event) => {
          event.preventDefault();
          void write(false);
        }}
      >
        <p className={css.totals}>
          {t('totals', { count: totals.files, size: formatSize(totals.bytes) })}
          {totals.omitted > 0 && (
            <span className={css.dim}>
              {' '}
              {t('totalsOmitted', {
                count: totals.omitted,
                size: formatSize(totals.omittedBytes),
              })}
            </span>
          )}
        </p>
        <div className={css.writeRow}>
          <div className={css.grow}>
            <PathField
              label={t('target')}
              kind="save"
              suggestedName={preview.suggestedName}
              value={path}
              onChange={setPath}
              error={exists && task.error !== null ? localized(task.error.message) : null}
            />
          </div>
          {exists && <Button onClick={() => void replace()}>{t('replace')}</Button>}
          <Button
            type="submit"
            variant="filled"
            disabled={path.trim() === ''}
            loading={task.status === 'running'}
          >
            {t('write')}
          </Button>
        </div>
        {task.status === 'running' && (
          <ProgressBar label={t('writing')} report={progress} onCancel={task.stop} />
        )}
        {task.status === 'stopped' && <p className={css.dim}>{t('writeStopped')}</p>}
      </form>
      {task.error !== null && !exists && <ErrorState error={task.error} />}
      {task.result !== null && (
        <WrittenBundle
          result={task.result}
          onVerify={() => task.result && onVerify(task.result.path)}
        />
      )}
    </>
  );
}
