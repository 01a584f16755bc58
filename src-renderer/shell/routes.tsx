import {
  IconAdjustmentsHorizontal,
  IconArrowsDiff,
  IconBook2,
  IconBoxSeam,
  IconChartLine,
  IconCube,
  IconFolderSearch,
  IconLayoutDashboard,
  IconNotebook,
  IconSitemap,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react';
import { type ComponentType, lazy } from 'react';
import type { QueryCache } from '../client/index.ts';
import type { ViewName } from '../state/index.ts';

interface Feature {
  readonly default: ComponentType;
  /** Asks for what the view shows first, so that it can be drawn at once. */
  readonly ahead?: (queries: QueryCache) => Promise<void>;
}

type Load = () => Promise<Feature>;

const loads: Readonly<Record<ViewName, Load>> = {
  welcome: () => import('../features/welcome/index.tsx'),
  overview: () => import('../features/overview/index.tsx'),
  timeline: () => import('../features/timeline/index.tsx'),
  runs: () => import('../features/runs/index.tsx'),
  charts: () => import('../features/charts/index.tsx'),
  run: () => import('../features/runs/RunPage.tsx'),
  settings: () => import('../features/settings/index.tsx'),
  compare: () => import('./CompareRoute.tsx'),
  // The same comparison, opened at the code.
  diff: () => import('./CompareRoute.tsx'),
  pipeline: () => import('../features/pipeline/index.tsx'),
  models: () => import('../features/models/index.tsx'),
  bundles: () => import('../features/bundles/index.tsx'),
  sources: () => import('../features/sources/index.tsx'),
  notebooks: () => import('../features/notebooks/index.tsx'),
  tidy: () => import('../features/tidy/index.tsx'),
};

const shown = new Map<ViewName, ComponentType>();

/** What shows a view. Loaded when it is first shown, unless it was before; the same ever after. */
export function viewOf(view: ViewName): ComponentType {
  const known = shown.get(view) ?? lazy(loads[view]);
  shown.set(view, known);
  return known;
}

/** Loads a view that is about to be shown. */
export async function loadView(view: ViewName): Promise<Feature> {
  const feature = await loads[view]();
  if (!shown.has(view)) shown.set(view, feature.default);
  return feature;
}

export interface RailItem {
  readonly view: ViewName;
  readonly icon: TablerIcon;
}

/** The rail from top to bottom; the position is also the key, Ctrl/Cmd+1…9. */
export const railItems: readonly RailItem[] = [
  { view: 'overview', icon: IconLayoutDashboard },
  { view: 'timeline', icon: IconBook2 },
  { view: 'runs', icon: IconTable },
  { view: 'charts', icon: IconChartLine },
  { view: 'compare', icon: IconArrowsDiff },
  { view: 'pipeline', icon: IconSitemap },
  { view: 'notebooks', icon: IconNotebook },
  { view: 'models', icon: IconCube },
  { view: 'bundles', icon: IconBoxSeam },
  { view: 'sources', icon: IconFolderSearch },
  { view: 'settings', icon: IconAdjustmentsHorizontal },
];
