import { ActionIcon, Button, Switch, Tabs, TextInput } from '@mantine/core';
import { IconArrowsDiff, IconArrowsLeftRight, IconPlus, IconSearch } from '@tabler/icons-react';
import { type ComponentType, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DiffSummary, topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { useGo, useRoute } from '../../state/index.ts';
import { EmptyState, ErrorState, Page, Spacer } from '../../ui/index.ts';
import { CodeTab } from './code/CodeTab.tsx';
import css from './compare.module.css';
import { FilesView } from './content/FilesView.tsx';
import { readFilesPlace, writeFilesPlace } from './content/sources.ts';
import { DataTab } from './DataTab.tsx';
import { EnvironmentTab } from './EnvironmentTab.tsx';
import { MetricsTab } from './MetricsTab.tsx';
import { type ModelDiffProps, ModelsTab } from './ModelsTab.tsx';
import { ManyView } from './many/ManyView.tsx';
import { ParamsTab } from './ParamsTab.tsx';
import { type ComparePlace, countDifferences, type Tab, tabs, writePlace } from './parts.ts';
import type { RowFilter } from './rows.ts';
import { SidePicker } from './SidePicker.tsx';
import { useComparePlace } from './use-place.ts';
import { Waiting } from './Waiting.tsx';

export interface CompareViewProps {
  /** Compares two model files; given by the shell, since features do not know each other. */
  readonly ModelDiff: ComponentType<ModelDiffProps>;
}

/** Two runs, commits or the workspace, side by side: what differs and by how much. */
export function CompareView({ ModelDiff }: CompareViewProps) {
  const route = useRoute();
  const files = readFilesPlace(route);
  if (files === null) {
    return route.parts.length > 2 ? <ManyView /> : <SidesView ModelDiff={ModelDiff} />;
  }
  return <FilesView key={`${files.left}\n${files.right}`} place={files} ModelDiff={ModelDiff} />;
}

function SidesView({ ModelDiff }: CompareViewProps) {
  const { t } = useTranslation('compare');
  const { place, setAll } = useComparePlace();
  const go = useGo();
  const [text, setText] = useState('');
  const [stopped, setStopped] = useState(false);
  const { left, right } = place;
  const ready = left !== null && right !== null;
  const summary = useOperation(
    'diff.summary',
    { left: left ?? '-', right: right ?? '-' },
    {
      topics: [topics.workspace, topics.runs, topics.pipeline],
      enabled: ready && !stopped,
    },
  );
  const shown = ready ? summary.data : undefined;
  const show = (change: Partial<ComparePlace>, replace = false): void =>
    go(writePlace({ ...place, ...change }), replace);
  const pick = (change: { left?: string; right?: string }): void => {
    setStopped(false);
    show({ ...change, file: null, other: null, as: null });
  };
  const filter: RowFilter = { text, onlyDifferences: !place.all };

  return (
    <Page
      title={t('title')}
      scroll={false}
      toolbar={
        <>
          <SidePicker
            label={t('from')}
            value={left}
            side={shown?.left ?? null}
            onChange={(reference) => pick({ left: reference })}
          />
          <ActionIcon
            aria-label={t('swap')}
            title={t('swap')}
            disabled={!ready}
            onClick={() => show({ left: right, right: left })}
          >
            <IconArrowsLeftRight size={16} />
          </ActionIcon>
          <SidePicker
            label={t('to')}
            value={right}
            side={shown?.right ?? null}
            onChange={(reference) => pick({ left: left ?? 'workspace', right: reference })}
          />
          {ready && (
            <ActionIcon
              aria-label={t('addSide')}
              title={t('addSide')}
              onClick={() => show({ more: ['workspace'], tab: 'params', file: null })}
            >
              <IconPlus size={16} />
            </ActionIcon>
          )}
          <Spacer />
          {ready && (
            <>
              <Switch
                label={t('onlyDifferences')}
                checked={!place.all}
                onChange={(event) => setAll(!event.currentTarget.checked)}
              />
              <TextInput
                className={css.search}
                leftSection={<IconSearch size={14} aria-hidden />}
                placeholder={t('search')}
                aria-label={t('search')}
                data-filter
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                onKeyDown={(event) => {
                  if (event.key === 'Escape') setText('');
                }}
              />
            </>
          )}
        </>
      }
    >
      {!ready ? (
        <Start onPick={(a, b) => show({ left: a, right: b })} />
      ) : shown === undefined ? (
        summary.error !== null ? (
          <ErrorState error={summary.error} onRetry={summary.reload} />
        ) : (
          <Waiting
            label={t('comparing')}
            item={summary.item}
            stopped={stopped}
            onStop={() => setStopped(true)}
            onResume={() => setStopped(false)}
          />
        )
      ) : (
        <>
          {summary.error !== null && (
            <div className={css.outdated} role="alert">
              {t('outdated', { reason: localized(summary.error.message) })}
              <Button onClick={summary.reload}>{t('resume')}</Button>
            </div>
          )}
          <Comparison
            summary={shown}
            place={place}
            filter={filter}
            show={show}
            ModelDiff={ModelDiff}
          />
        </>
      )}
    </Page>
  );
}

export interface TabProps {
  readonly summary: DiffSummary;
  readonly place: ComparePlace;
  readonly filter: RowFilter;
  /** Goes to another place in the comparison; `replace` leaves no step in the history. */
  readonly show: (change: Partial<ComparePlace>, replace?: boolean) => void;
}

function Comparison({ ModelDiff, ...props }: TabProps & CompareViewProps) {
  const { t } = useTranslation('compare');
  const counts = countDifferences(props.summary);
  return (
    <Tabs
      className={css.tabs}
      value={props.place.tab}
      keepMounted={false}
      onChange={(tab) => props.show({ tab: tab as Tab, file: null, other: null, as: null }, true)}
    >
      <Tabs.List className={css.tabList}>
        {tabs.map((tab) => (
          <Tabs.Tab key={tab} value={tab}>
            {t(`tab.${tab}`)}
            <span className={css.count} data-none={counts[tab] === 0 || undefined}>
              {counts[tab]}
            </span>
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="params" className={css.panel}>
        <ParamsTab {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="metrics" className={css.panel}>
        <MetricsTab {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="code" className={css.panel}>
        <CodeTab {...props} ModelDiff={ModelDiff} />
      </Tabs.Panel>
      <Tabs.Panel value="data" className={css.panel}>
        <DataTab {...props} ModelDiff={ModelDiff} />
      </Tabs.Panel>
      <Tabs.Panel value="environment" className={css.panel}>
        <EnvironmentTab {...props} />
      </Tabs.Panel>
      <Tabs.Panel value="models" className={css.panel}>
        <ModelsTab {...props} ModelDiff={ModelDiff} />
      </Tabs.Panel>
    </Tabs>
  );
}

/** Before two sides are picked: the comparisons that are wanted most. */
function Start({ onPick }: { onPick: (left: string, right: string) => void }) {
  const { t } = useTranslation('compare');
  const go = useGo();
  const runs = useOperation('runs.list', {}, { topics: [topics.runs] });
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] }).data;
  const newest = (runs.data?.rows ?? []).toSorted((a, b) => b.createdAt - a.createdAt);
  const [last, before] = newest;
  return (
    <EmptyState
      icon={<IconArrowsDiff size={28} stroke={1.5} />}
      title={t('startTitle')}
      actions={
        <>
          {last && before && (
            <Button variant="filled" onClick={() => onPick(before.label, last.label)}>
              {t('startRuns', { left: before.label, right: last.label })}
            </Button>
          )}
          {last && (
            <Button onClick={() => onPick(last.label, 'workspace')}>
              {t('startWorkspace', { left: last.label })}
            </Button>
          )}
          {info?.git != null && (
            <Button onClick={() => onPick('HEAD', 'workspace')}>{t('startHead')}</Button>
          )}
          <Button onClick={() => go(writeFilesPlace({ left: '', right: '', as: null }))}>
            {t('startFiles')}
          </Button>
        </>
      }
    >
      {t('startText')}
    </EmptyState>
  );
}
