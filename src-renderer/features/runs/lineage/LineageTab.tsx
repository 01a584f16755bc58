import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowNarrowLeft, IconArrowNarrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RunDetail, topics, useOperation } from '../../../client/index.ts';
import { type Route, to, useGo, useRoute } from '../../../state/index.ts';
import { EmptyState, ErrorState, Skeletons, Spacer } from '../../../ui/index.ts';
import { LineageGraph } from './LineageGraph.tsx';
import { LineageList } from './LineageList.tsx';
import { layoutLineage, type Node } from './layout.ts';
import css from './lineage.module.css';

/** How many runs far is asked for at most; the core has the same limit. */
const farthest = 20;

/** What went into a run and where that came from; what came out and what became of it. */
export function LineageTab({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runPage');
  const go = useGo();
  const route = useRoute();
  const asList = route.query.as === 'list';
  const [far, setFar] = useState({ up: 1, down: 1 });
  const { data, error, reload, refreshing } = useOperation(
    'runs.lineage',
    { id: run.id, ...far },
    {
      topics: [topics.runs, topics.registry, topics.bundles, `run:${run.id}`],
      keepPrevious: true,
    },
  );
  const layout = useMemo(() => (data === undefined ? null : layoutLineage(data)), [data]);
  if (error !== null && data === undefined) return <ErrorState error={error} onRetry={reload} />;
  if (data === undefined || layout === null) return <Skeletons rows={8} />;
  if (data.nodes.length <= 1) {
    return <EmptyState title={t('lineage.none')}>{t('lineage.noneBody')}</EmptyState>;
  }
  const hidden = data.hidden.reduce((sum, column) => sum + column.count, 0);
  const open = (node: Node): void => {
    const next = routeOf(node);
    if (next !== null) go(next);
  };
  return (
    <div className={css.tab}>
      <div className={css.tools}>
        <Button
          leftSection={<IconArrowNarrowLeft size={16} />}
          disabled={!data.more.up || far.up >= farthest || refreshing}
          onClick={() => setFar({ ...far, up: far.up + 1 })}
        >
          {t('lineage.back')}
        </Button>
        <Spacer />
        <SegmentedControl
          aria-label={t('lineage.label')}
          value={asList ? 'list' : 'graph'}
          onChange={(as) =>
            go(to('run', route.parts, { ...route.query, as: as === 'list' ? as : undefined }), true)
          }
          data={[
            { value: 'graph', label: t('lineage.graph') },
            { value: 'list', label: t('lineage.list') },
          ]}
        />
        <Spacer />
        <Button
          rightSection={<IconArrowNarrowRight size={16} />}
          disabled={!data.more.down || far.down >= farthest || refreshing}
          onClick={() => setFar({ ...far, down: far.down + 1 })}
        >
          {t('lineage.on')}
        </Button>
      </div>
      {hidden > 0 && <p className={css.dim}>{t('lineage.hidden', { count: hidden })}</p>}
      {asList ? (
        <LineageList layout={layout} onOpen={open} />
      ) : (
        <LineageGraph layout={layout} self={`run ${run.id}`} onOpen={open} />
      )}
    </div>
  );
}

/** Where a node is looked at. */
function routeOf(node: Node): Route | null {
  const { kind, name, column, runId } = node;
  if (kind === 'bundle') return to('bundles');
  if (runId === null) return null;
  if (kind === 'run') return to('run', [runId], { tab: 'lineage' });
  if (kind !== 'file') return to('run', [runId]);
  // What lies to the left of a run went into it.
  const root = column < 0 ? 'inputs' : 'outputs';
  return to('run', [runId], { tab: 'files', file: `${root}:${name}` });
}
