import { ActionIcon, Menu } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSettings, IconTrash } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Brush } from '../../charts/index.ts';
import type { RunRow } from '../../client/index.ts';
import { ContourPanel } from './ContourPanel.tsx';
import { BarPanel, BoxPanel, HistogramPanel } from './DistributionPanels.tsx';
import type { Aggregate, Fields } from './fields.ts';
import { ImportancePanel } from './ImportancePanel.tsx';
import { ParallelPanel } from './ParallelPanel.tsx';
import { ScatterPanel } from './PointsPanels.tsx';
import { isPanelKind, type Panel } from './panels.ts';

/** What every chart of params and metrics is given. */
export interface PanelProps {
  readonly options: Readonly<Record<string, string>>;
  readonly onOptions: (change: Record<string, string>) => void;
  readonly fields: Fields;
  readonly runs: readonly RunRow[];
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
  if (!isPanelKind(panel.kind)) return null;
  const menu = <PanelMenu kind={panel.kind} onUp={onUp} onDown={onDown} onRemove={onRemove} />;
  const own = { ...props, options: panel.options, menu };
  switch (panel.kind) {
    case 'parallel':
      return <ParallelPanel {...own} />;
    case 'importance':
      return <ImportancePanel {...own} />;
    case 'scatter':
      return <ScatterPanel {...own} pareto={false} />;
    case 'pareto':
      return <ScatterPanel {...own} pareto />;
    case 'contour':
      return <ContourPanel {...own} />;
    case 'histogram':
      return <HistogramPanel {...own} />;
    case 'box':
      return <BoxPanel {...own} />;
    case 'bar':
      return <BarPanel {...own} />;
  }
}

function PanelMenu({
  kind,
  onUp,
  onDown,
  onRemove,
}: {
  kind: Parameters<typeof isPanelKind>[0];
  onUp: (() => void) | null;
  onDown: (() => void) | null;
  onRemove: () => void;
}) {
  const { t } = useTranslation('charts');
  const name = isPanelKind(kind) ? t(`panel.kind.${kind}`) : kind;
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('panel.arrange', { name })}
          title={t('panel.arrange', { name })}
        >
          <IconSettings size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconArrowUp size={14} />}
          disabled={onUp === null}
          onClick={() => onUp?.()}
        >
          {t('section.up')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconArrowDown size={14} />}
          disabled={onDown === null}
          onClick={() => onDown?.()}
        >
          {t('section.down')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={14} />} onClick={onRemove}>
          {t('panel.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
