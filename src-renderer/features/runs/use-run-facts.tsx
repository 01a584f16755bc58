import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RunDetail } from '../../client/index.ts';
import { filterRuns, to, useGo } from '../../state/index.ts';
import {
  CodeText,
  formatDuration,
  LiveDuration,
  RelativeTime,
  RunStatusBadge,
  Size,
  useSilence,
} from '../../ui/index.ts';
import css from './runs.module.css';
import { useRelatives } from './use-relatives.tsx';

type Fact = readonly [string, ReactNode];

/** The facts of a run, by name; what was not recorded is left out. */
export function useRunFacts(run: RunDetail): readonly Fact[] {
  const { t } = useTranslation(['runs', 'common']);
  const go = useGo();
  const silentSince = useSilence(run);
  const { parent, nested } = useRelatives(run);
  const given = (name: string, value: ReactNode): Fact[] =>
    value === null || value === undefined || value === '' ? [] : [[name, value]];
  const showExperiment = (): void => {
    filterRuns({ experimentId: run.experimentId, text: '' });
    go(to('runs'));
  };
  return [
    [t('common:status'), <RunStatusBadge key="status" run={run} />],
    ...given(
      t('common:silent.label'),
      silentSince === null ? null : <RelativeTime at={silentSince} />,
    ),
    [
      t('page.experiment'),
      <button key="experiment" type="button" className={css.link} onClick={showExperiment}>
        {run.label.split('.')[0]} {run.experimentName}
      </button>,
    ],
    [t('page.kind'), t(`common:runKind.${run.kind}`)],
    [t('page.started'), <RelativeTime key="at" at={run.startedAt ?? run.createdAt} />],
    [t('page.duration'), <LiveDuration key="for" from={run.startedAt} to={run.endedAt} />],
    ...given(t('page.exitCode'), run.exitCode),
    ...(run.command === ''
      ? []
      : [[t('page.command'), <CodeText key="command" text={run.command} below />] as const]),
    ...given(t('page.cwd'), run.cwd === '.' ? null : <code className={css.code}>{run.cwd}</code>),
    ...given(t('page.branch'), run.branch),
    ...given(
      t('page.peakMemory'),
      run.peakMemoryBytes === null ? null : <Size bytes={run.peakMemoryBytes} />,
    ),
    ...given(
      t('page.cpuTime'),
      // Nothing has been seen of a run that was over before it was looked at again.
      run.cpuSeconds === null || run.cpuSeconds === 0
        ? null
        : formatDuration(run.cpuSeconds * 1000),
    ),
    ...given(t('page.parent'), parent),
    ...given(t('page.nested'), nested),
    [t('page.id'), <CodeText key="id" text={run.id} below />],
  ];
}
