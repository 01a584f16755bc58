import { IconSettings } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ArrangeMenu, type Brush, FigureWaiting } from '../../charts/index.ts';
import { ContourPanel } from './ContourPanel.tsx';
import { BarPanel, BoxPanel, HistogramPanel } from './DistributionPanels.tsx';
import type { Aggregate, Fields } from './fields.ts';
import { ImportancePanel } from './ImportancePanel.tsx';
import { ParallelPanel } from './ParallelPanel.tsx';
import { ScatterPanel } from './PointsPanels.tsx';
import { fieldsOfPanel, isPanelKind, type Panel, type PanelKind } from './panels.ts';
import type { ChartSearch } from './search.ts';
import type { PanelRuns } from './use-columns.ts';

/** What every chart of params and metrics is given. */
export interface PanelProps {
  readonly options: Readonly<Record<string, string>>;
  readonly onOptions: (change: Record<string, string>) => void;
  readonly fields: Fields;
  readonly runs: PanelRuns;
  /** What the runs were found by, for what the core works out over all of them. */
  readonly search: ChartSearch;
  /** Which value of a metric stands for a run. */
  readonly aggregate: Aggregate;
  readonly lit: string | null;
  readonly onPoint: (runId: string | null) => void;
  readonly onOpen: (runId: string) => void;
  /** Stretches of parallel axes, which narrow the list of runs. */
  readonly brushes: Readonly<Record<string, Brush>>;
  readonly onBrushes: (brushes: Readonly<Record<string, Brush>>) => void;
  /** Stands behind the chart's own choices. */
  readonly menu: ReactNode;
}

/** One chart by its kind, with what moves and removes it. */
export function PanelView({
  panel,
  onUp,
  onDown,
  onRemove,
  ...props
}: Omit<PanelProps, 'options' | 'menu'> & {
  readonly panel: Panel;
  readonly onUp: (() => void) | null;
  readonly onDown: (() => void) | null;
  readonly onRemove: () => void;
}) {
  const { t } = useTranslation('charts');
  if (!isPanelKind(panel.kind)) return null;
  const menu = (
    <ArrangeMenu
      label={t('panel.arrange', { name: t(`panel.kind.${panel.kind}`) })}
      icon={<IconSettings size={16} aria-hidden />}
      onUp={onUp}
      onDown={onDown}
      onRemove={onRemove}
    />
  );
  const own = { ...props, options: panel.options, menu };
  const waiting = !fieldsOfPanel(panel).every((field) => props.runs.has(field));
  return (
    <FigureWaiting value={waiting}>
      <PanelOfKind kind={panel.kind} {...own} />
    </FigureWaiting>
  );
}

function PanelOfKind({ kind, ...props }: PanelProps & { readonly kind: PanelKind }) {
  switch (kind) {
    case 'parallel':
      return <ParallelPanel {...props} />;
    case 'importance':
      return <ImportancePanel {...props} />;
    case 'scatter':
      return <ScatterPanel {...props} pareto={false} />;
    case 'pareto':
      return <ScatterPanel {...props} pareto />;
    case 'contour':
      return <ContourPanel {...props} />;
    case 'histogram':
      return <HistogramPanel {...props} />;
    case 'box':
      return <BoxPanel {...props} />;
    case 'bar':
      return <BarPanel {...props} />;
  }
}
