import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Output, topics, useCall, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo } from '../../state/index.ts';
import { formatSize, notify, notifyError, notifyUndo, useCommand } from '../../ui/index.ts';
import css from './tidy.module.css';

type Previewed = Output<'tidy.preview'>;

const reasons = ['running', 'starred', 'registered', 'bundled'] as const;
const named = 5;

/** What a filter would sweep now: how many runs, how many bytes, and which are left alone. */
export function Preview({ filter, sweepable = false }: { filter: string; sweepable?: boolean }) {
  const { t } = useTranslation('tidy');
  const preview = useOperation(
    'tidy.preview',
    { filter },
    { topics: [topics.runs], keepPrevious: true, enabled: filter.trim() !== '' },
  );
  const measured = useOperation(
    'tidy.measure',
    { filter },
    { topics: [topics.runs], enabled: (preview.data?.count ?? 0) > 0 },
  );
  if (filter.trim() === '') return <p className={css.dim}>{t('needsFilter')}</p>;
  if (preview.error !== null) {
    return <p className={css.dim}>{localized(preview.error.message)}</p>;
  }
  const { data } = preview;
  if (data === undefined) return <p className={css.dim}>{t('counting')}</p>;
  const wouldSweep = (count: number): string =>
    measured.data === undefined
      ? t('count', { count })
      : t('wouldSweep', { count, size: formatSize(measured.data.bytes) });
  return (
    <div className={css.preview}>
      <p role="status">
        <strong>{data.count === 0 ? t('nothingToSweep') : wouldSweep(data.count)}</strong>
        <Kept kept={data.kept} />
      </p>
      {data.rows.length > 0 && <Names data={data} />}
      {sweepable && data.count > 0 && <Sweep filter={filter} count={data.count} />}
    </div>
  );
}

function Kept({ kept }: { kept: Previewed['kept'] }) {
  const { t } = useTranslation('tidy');
  if (kept.length === 0) return null;
  const parts = reasons
    .map((why) => [why, kept.filter((run) => run.why === why).length] as const)
    .filter(([, count]) => count > 0)
    .map(([why, count]) => t(`kept.${why}`, { count }));
  return <span className={css.dim}> · {t('leftAlone', { parts: parts.join(t('comma')) })}</span>;
}

function Names({ data }: { data: Previewed }) {
  const { t } = useTranslation('tidy');
  const go = useGo();
  const more = data.count - Math.min(named, data.rows.length);
  return (
    <ul className={css.names}>
      {data.rows.slice(0, named).map((run) => (
        <li key={run.id}>
          <Button variant="subtle" size="compact-xs" onClick={() => go(to('run', [run.id]))}>
            {run.label} {run.name}
          </Button>
        </li>
      ))}
      {more > 0 && <li className={css.dim}>{t('andMore', { count: more })}</li>}
    </ul>
  );
}

function Sweep({ filter, count }: { filter: string; count: number }) {
  const { t } = useTranslation('tidy');
  const sweep = useCommand('tidy.sweep');
  const call = useCall();
  const act = async (): Promise<void> => {
    const done = await sweep.run({ filter });
    if (done === null) return;
    if (done.moved.length === 0) return notify(t('nothingToSweep'));
    notifyUndo(t('swept', { count: done.moved.length }), () => {
      call('trash.restore', { ids: done.moved }).catch(notifyError);
    });
  };
  return (
    <Button loading={sweep.busy} onClick={() => void act()}>
      {t('sweep', { count })}
    </Button>
  );
}
