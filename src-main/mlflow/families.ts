/** Every family of routes. A new family is a file with its routes, and a line here. */
import { artifactRoutes } from './artifact-routes.ts';
import { datasetRoutes } from './datasets.ts';
import { experimentSearchRoutes } from './experiment-search.ts';
import { experimentRoutes } from './experiments.ts';
import { loggedModelSearchRoutes } from './logged-model-search.ts';
import { loggedModelRoutes } from './logged-models.ts';
import { loggingRoutes } from './logging.ts';
import { metricRoutes } from './metrics.ts';
import { modelVersionRoutes } from './model-versions.ts';
import { registeredModelRoutes } from './registered-models.ts';
import { registrySearchRoutes } from './registry-search.ts';
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
  datasetRoutes,
  loggedModelRoutes,
  loggedModelSearchRoutes,
  registeredModelRoutes,
  modelVersionRoutes,
  registrySearchRoutes,
];

export const routeTable = new RouteTable(families.flat());
