import { Button, SegmentedControl } from '@mantine/core';
import { IconPlayerPlay, IconSitemap } from '@tabler/icons-react';
import { type ReactNode, useContext, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PipelineGraph, type StageNode, topics, useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import { to, useGo, useRoute } from '../../state/index.ts';
import {
  Badge,
  CopyText,
  EmptyState,
  ErrorState,
  Inspect,
  InspectorContext,
  Page,
  ProgressBar,
  Skeletons,
} from '../../ui/index.ts';
import { GraphCanvas } from './GraphCanvas.tsx';
import css from './pipeline.module.css';
import { ReproduceDialog } from './ReproduceDialog.tsx';
import { StageList } from './StageList.tsx';
import { StagePanel } from './StagePanel.tsx';
import { countStates, looks, shownState, stateWords } from './states.ts';
import { useLiveRun } from './use-live-run.ts';

/** The stages of dvc.yaml, what is out of date and why, and running them. */
export function PipelineView() {
  const { t } = useTranslation('pipeline');
  const route = useRoute();
  const go = useGo();
  const graph = useOperation(
    'pipeline.graph',
    {},
    { topics: [topics.pipeline, topics.workspace, topics.runs] },
  );
  const info = useOperation('workspace.info', {}, { topics: [topics.workspace] });
  const live = useLiveRun();
  const [dialog, setDialog] = useState<{ readonly stage: string | null } | null>(null);
  const selected = route.parts[0] ?? null;
  const layout = route.query.as === 'list' ? 'list' : 'graph';
  const select = (address: string | null): void =>
    go(to('pipeline', address === null ? [] : [address], route.query), true);
  const trusted = info.data?.trusted === true;
  const stages = graph.data?.stages ?? [];
  const stage = stages.find((one) => one.address === selected);
  const runnable = stages.some((one) => one.kind === 'stage');
  const open = (address: string): void => {
    const found = stages.find((one) => one.address === address);
    if (trusted && found?.kind === 'stage') setDialog({ stage: address });
  };
  const shared = {
    running: live.stages,
    selected,
    onSelect: select,
    onOpen: open,
  };

  return (
    <Page
      title={t('title')}
      hint={graph.data && <Counts stages={stages} running={live.stages} />}
      scroll={false}
      actions={
        stages.length > 0 && (
          <>
            {live.run !== null && (
              <Button variant="subtle" onClick={() => live.run && go(to('run', [live.run.id]))}>
                {t('underWay', { label: live.run.label })}
              </Button>
            )}
            <SegmentedControl
              aria-label={t('layout')}
              value={layout}
              onChange={(as) =>
                go(to('pipeline', route.parts, { as: as === 'list' ? 'list' : undefined }), true)
              }
              data={[
                { value: 'graph', label: t('asGraph') },
                { value: 'list', label: t('asList') },
              ]}
            />
            <Button
              variant="filled"
              leftSection={<IconPlayerPlay size={14} />}
              disabled={!trusted || !runnable}
              title={trusted ? undefined : t('untrusted')}
              onClick={() => setDialog({ stage: null })}
            >
              {t('reproduce')}
            </Button>
          </>
        )
      }
    >
      {stages.length === 0 && (
        <Inspect>
          <p className={css.noneSelected}>{t('noStages')}</p>
        </Inspect>
      )}
      {graph.data?.problem && <Problem problem={graph.data.problem} />}
      {graph.error !== null && graph.data === undefined ? (
        <ErrorState error={graph.error} onRetry={graph.reload} />
      ) : graph.data === undefined ? (
        <div className={css.waiting}>
          {graph.item !== null && <ProgressBar label={t('checking')} report={graph.item} />}
          <Skeletons rows={8} />
        </div>
      ) : stages.length === 0 ? (
        graph.data.problem === null && (
          <EmptyState icon={<IconSitemap size={28} stroke={1.5} />} title={t('emptyTitle')}>
            {t('emptyText')}
          </EmptyState>
        )
      ) : (
        <div className={css.body}>
          <div className={css.split}>
            {layout === 'list' ? (
              <StageList graph={graph.data} {...shared} />
            ) : (
              <GraphCanvas graph={graph.data} {...shared} />
            )}
            {stage === undefined ? (
              <Inspect>
                <p className={css.noneSelected}>{t('noneSelected')}</p>
              </Inspect>
            ) : (
              <Aside>
                <StagePanel
                  stage={stage}
                  running={live.stages}
                  onReproduce={trusted ? () => setDialog({ stage: stage.address }) : null}
                />
              </Aside>
            )}
          </div>
        </div>
      )}
      {dialog !== null && <ReproduceDialog stage={dialog.stage} onClose={() => setDialog(null)} />}
    </Page>
  );
}

/** In the inspector, or beside the graph while that is folded. */
function Aside({ children }: { children: ReactNode }) {
  const { t } = useTranslation('pipeline');
  const inspector = useContext(InspectorContext);
  if (inspector !== null) return <Inspect>{children}</Inspect>;
  return (
    <aside className={css.aside} aria-label={t('selectedStage')}>
      {children}
    </aside>
  );
}

function Counts({
  stages,
  running,
}: {
  stages: readonly StageNode[];
  running: ReturnType<typeof useLiveRun>['stages'];
}) {
  const { t } = useTranslation('pipeline');
  const counts = countStates(stages.map((stage) => shownState(stage, running)));
  return (
    <span className={css.counts}>
      {[...counts].map(([state, count]) => (
        <Badge key={state} tone={looks[state].tone} shape={looks[state].shape}>
          {count} {t(`state.${stateWords[state]}`)}
        </Badge>
      ))}
    </span>
  );
}

/** What keeps dvc.yaml from being read, and where. */
function Problem({ problem }: { problem: NonNullable<PipelineGraph['problem']> }) {
  const { t } = useTranslation('pipeline');
  const { file, line, column, message } = problem;
  const place = [file, line, column].filter((part) => part !== null).join(':');
  const placed = message.startsWith(place);
  const text = placed ? message : `${place}: ${message}`;
  return (
    <div className={css.problem} role="alert">
      <div>
        <b>{t('problem')}</b>
        <div>{localized(message)}</div>
        {!placed && <code>{place}</code>}
      </div>
      <CopyText text={text} />
    </div>
  );
}
