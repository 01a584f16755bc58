import {
  IconAdjustmentsHorizontal,
  IconArrowsDiff,
  IconBook2,
  IconBoxSeam,
  IconColumns3,
  IconCube,
  IconSitemap,
  IconTable,
  type TablerIcon,
} from '@tabler/icons-react';
import { type ComponentType, type LazyExoticComponent, lazy } from 'react';
import type { ViewName } from '../state/index.ts';

type Feature = LazyExoticComponent<ComponentType>;
type Load = () => Promise<{ default: ComponentType }>;

const window7 = import.meta.glob<{ default: ComponentType }>(
  '../features/{compare,diff,pipeline,bundles,models}/index.tsx',
);
const optional = (name: string): Feature | null => {
  const load: Load | undefined = window7[`../features/${name}/index.tsx`];
  return load === undefined ? null : lazy(load);
};

/** What shows each view. Loaded when it is first shown. */
export const features: Readonly<Record<ViewName, Feature | null>> = {
  welcome: lazy(() => import('../features/welcome/index.tsx')),
  timeline: lazy(() => import('../features/timeline/index.tsx')),
  runs: lazy(() => import('../features/runs/index.tsx')),
  run: lazy(() => import('../features/runs/RunPage.tsx')),
  settings: lazy(() => import('../features/settings/index.tsx')),
  compare: optional('compare'),
  diff: optional('diff'),
  pipeline: optional('pipeline'),
  models: optional('models'),
  bundles: optional('bundles'),
};

export interface RailItem {
  readonly view: ViewName;
  readonly icon: TablerIcon;
}

/** The rail from top to bottom; the position is also the key, Ctrl/Cmd+1…9. */
export const railItems: readonly RailItem[] = (
  [
    { view: 'timeline', icon: IconBook2 },
    { view: 'runs', icon: IconTable },
    { view: 'compare', icon: IconColumns3 },
    { view: 'diff', icon: IconArrowsDiff },
    { view: 'pipeline', icon: IconSitemap },
    { view: 'models', icon: IconCube },
    { view: 'bundles', icon: IconBoxSeam },
    { view: 'settings', icon: IconAdjustmentsHorizontal },
  ] as const
).filter(({ view }) => features[view] !== null);
