import { Button, Tabs } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useOperation } from '../../client/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import { EmptyState, ErrorState, Skeletons } from '../../ui/index.ts';
import { CodeTab } from './CodeTab.tsx';
import { EnvironmentTab } from './EnvironmentTab.tsx';
import { FilesTab } from './files/FilesTab.tsx';
import { LogTab } from './LogTab.tsx';
import { LineageTab } from './lineage/LineageTab.tsx';
import { MetricsTab } from './MetricsTab.tsx';
import { MediaTab } from './media/MediaTab.tsx';
import { Overview } from './Overview.tsx';
import { RunHeader } from './RunHeader.tsx';
import css from './runs.module.css';
import { SystemTab } from './system/SystemTab.tsx';

const tabs = [
  'overview',
  'metrics',
  'system',
  'log',
  'files',
  'media',
  'lineage',
  'environment',
  'code',
] as const;
type TabName = (typeof tabs)[number];

/** One run by id or number: `#/run/02.7?tab=log`. */
export default function RunPage() {
  const { t } = useTranslation('runs');
  const go = useGo();
  const route = useRoute();
  const reference = route.parts[0] ?? '';
  const isId = /^[0-9a-f]{32}$/.test(reference);
  const resolved = useOperation(
    'runs.resolve',
    { reference },
    { enabled: !isId && reference !== '', topics: [topics.runs] },
  );
  const id = isId ? reference : (resolved.data?.id ?? null);
  // Numbers may change, ids never: the address keeps the id.
  useEffect(() => {
    if (!isId && id !== null) go(to('run', [id], route.query), true);
  }, [isId, id, go, route.query]);
  const query = useOperation(
    'runs.get',
    { id: id ?? '' },
    { enabled: id !== null, topics: [topics.runs, topics.registry, `run:${id}`] },
  );
  const error = query.data === undefined ? (query.error ?? resolved.error) : null;
  if (error?.code === 'not-found' || reference === '') {
    return (
      <EmptyState
        title={t('page.notFound')}
        actions={<Button onClick={() => go(to('runs'))}>{t('page.toRuns')}</Button>}
      >
        {t('page.notFoundBody', { reference })}
      </EmptyState>
    );
  }
  if (error !== null) return <ErrorState error={error} onRetry={query.reload} />;
  if (query.data === undefined) return <Skeletons rows={12} />;
  return <RunView run={query.data} key={query.data.id} />;
}

function RunView({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs');
  const route = useRoute();
  const go = useGo();
  const tab = tabs.find((name) => name === route.query.tab) ?? 'overview';
  const choose = (name: string | null): void =>
    go(
      to('run', route.parts, { tab: name === 'overview' ? undefined : (name ?? undefined) }),
      true,
    );
  return (
    <section className={css.runPage}>
      <RunHeader run={run} />
      <Tabs value={tab} onChange={choose} keepMounted={false} className={css.tabs}>
        <Tabs.List aria-label={t('page.tabList')} className={css.tabList}>
          {tabs.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`page.tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {tabs.map((name) => (
          <Tabs.Panel key={name} value={name} className={css.tabPanel} data-tab={name}>
            <TabContent name={name} run={run} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function TabContent({ name, run }: { name: TabName; run: RunDetail }) {
  switch (name) {
    case 'overview':
      return <Overview run={run} />;
    case 'metrics':
      return <MetricsTab run={run} />;
    case 'system':
      return <SystemTab run={run} />;
    case 'log':
      return <LogTab run={run} />;
    case 'files':
      return <FilesTab run={run} />;
    case 'media':
      return <MediaTab run={run} />;
    case 'lineage':
      return <LineageTab run={run} />;
    case 'environment':
      return <EnvironmentTab run={run} />;
    case 'code':
      return <CodeTab run={run} />;
  }
}
