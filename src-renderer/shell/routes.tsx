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
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ViewName } from '../state/index.ts';

type Load = () => Promise<{ readonly default: ComponentType }>;

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

type Feature = LazyExoticComponent<ComponentType>;

/** What shows each view. Loaded when it is first shown. */
export const features = Object.fromEntries(
  Object.entries(loads).map(([view, load]) => [view, lazy(load)]),
) as Readonly<Record<ViewName, Feature>>;

/** Begins to load a view that is about to be shown, while the core is still asked for its folder. */
export function preloadView(view: ViewName): void {
  // Shown, it is loaded again, and says what is wrong.
  loads[view]().catch(() => {});
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
