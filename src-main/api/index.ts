/** From the contract to the services: one handler per operation, a file per domain. */
import type { Handlers } from '../rpc/index.ts';
import { bundleHandlers } from './bundles.ts';
import type { ApiContext } from './context.ts';
import { diffHandlers } from './diff/index.ts';
import { experimentHandlers } from './experiments.ts';
import { pipelineHandlers } from './pipeline.ts';
import { runHandlers } from './runs.ts';
import { timelineHandlers } from './timeline/index.ts';
import { workspaceHandlers } from './workspace.ts';

export function createHandlers(context: ApiContext): Handlers {
  return {
    ...workspaceHandlers(context),
    ...timelineHandlers(context),
    ...runHandlers(context),
    ...experimentHandlers(context),
    ...pipelineHandlers(context),
    ...diffHandlers(context),
    ...bundleHandlers(context),
  };
}
