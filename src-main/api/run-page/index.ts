/** Answers for the page of one run that the run itself does not hold. */
import type { RunPageOperation } from '../../contract/run-page.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { ApiContext } from '../context.ts';
import { describeLineage } from './lineage.ts';
import { readSystem } from './system.ts';

export function runPageHandlers(context: ApiContext): Pick<Handlers, RunPageOperation> {
  return {
    'runs.system': async ({ id, maxPoints }) => {
      const { store, workspace } = context.session();
      return { series: await readSystem(store, workspace.storeDir, id, maxPoints) };
    },
    'runs.lineage': async ({ id, up, down }) => {
      const { store, tracking } = context.session();
      return describeLineage(store, tracking, id, up, down);
    },
  };
}
