import { Button, SegmentedControl, Switch } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Heat } from '../../charts/index.ts';
import { useOperation, useOperations } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { EmptyState, ErrorState, PathField, ProgressBar, Skeletons } from '../../ui/index.ts';
import css from './models.module.css';
import { type Checkpoint, checkpointsIn, stripOf } from './series.ts';
import { useSeries } from './use-series.ts';

/** Folders that are looked into for their model. */
const maxFolders = 200;

/** The checkpoints of a folder as a film strip. */
export function SeriesView({
  folder,
  onFolder,
}: {
  /** Empty until one was chosen. */
  readonly folder: string;
  readonly onFolder: (path: string) => void;
}) {
  const { t } = useTranslation('models');
  const [typed, setTyped] = useState(folder);
  return (
    <>
      <form
        className={css.pickers}
        data-single
        onSubmit={(event) => {
          event.preventDefault();
          onFolder(typed.trim());
        }}
      >
        <PathField
          label={t('series.folder')}
          kind="folder"
          value={typed}
          onChange={setTyped}
          placeholder={t('series.placeholder')}
        />
        <Button type="submit" variant="filled" disabled={typed.trim() === ''}>
          {t('compare')}
        </Button>
      </form>
      {folder === '' ? (
        <EmptyState icon={<IconMovie size={28} stroke={1.5} />} title={t('series.emptyTitle')}>
          {t('series.emptyText')}
        </EmptyState>
      ) : (
        <Found key={folder} folder={folder} />
      )}
    </>
  );
}

function Found({ folder }: { readonly folder: string }) {
  const { t } = useTranslation('models');
  const listing = useOperation('workspace.browse', { path: folder, showFiles: true });
  const entries = listing.data?.entries;
  const folders = (entries ?? []).filter((entry) => entry.directory).slice(0, maxFolders);
  const inside = useOperations(
    'workspace.browse',
    folders.map(({ path }) => ({ path, showFiles: true })),
    [],
  );
  const settled = inside.every(({ data, error }) => data !== undefined || error !== null);
  if (listing.error) return <ErrorState error={listing.error} onRetry={listing.reload} />;
  if (entries === undefined || !settled) return <Skeletons rows={8} />;
  const contents = new Map(
    folders.map(({ path }, at) => [path, inside[at]?.data?.entries ?? []] as const),
  );
  const checkpoints = checkpointsIn(entries, contents);
  if (checkpoints.length < 2) {
    return (
      <EmptyState title={t('series.tooFew', { count: checkpoints.length })}>
        {t('series.emptyText')}
      </EmptyState>
    );
  }
  return <FilmStrip checkpoints={checkpoints} />;
}

function FilmStrip({ checkpoints }: { readonly checkpoints: readonly Checkpoint[] }) {
  const { t } = useTranslation('models');
  const { state, stop } = useSeries(checkpoints);
  const [against, setAgainst] = useState<'first' | 'previous'>('first');
  const [log, setLog] = useState(false);
  const movements = state[against];
  const labels = useMemo(() => checkpoints.slice(1).map(({ label }) => label), [checkpoints]);
  const strip = useMemo(
    () =>
      stripOf(
        labels,
        Array.from(labels, (_, at) => movements[at] ?? null),
      ),
    [labels, movements],
  );
  // A broken checkpoint fails against both others, for the same reason.
  const problems = [...new Map(state.problems.map(({ label, error }) => [label, error.message]))];
  const reading = !state.stopped && state.done < state.total;
  return (
    <div className={css.diff}>
      <div className={css.pictures}>
        {reading && (
          <div className={css.progress}>
            <ProgressBar
              label={t('measuring')}
              report={{ phase: 'measuring', done: state.done, total: state.total, unit: 'items' }}
              onCancel={stop}
            />
          </div>
        )}
        {state.stopped && <p role="status">{t('stopped')}</p>}
        <Heat
          title={t(`series.title.${against}`)}
          rows={strip.rows}
          columns={strip.columns}
          values={strip.values}
          valueTitle={t('column.relativeL2')}
          log={log}
          tools={
            <>
              <SegmentedControl
                aria-label={t('series.against')}
                value={against}
                onChange={(value) => setAgainst(value === 'previous' ? 'previous' : 'first')}
                data={[
                  { value: 'first', label: t('series.first') },
                  { value: 'previous', label: t('series.previous') },
                ]}
              />
              <Switch
                label={t('logScale')}
                checked={log}
                onChange={(event) => setLog(event.currentTarget.checked)}
              />
            </>
          }
        />
        {problems.length > 0 && (
          <ul className={css.seriesProblems}>
            {problems.map(([label, message]) => (
              <li key={label}>
                {label}: {localized(message)}
              </li>
            ))}
          </ul>
        )}
        <p className={css.dim}>{t('series.from', { name: checkpoints[0]?.label ?? '' })}</p>
      </div>
    </div>
  );
}
