import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ExecutionState, PipelineGraph, StageNode } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import {
  AppTable,
  Badge,
  type GrowingColumn,
  MiddleEllipsis,
  useFilledColumns,
} from '../../ui/index.ts';
import css from './pipeline.module.css';
import { looks, shownState, stateWords } from './states.ts';

/** The same stages as rows, in the order of the pipeline, with their producers named. */
export function StageList({
  graph,
  running,
  selected,
  onSelect,
  onOpen,
}: {
  readonly graph: PipelineGraph;
  readonly running: ReadonlyMap<string, ExecutionState>;
  readonly selected: string | null;
  readonly onSelect: (address: string) => void;
  readonly onOpen: (address: string) => void;
}) {
  const { t } = useTranslation('pipeline');
  const columns = useMemo(
    (): GrowingColumn<StageNode>[] => [
      {
        id: 'stage',
        header: t('column.stage'),
        width: 200,
        grow: 1,
        value: (stage) => stage.address,
        cell: (stage) => <MiddleEllipsis text={stage.address} max={40} />,
      },
      {
        id: 'state',
        header: t('column.state'),
        width: 180,
        value: (stage) => t(`state.${stateWords[shownState(stage, running)]}`),
        cell: (stage) => {
          const state = shownState(stage, running);
          return (
            <Badge tone={looks[state].tone} shape={looks[state].shape}>
              {t(`state.${stateWords[state]}`)}
            </Badge>
          );
        },
      },
      {
        id: 'after',
        header: t('column.after'),
        width: 160,
        grow: 1,
        value: (stage) => producers(graph, stage).join(', '),
      },
      {
        id: 'why',
        header: t('column.why'),
        width: 220,
        grow: 2,
        value: (stage) => why(stage)[0] ?? '',
        cell: (stage) => (
          <span className={css.clip} title={why(stage).join('\n')}>
            {why(stage).join('; ')}
          </span>
        ),
      },
      {
        id: 'command',
        header: t('column.command'),
        width: 240,
        grow: 2,
        value: (stage) => stage.command,
        cell: (stage) => <MiddleEllipsis text={stage.command} max={80} mono />,
      },
    ],
    [t, graph, running],
  );
  const filled = useFilledColumns(columns);
  return (
    <div ref={filled.ref} className={css.list}>
      <AppTable
        label={t('graph')}
        rows={graph.stages}
        columns={filled.columns}
        rowKey={(stage) => stage.address}
        activeKey={selected}
        onActive={onSelect}
        onOpen={(stage) => onOpen(stage.address)}
      />
    </div>
  );
}

/** Why it would run, one reason each. */
function why({ reasons }: StageNode): string[] {
  return reasons.map((one) => localized(one.detail));
}

function producers(graph: PipelineGraph, stage: StageNode): string[] {
  const from = graph.edges.filter((edge) => edge.to === stage.address).map((edge) => edge.from);
  return [...new Set(from)];
}
