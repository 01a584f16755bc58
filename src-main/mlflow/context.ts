/** What the endpoint is given by the composition root. */
import type { Logger } from '../base/logger.ts';
import type { Store } from '../store/index.ts';
import type { Experiments, Tracking } from '../tracking/index.ts';

export interface MlflowContext {
  readonly store: Store;
  readonly tracking: Tracking;
  readonly experiments: Experiments;
  /** Absolute folder of the database; artifacts lie in `artifacts/` below it. */
  readonly storeDir: string;
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Tells the views of this process what changed: `runs`, `run:<id>`, `registry`. */
  readonly changed: (topics: readonly string[]) => void;
  readonly logger: Logger;
  /** On the endpoint that a runner opens for its own child: the run it opened. */
  readonly ownRun: OwnRun | null;
}

/** The run that `cairn run` opened, and that the script's `start_run()` resumes. */
export interface OwnRun {
  readonly id: string;
  /** Whether the user named the experiment; if not, the script's `set_experiment` decides. */
  readonly experimentGiven: boolean;
  /** Whether the user named the run; if not, the script's `run_name` does. */
  readonly nameGiven: boolean;
  /** Whether several scripts log to it, the stages of a pipeline: then none of them decides. */
  readonly shared: boolean;
}
