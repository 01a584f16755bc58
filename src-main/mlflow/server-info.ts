/** What clients ask before anything else. */
import type { Route } from './route.ts';

/**
 * The version that the protocol here is of. Clients of MLflow 3 look at the first number to know
 * whether they may ask for logged models.
 */
export const protocolVersion = '3.0.0';

/** `GET /api/3.0/mlflow/server-info` */
export const serverInfoRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: 'server-info',
    effect: 'read',
    answer: () => ({ store_type: 'SqlStore', workspaces_enabled: false }),
  },
];
