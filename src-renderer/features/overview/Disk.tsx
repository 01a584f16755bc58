import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import {
  confirm,
  ErrorState,
  formatSize,
  notify,
  notifyError,
  ProgressBar,
  RunLabel,
  Size,
} from '../../ui/index.ts';
import css from './overview.module.css';
import { Line, Panel } from './Panel.tsx';

/** Where the disk went. Measured when somebody asks: a cache may hold a million files. */
export function Disk() {
  const { t } = useTranslation('overview');
  const go = useGo();
  const [asked, setAsked] = useState(false);
  const query = useOperation('disk.usage', {}, { enabled: asked });
  const { data } = query;
  const most = Math.max(1, ...(data?.places ?? []).map((place) => place.bytes));
  return (
    <Panel
      title={t('disk.title')}
      actions={
        asked ? (
          <Button variant="subtle" onClick={() => go(to('tidy'))}>
            {t('disk.tidy')}
          </Button>
        ) : (
          <Button onClick={() => setAsked(true)}>{t('disk.measure')}</Button>
        )
      }
    >
      {!asked ? (
        <p className={css.empty}>{t('disk.about')}</p>
      ) : query.error !== null && data === undefined ? (
        <ErrorState error={query.error} onRetry={query.reload} />
      ) : data === undefined ? (
        <ProgressBar
          label={t('disk.measuring')}
          report={query.item}
          onCancel={() => setAsked(false)}
        />
      ) : (
        <>
          <ul className={css.lines}>
            {data.places
              .toSorted((a, b) => b.bytes - a.bytes)
              .map((place) => (
                <li key={place.path + place.what} className={css.fact} title={place.path}>
                  <span className={css.stack}>
                    {t(`disk.what.${place.what}`)}
                    <span className={css.bar} style={{ width: `${(100 * place.bytes) / most}%` }} />
                  </span>
                  <span className={css.dim}>
                    <Size bytes={place.bytes} /> · {t('disk.files', { count: place.files })}
                  </span>
                </li>
              ))}
          </ul>
          {data.unusedPictures.files > 0 && (
            <UnusedPictures {...data.unusedPictures} onRemoved={query.reload} />
          )}
          {data.runs.length > 0 && (
            <>
              <h3 className={css.sub}>{t('disk.runs')}</h3>
              <ul className={css.lines}>
                {data.runs.map((run) => (
                  <Line
                    key={run.id}
                    onOpen={() => go(to('run', [run.id], { tab: 'files' }))}
                    main={<RunLabel label={run.label} name={run.name} />}
                    aside={<Size bytes={run.bytes} />}
                  />
                ))}
              </ul>
            </>
          )}
        </>
      )}
    </Panel>
  );
}

/** Deleting them cannot be undone: what goes is said first. */
function UnusedPictures({
  files: count,
  bytes,
  onRemoved,
}: {
  readonly files: number;
  readonly bytes: number;
  readonly onRemoved: () => void;
}) {
  const { t } = useTranslation('overview');
  const call = useCall();
  const size = formatSize(bytes);
  const remove = async (): Promise<void> => {
    try {
      const agreed = await confirm({
        title: t('disk.unused.title'),
        body: t('disk.unused.body', { count, size }),
        action: t('disk.unused.action'),
      });
      if (!agreed) return;
      const gone = await call('disk.removePictures', {});
      notify(t('disk.unused.done', { count: gone.files, size: formatSize(gone.bytes) }));
      onRemoved();
    } catch (error) {
      notifyError(error);
    }
  };
  return (
    <p className={css.unused}>
      <span>{t('disk.unused.found', { count, size })}</span>
      <Button variant="subtle" onClick={() => void remove()}>
        {t('disk.unused.delete')}
      </Button>
    </p>
  );
}
