/** The pipeline and what differs from what was recorded. */
import type { ChangeKind } from '../contract/common.ts';
import type { Output } from '../contract/index.ts';
import type { StatusEntry } from '../git/index.ts';
import type { HandlerContext, Handlers } from '../rpc/index.ts';
import { alreadyDone } from '../runners/index.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';

type PipelineOperation = Extract<keyof Handlers, `pipeline.${string}`>;

const kinds: Readonly<Record<StatusEntry['change'], ChangeKind>> = {
  added: 'added',
  untracked: 'added',
  removed: 'removed',
  modified: 'modified',
  conflicted: 'modified',
};

export function pipelineHandlers(context: ApiContext): Pick<Handlers, PipelineOperation> {
  return {
    'pipeline.graph': (_input, call) => context.session().pipeline.graph(workOf(call)),
    'pipeline.params': async () => context.session().pipeline.params(),
    'pipeline.alreadyDone': (input, call) =>
      alreadyDone(
        { root: context.session().workspace.root, ...context.session() },
        input,
        workOf(call),
      ),
    'pipeline.status': (_input, call) => status(context, call),
  };
}

async function status(
  context: ApiContext,
  call: HandlerContext<'pipeline.status'>,
): Promise<Output<'pipeline.status'>> {
  const session = context.session();
  const graph = await session.pipeline.graph(workOf(call));
  const code = (await session.worktree.status(call.signal)).map(({ path, change }) => ({
    path,
    change: kinds[change],
  }));
  const stages = graph.stages.map(({ address, state, reasons }) => ({ address, state, reasons }));
  const stale = stages.some((stage) => stage.reasons.length > 0);
  const problem = graph.problem?.message ?? session.gitProblem;
  return { clean: !stale && code.length === 0 && problem === null, stages, code, problem };
}

function workOf(call: HandlerContext<PipelineOperation>) {
  return {
    signal: call.signal,
    onProgress: (report: Parameters<typeof call.emit>[0]) => quietly(call.emit(report)),
  };
}
