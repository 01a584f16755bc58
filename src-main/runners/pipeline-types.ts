/** What the reproduction of a pipeline is given, and what it tells. */
import type { HashCache, ObjectStore } from '../cas/index.ts';
import type { ExecutionState } from '../contract/runs.ts';

/** One stage's commands, to be run one after the other until one fails. */
export interface StageCommand {
  /** Address of the stage; names its log. */
  readonly stage: string;
  /** Shell lines, each for a shell of its own (DVC's rule: see `shellArgv` of processes/). */
  readonly commands: readonly string[];
  /** Absolute. */
  readonly cwd: string;
  /** To be added to the environment: `DVC_ROOT`, `DVC_STAGE`. */
  readonly env: Readonly<Record<string, string>>;
  /** Workspace paths of metrics files whose lines are points over steps. */
  readonly pointsFiles: readonly string[];
}

export interface StageOutcome {
  /** Of the first command that failed, else 0; null when it was killed by a signal. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly peakMemoryBytes: number | null;
  readonly cpuSeconds: number | null;
}

/**
 * Runs the commands of a stage. When the signal aborts it stops everything they started, waits for
 * the end and resolves (or throws) — never earlier.
 */
export type RunStage = (command: StageCommand, signal: AbortSignal) => Promise<StageOutcome>;

export interface PlannedStage {
  readonly address: string;
  readonly command: string;
  /** Why it will run, or will not, in one sentence. */
  readonly reason: string;
}

export interface StageUpdate {
  readonly state: ExecutionState;
  readonly reason?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly exitCode?: number | null;
  readonly peakMemoryBytes?: number | null;
  readonly cpuSeconds?: number | null;
}

export interface StageFile {
  readonly type: 'INPUT' | 'OUTPUT';
  readonly role: 'dep' | 'out' | 'metric' | 'plot';
  readonly path: string;
  readonly hash: string | null;
  readonly size: number | null;
  readonly files: number | null;
}

/** Takes down what happens; the database's part is in `pipeline-recorder.ts`. */
export interface PipelineRecorder {
  /** Every selected stage, in the order of the plan, before anything runs. */
  planned(stages: readonly PlannedStage[]): void;
  stage(address: string, update: StageUpdate): void;
  files(address: string, files: readonly StageFile[]): void;
  params(params: readonly { file: string; key: string; value: string }[]): void;
  /** Values of the metrics files a stage wrote (or that were put back). */
  metrics(values: readonly { key: string; value: number }[]): void;
}

export interface PipelineRunContext {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly cache: HashCache;
  readonly objects: ObjectStore;
  /** Keeps what no cache holds (metrics files, say), so that a run can be handed over later. */
  readonly kept: ObjectStore;
  /** Called once, after params were set and before the first stage runs: takes the snapshot. */
  readonly beforeStages: () => Promise<void>;
  readonly runStage: RunStage;
  readonly recorder: PipelineRecorder;
  /** How the command would be typed; other programs are told it as the holder of a lock. */
  readonly command: string;
}

export interface PipelineOutcome {
  readonly status: 'FINISHED' | 'FAILED' | 'KILLED';
  /** Of the first stage that failed; 0 when none did. */
  readonly exitCode: number | null;
  /** What went wrong, in one sentence. */
  readonly error: string | null;
  readonly stages: readonly { address: string; state: ExecutionState; reason: string }[];
}
