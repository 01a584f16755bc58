/**
 * The run that `cairn run` opened, under a client that has ideas of its own about experiments.
 *
 * MLflow's `start_run()` refuses to resume a run whose experiment is not the one of
 * `set_experiment()`. So until the script has resumed its run, what it asks for by name is taken for
 * its `set_experiment`: where the user named no experiment the run moves there, and where they did,
 * the answer is the experiment they named. The stages of a pipeline share one run, and none of them
 * moves it.
 */
import { nextRunNumber, setPlace } from '../store/experiments.ts';
import type { LoggedExperimentRecord } from '../store/logged-experiments.ts';
import { readLoggedExperiment } from '../store/logged-experiments.ts';
import { readRunRecord } from '../store/logged-runs.ts';
import type { MlflowContext } from './context.ts';

/** What one endpoint remembers of its script. */
interface Script {
  /** The experiment that was asked for last. */
  wanted: string | null;
  /** Whether the run was resumed: from then on, names mean what they say. */
  resumed: boolean;
  /** Names that were answered with the experiment that the user named. */
  readonly names: Set<string>;
}

const scripts = new WeakMap<MlflowContext, Script>();

function scriptOf(context: MlflowContext): Script {
  let script = scripts.get(context);
  if (script === undefined) {
    script = { wanted: null, resumed: false, names: new Set() };
    scripts.set(context, script);
  }
  return script;
}

/** Notes that an experiment was asked for or made: perhaps by `set_experiment`. */
export function noteExperiment(context: MlflowContext, id: string): void {
  if (context.ownRun !== null) scriptOf(context).wanted = id;
}

/**
 * The experiment to answer a name with, where that is not the one of that name: the one of the run.
 */
export function experimentInstead(
  context: MlflowContext,
  name: string,
): LoggedExperimentRecord | undefined {
  const { ownRun, store } = context;
  if (ownRun === null || !(ownRun.experimentGiven || ownRun.shared)) return undefined;
  const script = scriptOf(context);
  if (script.resumed && !ownRun.shared && !script.names.has(name)) return undefined;
  script.names.add(name);
  const run = readRunRecord(store, ownRun.id);
  return run === undefined ? undefined : readLoggedExperiment(store, run.experiment_id);
}

/** The script resumes its run: it moves to the experiment that was set, unless the user named one. */
export function joinExperiment(context: MlflowContext): void {
  const { ownRun, store } = context;
  if (ownRun === null) return;
  const script = scriptOf(context);
  const { wanted } = script;
  if (script.resumed || ownRun.experimentGiven || ownRun.shared || wanted === null) return;
  store.transaction(() => {
    const run = readRunRecord(store, ownRun.id);
    const experiment = readLoggedExperiment(store, wanted);
    if (run === undefined || run.experiment_id === wanted) return;
    if (experiment === undefined || experiment.deleted_at !== null) return;
    setPlace(store, {
      id: run.id,
      experiment_id: wanted,
      number: nextRunNumber(store, wanted),
    });
    context.changed(['runs', `run:${run.id}`]);
  });
}

/** The script said that its run is running. */
export function noteResumed(context: MlflowContext): void {
  scriptOf(context).resumed = true;
}
