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

type Feature = LazyExoticComponent<ComponentType>;
/** What shows each view. Loaded when it is first shown. */
export const features: Readonly<Record<ViewName, Feature>> = {
  welcome: lazy(() => import('../features/welcome/index.tsx')),
  overview: lazy(() => import('../features/overview/index.tsx')),
  timeline: lazy(() => import('../features/timeline/index.tsx')),
  runs: lazy(() => import('../features/runs/index.tsx')),
  charts: lazy(() => import('../features/charts/index.tsx')),
  run: lazy(() => import('../features/runs/RunPage.tsx')),
  settings: lazy(() => import('../features/settings/index.tsx')),
  compare: lazy(() => import('./CompareRoute.tsx')),
  // The same comparison, opened at the code.
  diff: lazy(() => import('./CompareRoute.tsx')),
  pipeline: lazy(() => import('../features/pipeline/index.tsx')),
  models: lazy(() => import('../features/models/index.tsx')),
  bundles: lazy(() => import('../features/bundles/index.tsx')),
  sources: lazy(() => import('../features/sources/index.tsx')),
  notebooks: lazy(() => import('../features/notebooks/index.tsx')),
  tidy: lazy(() => import('../features/tidy/index.tsx')),
};

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
