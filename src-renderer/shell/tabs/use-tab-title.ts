import { useTranslation } from 'react-i18next';
import { topics, useOperation } from '../../client/index.ts';
import type { Place, Route } from '../../state/index.ts';

/** What a tab is called: the run that it shows, or its view, and what that is about. */
export function useTabTitle(place: Place | null): string {
  const { t } = useTranslation('shell');
  const route = place?.main ?? null;
  const id = shownRun(route);
  const run = useOperation(
    'runs.get',
    { id: id ?? '' },
    { enabled: id !== null, topics: [topics.runs] },
  ).data;
  if (route === null) return t('notFound');
  if (run !== undefined) return `${run.label} ${run.name}`;
  const view = t(`views.${route.view}`);
  if (route.view === 'run') return `${view} ${route.parts[0] ?? ''}`.trim();
  if (route.view === 'compare' && route.parts.length > 0) return `${view} (${route.parts.length})`;
  const file = route.view === 'models' || route.view === 'notebooks' ? route.parts[0] : undefined;
  return file === undefined ? view : `${file.split(/[\\/]/).at(-1)} – ${view}`;
}

/** The id of the run that a route shows. */
function shownRun(route: Route | null): string | null {
  const part = route?.view === 'run' ? route.parts[0] : undefined;
  return part !== undefined && /^[0-9a-f]{32}$/.test(part) ? part : null;
}
