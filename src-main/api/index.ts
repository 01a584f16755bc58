/** From the contract to the services: one handler per operation, a file per domain. */
import { type OperationName, operations } from '../contract/index.ts';
import type { HandlerContext, Handlers } from '../rpc/index.ts';
import type { ApiContext } from './context.ts';
import { experimentHandlers } from './experiments.ts';
import { pipelineHandlers } from './pipeline.ts';
import { runHandlers } from './runs.ts';
import { workspaceHandlers } from './workspace.ts';

export function createHandlers(context: ApiContext): Handlers {
  return {
    ...workspaceHandlers(context),
    ...runHandlers(context),
    ...experimentHandlers(context),
    ...pipelineHandlers(context),
    ...later(['timeline', 'notes'], async () =>
      (await import('./timeline/index.ts')).timelineHandlers(context),
    ),
    ...later(['diff'], async () => (await import('./diff/index.ts')).diffHandlers(context)),
    ...later(['bundles'], async () => (await import('./bundles.ts')).bundleHandlers(context)),
  };
}

type OperationOf<D extends string> = Extract<OperationName, `${D}.${string}`>;

/** Domains that are loaded when they are first asked for: most commands do without. */
function later<D extends string>(
  domains: readonly D[],
  load: () => Promise<Pick<Handlers, OperationOf<D>>>,
): Pick<Handlers, OperationOf<D>> {
  type Name = OperationOf<D>;
  let loaded: ReturnType<typeof load> | null = null;
  const names = (Object.keys(operations) as Name[]).filter((name) =>
    domains.some((domain) => name.startsWith(`${domain}.`)),
  );
  const handlers = names.map((name) => [
    name,
    async (input: never, call: HandlerContext<Name>) => {
      loaded ??= load();
      const handler = (await loaded)[name] as (
        input: never,
        call: HandlerContext<Name>,
      ) => Promise<unknown>;
      return handler(input, call);
    },
  ]);
  return Object.fromEntries(handlers) as Pick<Handlers, Name>;
}
