import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconChartDots, IconPlus } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { Brush } from '../../charts/index.ts';
import type { ChartLayout } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { EmptyState } from '../../ui/index.ts';
import css from './charts.module.css';
import type { Aggregate, Fields } from './fields.ts';
import { PanelView } from './PanelView.tsx';
import { newPanel, type PanelKind, panelKinds, usualPanels } from './panels.ts';
import type { ChartSearch } from './search.ts';
import type { PanelRuns } from './use-columns.ts';

/** Charts of params against metrics, over all runs that the list has. */
export function Panels({
  runs,
  fields,
  search,
  layout,
  onLayout,
  aggregate,
  onAggregate,
  lit,
  onPoint,
  brushes,
  onBrushes,
}: {
  runs: PanelRuns;
  fields: Fields;
  search: ChartSearch;
  layout: ChartLayout;
  onLayout: (layout: ChartLayout) => void;
  aggregate: Aggregate;
  onAggregate: (aggregate: Aggregate) => void;
  lit: string | null;
  onPoint: (id: string | null) => void;
  brushes: Readonly<Record<string, Brush>>;
  onBrushes: (brushes: Readonly<Record<string, Brush>>) => void;
}) {
  const { t } = useTranslation('charts');
  const go = useGo();
  const { panels } = layout;
  const save = (next: ChartLayout['panels']): void => onLayout({ ...layout, panels: next });
  const add = (kind: PanelKind): void => save([...panels, newPanel(kind, fields, newId())]);
  const move = (index: number, by: -1 | 1): void => {
    const panel = panels[index];
    if (panel !== undefined) save(panels.toSpliced(index, 1).toSpliced(index + by, 0, panel));
  };
  if (fields.metrics.length === 0 && fields.params.length === 0) {
    return (
      <EmptyState icon={<IconChartDots size={32} stroke={1.3} />} title={t('panel.nothing')}>
        {t('panel.nothingBody')}
      </EmptyState>
    );
  }
  const addMenu = (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button leftSection={<IconPlus size={14} />}>{t('panel.add')}</Button>
      </Menu.Target>
      <Menu.Dropdown>
        {panelKinds.map((kind) => (
          <Menu.Item key={kind} onClick={() => add(kind)}>
            {t(`panel.kind.${kind}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
  return (
    <>
      <div className={css.tools}>
        {addMenu}
        <SegmentedControl
          size="xs"
          aria-label={t('panel.aggregate')}
          value={aggregate}
          onChange={(value) => onAggregate(value as Aggregate)}
          data={[
            { value: 'last', label: t('panel.last') },
            { value: 'min', label: t('panel.min') },
            { value: 'max', label: t('panel.max') },
          ]}
        />
        <span className={css.inlineNote}>{t('panel.over', { count: runs.ids.length })}</span>
      </div>
      {panels.length === 0 ? (
        <EmptyState
          icon={<IconChartDots size={32} stroke={1.3} />}
          title={t('panel.none')}
          actions={
            <Button variant="filled" onClick={() => save(usualPanels(fields, newId))}>
              {t('panel.usual')}
            </Button>
          }
        >
          {t('panel.noneBody')}
        </EmptyState>
      ) : (
        <div className={css.panels} style={widthOf(panels)}>
          {panels.map((panel, index) => (
            <div key={panel.id} className={css.panel} data-kind={panel.kind}>
              <PanelView
                panel={panel}
                fields={fields}
                runs={runs}
                search={search}
                aggregate={aggregate}
                lit={lit}
                onPoint={onPoint}
                onOpen={(id) => go(to('run', [id]))}
                brushes={brushes}
                onBrushes={onBrushes}
                onOptions={(change) =>
                  save(panels.with(index, { ...panel, options: { ...panel.options, ...change } }))
                }
                onUp={index === 0 ? null : () => move(index, -1)}
                onDown={index === panels.length - 1 ? null : () => move(index, 1)}
                onRemove={() => save(panels.toSpliced(index, 1))}
              />
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** How many charts there are that stand beside others. */
function widthOf(panels: ChartLayout['panels']): CSSProperties {
  const narrow = panels.filter(({ kind }) => kind !== 'parallel' && kind !== 'importance').length;
  return { '--narrow': Math.max(1, narrow) } as CSSProperties;
}

/** A name of its own for a panel within this workspace. */
function newId(): string {
  return crypto.randomUUID();
}
