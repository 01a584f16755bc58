import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import {
  type ReactNode,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartLayout } from '../client/index.ts';
import { ChartControls, type GroupChoice } from './ChartControls.tsx';
import { ChartLegend } from './ChartLegend.tsx';
import { CurveSection, type SectionActions } from './CurveSection.tsx';
import classes from './charts.module.css';
import type { CurveEntry } from './curve-queries.ts';
import { createLit } from './lit.ts';
import { SheetItems } from './SheetItems.tsx';
import { type ChartSection, changeSection, moveSection, sectionsOf } from './sections.ts';
import { type ChartSettings, defaultChartSettings } from './settings.ts';
import type { XRange } from './types.ts';
import { useSheet } from './use-sheet.ts';

export interface CurveGridProps {
  /** Metrics, a chart each, in sections by the first part of their names. */
  readonly keys: readonly string[];
  /** The runs, or groups of runs, whose curves are drawn over each other. Keep the array stable. */
  readonly entries: readonly CurveEntry[];
  /** The run that is pointed at elsewhere: its curves stand out. */
  readonly lit?: string | null;
  /** The run whose curve is nearest to the pointer, or null. */
  readonly onPoint?: (runId: string | null) => void;
  /** What stands before the legend, such as a search for metrics. */
  readonly tools?: ReactNode;
  /** False where a list of runs stands beside the charts. */
  readonly legend?: boolean;
  /** Given together, the arrangement is kept outside. */
  readonly layout?: ChartLayout;
  readonly onLayout?: (layout: ChartLayout) => void;
  /** What runs can be drawn as one by; without, they cannot. */
  readonly groups?: readonly GroupChoice[];
}

const nobody: ReadonlySet<string> = new Set();

/** How the charts stand before anybody arranged them. */
export const defaultChartLayout: ChartLayout = {
  settings: defaultChartSettings,
  sections: [],
  panels: [],
};

/** Curves of runs as small multiples over one range of x; points are fetched as they are needed. */
export function CurveGrid(props: CurveGridProps) {
  const { keys, entries, lit = null, onPoint, tools, legend = true } = props;
  const { t } = useTranslation('charts');
  const [ownLayout, setOwnLayout] = useState(defaultChartLayout);
  const layout = props.layout ?? ownLayout;
  const onLayout = props.onLayout ?? setOwnLayout;
  const [hidden, setHidden] = useState(nobody);
  const [shown] = useState(createLit);
  const [range, setRange] = useState<XRange | null>(null);
  const settings = useMemo(() => drawable(layout.settings, entries), [layout.settings, entries]);
  const sections = useMemo(() => sectionsOf(keys, layout.sections), [keys, layout.sections]);
  const actions = useSectionActions(sections, layout, onLayout);
  const sheet = useSheet({ entries, settings, range, hidden });
  const open = sections.filter((section) => !section.folded).flatMap((section) => section.keys);
  const point = useCallback(
    (runId: string | null) => {
      shown.set(runId);
      onPoint?.(runId);
    },
    [shown, onPoint],
  );
  const isDrawn = lit !== null && entries.some((entry) => entry.runId === lit);
  useEffect(() => shown.set(isDrawn ? lit : null), [shown, isDrawn, lit]);
  return (
    <div>
      <div className={classes.gridToolsRow}>
        <div className={classes.gridTools}>
          {tools}
          <ChartControls
            settings={settings}
            keys={keys}
            groups={props.groups ?? []}
            onChange={(next) => {
              if (next.xAxis !== settings.xAxis || next.xKey !== settings.xKey) setRange(null);
              onLayout({ ...layout, settings: next });
            }}
          />
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon
                variant="default"
                size={30}
                loading={sheet.busy}
                disabled={open.length === 0}
                aria-label={t('section.takeAll')}
                title={t('section.takeAll')}
              >
                <IconDownload size={16} aria-hidden />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <SheetItems onTake={(format) => sheet.take(open, t('view.title'), format)} />
            </Menu.Dropdown>
          </Menu>
        </div>
        {legend && entries.length > 1 && (
          <ChartLegend
            entries={entries}
            hidden={hidden}
            onHiddenChange={setHidden}
            onHighlight={point}
          />
        )}
      </div>
      {sections.map((section, index) => (
        <CurveSection
          key={section.id}
          section={section}
          place={
            sections.length === 1
              ? 'only'
              : index === 0
                ? 'first'
                : index === sections.length - 1
                  ? 'last'
                  : 'middle'
          }
          actions={actions}
          onTake={sheet.take}
          entries={entries}
          settings={settings}
          range={range}
          onRange={setRange}
          hidden={hidden}
          lit={shown}
          onHighlight={point}
        />
      ))}
    </div>
  );
}

function useSectionActions(
  sections: readonly ChartSection[],
  layout: ChartLayout,
  onLayout: (layout: ChartLayout) => void,
): SectionActions {
  const latest = useRef({ sections, layout, onLayout });
  useLayoutEffect(() => {
    latest.current = { sections, layout, onLayout };
  });
  return useMemo(() => {
    const order = (): string[] => latest.current.sections.map((section) => section.id);
    const save = (next: (saved: ChartLayout['sections']) => ChartLayout['sections']): void => {
      const now = latest.current;
      now.onLayout({ ...now.layout, sections: next(now.layout.sections) });
    };
    const move = (id: string, before: string | null): void =>
      save((saved) => moveSection(saved, id, before, order()));
    return {
      change: (id, change) => save((saved) => changeSection(saved, id, change, order())),
      up: (id) => move(id, order()[order().indexOf(id) - 1] ?? null),
      down: (id) => move(id, order()[order().indexOf(id) + 2] ?? null),
      drop: (id, before) => {
        if (order().includes(id)) move(id, before);
      },
    };
  }, []);
}

/** Groups share steps, or the time since each run's start, but neither clock nor another metric. */
function drawable(settings: ChartSettings, entries: readonly CurveEntry[]): ChartSettings {
  const grouped = entries.some((entry) => entry.members !== undefined);
  const shared = settings.xAxis === 'step' || settings.xAxis === 'relative';
  return grouped && !shared ? { ...settings, xAxis: 'step' } : settings;
}
