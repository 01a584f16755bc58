/** What a runner is given by the composition root. */
import type { Logger } from '../base/logger.ts';
import type { HashCache, ObjectStore } from '../cas/index.ts';
import type { CodeStore } from '../git/index.ts';
import type { Lineage } from '../lineage/index.ts';
import type { LoadRecorder } from '../processes/index.ts';
import type { Tracking } from '../tracking/index.ts';

/** Where MLflow's client in a run's processes logs to. */
export interface LoggingEndpoint {
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface RunnerContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  /** Absolute folder of the database and the logs. */
  readonly storeDir: string;
  /** Cache of blob ids by stat, for snapshots. */
  readonly statCacheFile: string;
  readonly tracking: Tracking;
  readonly lineage: Lineage;
  readonly cache: HashCache;
  /** Where pipelines keep their outputs: DVC's cache. */
  readonly objects: ObjectStore;
  /** Where contents that no pipeline caches are kept for runs. */
  readonly kept: ObjectStore;
  /** Git, or the shadow repository, which is made when it is first needed. */
  readonly code: () => Promise<CodeStore>;
  readonly logger: Logger;
  /** Opens an endpoint that what runs logs to; null when the user has a tracking server already. */
  readonly openEndpoint?: (runId: string) => Promise<LoggingEndpoint | null>;
  /** Added to the environment of everything that runs. */
  readonly env?: Readonly<Record<string, string>>;
  /** Told how busy what runs keeps the machine. */
  readonly load?: LoadRecorder;
}
