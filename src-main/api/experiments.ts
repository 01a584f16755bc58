/** Experiments and numbers. */
import type { Handlers } from '../rpc/index.ts';
import type { ApiContext } from './context.ts';

type ExperimentOperation = Extract<keyof Handlers, `experiments.${string}`>;

export function experimentHandlers(context: ApiContext): Pick<Handlers, ExperimentOperation> {
  const experiments = () => context.session().experiments;
  const undo = () => context.session().undo;
  /** Says what changed after a write, and passes its result on. */
  const changed = <T>(result: T): T => {
    context.session().changes.publish(['runs', 'notes']);
    return result;
  };
  return {
    'experiments.list': async () => ({ experiments: experiments().list() }),
    'experiments.create': async ({ name }) => changed(experiments().create(name)),
    'experiments.update': async ({ id, name, note }) => {
      experiments().update(id, { name, note });
      return changed({});
    },
    'experiments.reorder': async ({ ids }) => changed(experiments().reorder(ids)),
    'experiments.merge': async ({ from, into }) => changed(experiments().merge(from, into)),
    'experiments.reorderRuns': async ({ experimentId, ids }) =>
      changed(experiments().reorderRuns(experimentId, ids)),
    'experiments.moveRuns': async ({ runIds, experimentId }) =>
      changed(experiments().moveRuns(runIds, experimentId)),
    'experiments.undoState': async () => undo().state(),
    'experiments.undo': async () => changed(await undo().undo()),
    'experiments.redo': async () => changed(await undo().redo()),
  };
}
