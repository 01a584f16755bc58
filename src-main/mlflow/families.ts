/** Every family of routes. A new family is a file with its routes, and a line here. */
import { artifactRoutes } from './artifact-routes.ts';
import { experimentSearchRoutes } from './experiment-search.ts';
import { experimentRoutes } from './experiments.ts';
import { loggingRoutes } from './logging.ts';
import { metricRoutes } from './metrics.ts';
import { type Route, RouteTable } from './route.ts';
import { runRoutes } from './runs.ts';
import { searchRoutes } from './search.ts';
import { serverInfoRoutes } from './server-info.ts';

const families: readonly (readonly Route[])[] = [
  serverInfoRoutes,
  experimentRoutes,
  experimentSearchRoutes,
  runRoutes,
  loggingRoutes,
  metricRoutes,
  artifactRoutes,
  searchRoutes,
];

export const routeTable = new RouteTable(families.flat());
