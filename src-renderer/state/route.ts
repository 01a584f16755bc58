/**
 * Where the window is, as an address: `#/run/02.7?tab=log`, and with a second view beside the
 * first `#/timeline~/run/02.7`. Pure functions; the store and the hooks are in `navigation.ts`.
 */
export const views = [
  'overview',
  'timeline',
  'runs',
  'charts',
  'run',
  'compare',
  'diff',
  'pipeline',
  'models',
  'bundles',
  'sources',
  'notebooks',
  'tidy',
  'settings',
  'welcome',
] as const;
export type ViewName = (typeof views)[number];

/** One view: its name, what it shows (run ids or numbers, revisions), and its options. */
export interface Route {
  readonly view: ViewName;
  readonly parts: readonly string[];
  readonly query: Readonly<Record<string, string>>;
}

/** What the address bar holds: one view, or two side by side. */
export interface Place {
  readonly main: Route;
  readonly beside: Route | null;
}

/** Stands between two views; a tilde in a revision that somebody typed, `HEAD~1/HEAD`, does not. */
const besides = new RegExp(`~(?=/(?:${views.join('|')})(?![^/?~]))`);

export const home: Route = { view: 'overview', parts: [], query: {} };

/** Builds a route. Empty query values are left out. */
export function to(
  view: ViewName,
  parts: readonly string[] = [],
  query: Readonly<Record<string, string | undefined>> = {},
): Route {
  const kept: Record<string, string> = {};
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') kept[key] = value;
  }
  return { view, parts, query: kept };
}

export function formatRoute(route: Route): string {
  const path = ['', route.view, ...route.parts.map(encode)].join('/');
  const query = new URLSearchParams(route.query).toString().replaceAll('~', '%7E');
  return query === '' ? path : `${path}?${query}`;
}

export function formatPlace(place: Place): string {
  const main = `#${formatRoute(place.main)}`;
  return place.beside === null ? main : `${main}~${formatRoute(place.beside)}`;
}

/** Reads a route; null when the view does not exist or an escape is broken. */
export function parseRoute(text: string): Route | null {
  const [path = '', search = ''] = text.split('?', 2);
  const [view = '', ...parts] = path.split('/').filter((part) => part !== '');
  if (!isView(view)) return null;
  try {
    return {
      view,
      parts: parts.map(decodeURIComponent),
      query: Object.fromEntries(new URLSearchParams(search)),
    };
  } catch {
    return null;
  }
}

/** Reads `location.hash`; an empty one is home. Null for an address that does not exist. */
export function parsePlace(hash: string): Place | null {
  const text = hash.replace(/^#/, '');
  if (text === '' || text === '/') return { main: home, beside: null };
  const [first = '', second] = text.split(besides, 2);
  const main = parseRoute(first);
  if (main === null) return null;
  return { main, beside: second === undefined ? null : parseRoute(second) };
}

export function sameRoute(a: Route, b: Route): boolean {
  return formatRoute(a) === formatRoute(b);
}

function encode(part: string): string {
  return encodeURIComponent(part).replaceAll('~', '%7E');
}

function isView(name: string): name is ViewName {
  return (views as readonly string[]).includes(name);
}
