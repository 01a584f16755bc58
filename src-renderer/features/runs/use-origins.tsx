import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useOperation } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { Badge, MiddleEllipsis, RelativeTime, toolName } from '../../ui/index.ts';
import css from './runs.module.css';

/** Where other tools keep the run, and when they last wrote to it; nothing for a run of Cairn's own. */
export function useOrigins(run: RunDetail): readonly (readonly [string, ReactNode])[] {
  const { t } = useTranslation('sources');
  const go = useGo();
  const { data } = useOperation(
    'sources.ofRun',
    { id: run.id },
    { topics: [topics.sources, `run:${run.id}`] },
  );
  const origins = data?.origins ?? [];
  const live = run.status === 'RUNNING' || run.status === 'SCHEDULED';
  const writtenAt = Math.max(0, ...origins.map((origin) => origin.writtenAt ?? 0));
  return [
    ...origins.map(
      (origin) =>
        [
          t(origin.secondary ? 'originPart' : 'origin'),
          <span key={origin.sourceId}>
            <button type="button" className={css.link} onClick={() => go(to('sources'))}>
              <MiddleEllipsis text={origin.path === '' ? t('root') : origin.path} max={36} mono />
            </button>{' '}
            <Badge tone="dim" shape={origin.gone ? '○' : '●'}>
              {origin.gone ? t('originGone') : toolName(origin.kind)}
            </Badge>
            {origin.keptAt !== null && (
              <Badge tone="good" shape="✓">
                {t('originKept')}
              </Badge>
            )}
          </span>,
        ] as const,
    ),
    ...(live && writtenAt > 0
      ? [[t('lastWritten'), <RelativeTime key="written" at={writtenAt} />] as const]
      : []),
  ];
}
