/** Answers for the page of one run that the run itself does not hold. */
import { isAbsolute } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import type { Progress } from '../../contract/common.ts';
import type { RunPageOperation } from '../../contract/run-page.ts';
import { readLogTimes } from '../../processes/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import type { ApiContext } from '../context.ts';
import { quietly } from '../quietly.ts';
import { describeLineage } from './lineage.ts';
import { checkOutRun, openShell } from './shell.ts';
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
    'runs.logTimes': async ({ id, stage, from, to }) =>
      readLogTimes(context.session().tracking.logPath(id, stage), from, to),
    'runs.plots': async ({ ids }, { signal }) =>
      (await import('./plots/index.ts')).readRunPlots(context, ids, signal),
    'runs.openShell': async (asked, { signal, emit }) => {
      const onProgress = (report: Progress) => quietly(emit(report));
      return { folder: await openShell(context.session(), asked, { signal, onProgress }) };
    },
    'runs.checkOut': async ({ id, into }, { signal, emit }) => {
      if (into !== null && !isAbsolute(into)) {
        throw new CairnError('invalid', 'Name the folder by its whole path.');
      }
      const onProgress = (report: Progress) => quietly(emit(report));
      return await checkOutRun(context.session(), id, into, { signal, onProgress });
    },
  };
}
