import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { filterRuns, to, useGo } from '../../state/index.ts';
import { useNow } from '../../ui/index.ts';
import { type Attention, attentionOf } from './attention.ts';
import css from './overview.module.css';
import { Panel } from './Panel.tsx';
import { lastRuns } from './Runs.tsx';
import { useBest } from './use-best.ts';

const shownNames = 4;

/** What needs somebody: each with its next step. */
export function AttentionList() {
  const { t } = useTranslation('overview');
  const now = useNow(60_000);
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] }).data;
  const status = useOperation(
    'pipeline.status',
    {},
    {
      topics: [topics.pipeline, topics.runs, topics.workspace],
      enabled: info?.pipeline.present === true,
    },
  );
  const audit = useOperation('workspace.audit', {}, { topics: [topics.workspace] }).data;
  const last = useOperation('runs.list', lastRuns, { topics: [topics.runs] }).data;
  const best = useBest();
  const items = attentionOf({
    status: status.data,
    audit: audit?.items ?? [],
    lastRuns: last?.rows ?? [],
    best: best.runs.map((run, at) => ({ run, uncommitted: best.uncommitted[at] ?? 0 })).slice(0, 1),
    now,
  });
  return (
    <Panel title={t('attention')}>
      {items.length === 0 ? (
        <p className={css.calm}>
          <IconCircleCheck size={16} aria-hidden />
          {status.loading ? t('looking') : t('nothing')}
        </p>
      ) : (
        <ul className={css.lines}>
          {items.map((item) => (
            <AttentionItem
              key={item.kind === 'uncommitted' ? item.run.id : item.kind}
              item={item}
            />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function AttentionItem({ item }: { item: Attention }) {
  const { t } = useTranslation('overview');
  const go = useGo();
  const line = (text: string, names: string, action: string, act: () => void) => (
    <li className={css.attention}>
      <IconAlertTriangle size={16} aria-hidden />
      <span className={css.main}>
        {text} <span className={css.dim}>{names}</span>
      </span>
      <Button onClick={act}>{action}</Button>
    </li>
  );
  switch (item.kind) {
    case 'pipeline':
      return line(t('pipelineBroken'), localized(item.problem), t('openPipeline'), () =>
        go(to('pipeline')),
      );
    case 'stale':
      return line(
        t('stale', { count: item.stages.length }),
        few(item.stages),
        t('openPipeline'),
        () => go(to('pipeline', item.stages.slice(0, 1))),
      );
    case 'failed':
      return line(
        t('failed', { count: item.runs.length }),
        few(item.runs.map((run) => run.label)),
        item.runs.length === 1 ? t('openLog') : t('showThem'),
        () => {
          const [only] = item.runs;
          if (item.runs.length === 1 && only !== undefined)
            return go(to('run', [only.id], { tab: 'log' }));
          filterRuns({ text: 'status = FAILED AND created > 14d ago', experimentId: null });
          go(to('runs'));
        },
      );
    case 'uncommitted':
      return line(
        t('uncommitted', { label: item.run.label }),
        t('uncommittedFiles', { count: item.files }),
        t('seeCode'),
        () => go(to('run', [item.run.id], { tab: 'code' })),
      );
    case 'found':
      return line(
        t('problems', { count: item.items.length }),
        few(item.items.map((one) => `${one.path}: ${localized(one.problem ?? '')}`)),
        t('seeFound'),
        () => document.getElementById('overview-found')?.scrollIntoView({ block: 'center' }),
      );
  }
}

function few(names: readonly string[]): string {
  const rest = names.length > shownNames ? ` +${names.length - shownNames}` : '';
  return names.slice(0, shownNames).join(', ') + rest;
}
