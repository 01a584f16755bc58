/**
 * MLflow's REST protocol over the store: an unmodified MLflow client logs here. `listen.ts` is the
 * HTTP listener and who is let in, `answer.ts` finds the route of a request and answers it, and each
 * family of routes has a file named in `families.ts`. Rules of runs live in `tracking/`, those of
 * models in `registry/`.
 */
export type { MlflowContext, OwnRun } from './context.ts';
export { isListening, readCredentials } from './credentials.ts';
export { listen } from './listen.ts';
export { openRunEndpoint, type RunEndpoint, trackingEnvironment } from './run-endpoint.ts';
export { WorkspaceEndpoint } from './workspace-endpoint.ts';
