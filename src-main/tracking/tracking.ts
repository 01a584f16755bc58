/** The life of a run: created, started, described, finished. */
import { createHash } from 'node:crypto';
import { CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { TrackedFile } from '../contract/common.ts';
import type { Environment, RunDetail, RunRow, RunSpec } from '../contract/runs.ts';
import { nextRunNumber } from '../store/experiments.ts';
import * as metricStore from '../store/metric-writing.ts';
import * as runStore from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { deriveName } from './derive-name.ts';
import { describeRun } from './describe-run.ts';
import type { Experiments } from './experiments.ts';
import { runLabel } from './labels.ts';
import { logPath } from './log-path.ts';
import { keepRunNote } from './note-versions.ts';
import { resolveRun } from './resolve-run.ts';
import { filesOf, toRunRows } from './rows.ts';

export interface NewRun {
  readonly spec: RunSpec;
  /** The command in words, as a user would type it. */
  readonly command: string;
  readonly cwd: string;
  readonly kind: RunRow['kind'];
  /** Number, name or id; a new name makes a new experiment; null joins the one used last. */
  readonly experiment: string | null;
  /** Null derives one from the command. */
  readonly name: string | null;
  readonly note: string;
  readonly parentId?: string | null;
}

export interface MetricPoint {
  readonly key: string;
  readonly step: number;
  /** Epoch ms. */
  readonly time: number;
  /** May be NaN or infinite. */
  readonly value: number;
}

/** A run that has not ended, and the process that should be running it. */
export interface LiveRun {
  readonly id: string;
  readonly runnerPid: number | null;
  readonly runnerStarted: string | null;
  readonly createdAt: number;
}

export class Tracking {
  readonly #store: Store;
  readonly #experiments: Experiments;
  readonly #storeDir: string;

  /** @param storeDir absolute folder that holds the database and the logs */
  constructor(store: Store, experiments: Experiments, storeDir: string) {
    this.#store = store;
    this.#experiments = experiments;
    this.#storeDir = storeDir;
  }

  /** Makes a SCHEDULED run and gives it the next number of its experiment, in one transaction. */
  createRun(run: NewRun): { id: string; label: string } {
    return this.#store.transaction(() => {
      const experiment = this.#experiments.findOrCreate(run.experiment);
      const number = nextRunNumber(this.#store, experiment.id);
      const id = newId();
      runStore.insertRun(this.#store, {
        id,
        experiment_id: experiment.id,
        number,
        name: run.name ?? deriveName(run.spec),
        status: 'SCHEDULED',
        kind: run.kind,
        parent_id: run.parentId ?? null,
        spec: JSON.stringify(run.spec),
        command: run.command,
        cwd: run.cwd,
        created_at: Date.now(),
        note: run.note,
      });
      return { id, label: runLabel(experiment.number, number) };
    });
  }

  /** The runner says who it is; the run is RUNNING from here on. */
  runnerStarted(id: string, runner: { pid: number; started: string }): void {
    this.#update(id, {
      status: 'RUNNING',
      started_at: Date.now(),
      runner_pid: runner.pid,
      runner_started: runner.started,
    });
  }

  setSnapshot(
    id: string,
    snapshot: {
      commit: string | null;
      baseCommit: string | null;
      branch: string | null;
      dirtyFiles: readonly string[];
      largeFiles: readonly TrackedFile[];
    },
  ): void {
    this.#update(id, {
      snapshot: snapshot.commit,
      base_commit: snapshot.baseCommit,
      branch: snapshot.branch,
      dirty_files: JSON.stringify(snapshot.dirtyFiles),
      large_files: JSON.stringify(snapshot.largeFiles),
    });
  }

  setEnvironment(id: string, environment: Environment): void {
    const json = JSON.stringify(environment);
    const hash = createHash('sha256').update(json).digest('hex');
    this.#store.transaction(() => {
      runStore.upsertEnvironment(this.#store, hash, json);
      this.#update(id, { environment_id: hash });
    });
  }

  setParams(id: string, params: readonly runStore.ParamRecord[]): void {
    this.#store.transaction(() => {
      const run = this.#seq(id);
      for (const param of params) runStore.upsertParam(this.#store, run, param);
    });
  }

  /** Links a run to the notebook that it executes. @param path in the workspace */
  setNotebook(id: string, path: string): void {
    this.#update(id, { notebook: path });
  }

  setTag(id: string, key: string, value: string): void {
    this.#store.transaction(() => runStore.upsertTag(this.#store, this.#seq(id), key, value));
  }

  /** Appends points of any number of series in one transaction. */
  appendMetrics(id: string, points: readonly MetricPoint[]): void {
    const byKey = Map.groupBy(points, (point) => point.key);
    this.#store.transaction(() => {
      const run = this.#seq(id);
      for (const [key, group] of byKey) {
        metricStore.appendPoints(this.#store, run, key, {
          steps: Float64Array.from(group, (point) => point.step),
          times: Float64Array.from(group, (point) => point.time),
          values: Float64Array.from(group, (point) => point.value),
        });
      }
    });
  }

  /** Forgets series whose source was written anew; their points come again. */
  resetMetrics(id: string, keys: readonly string[]): void {
    this.#store.transaction(() => {
      const run = this.#seq(id);
      for (const key of keys) metricStore.deleteSeries(this.#store, run, key);
    });
  }

  finishRun(
    id: string,
    end: {
      status: 'FINISHED' | 'FAILED' | 'KILLED';
      exitCode: number | null;
      error: string | null;
      peakMemoryBytes?: number | null;
      cpuSeconds?: number | null;
    },
  ): void {
    this.#store.transaction(() => {
      metricStore.sealRun(this.#store, this.#seq(id));
      this.#update(id, {
        status: end.status,
        ended_at: Date.now(),
        exit_code: end.exitCode,
        error: end.error,
        peak_memory: end.peakMemoryBytes ?? null,
        cpu_seconds: end.cpuSeconds ?? null,
      });
    });
  }

  /** What a client of MLflow's said of how a run ended, whose end its runner decides. */
  loggedStatus(id: string): string | null {
    return this.#record(id).logged_status;
  }

  /** Asks the runner to stop; it looks here. */
  requestStop(id: string): void {
    this.#update(id, { stop_requested_at: Date.now() });
  }

  stopRequested(id: string): boolean {
    return (runStore.readRun(this.#store, id)?.stop_requested_at ?? null) !== null;
  }

  /** @param session the editor that the note comes from */
  update(
    id: string,
    change: { name?: string | undefined; note?: string | undefined; starred?: boolean | undefined },
    session: string | null = null,
  ): void {
    this.#store.transaction(() => {
      if (change.note !== undefined)
        keepRunNote(this.#store, this.#record(id), change.note, session);
      this.#update(id, {
        ...(change.name === undefined ? {} : { name: change.name }),
        ...(change.note === undefined ? {} : { note: change.note }),
        ...(change.starred === undefined ? {} : { starred: change.starred ? 1 : 0 }),
      });
    });
  }

  /** What was asked for when the run was created. */
  spec(id: string): RunSpec {
    const { spec, notebook } = this.#record(id);
    if (spec === '') {
      throw new CairnError(
        'unsupported',
        'Cairn did not start this run, so it cannot start it again.',
      );
    }
    const asked = JSON.parse(spec) as RunSpec;
    // The notebook may have got another name since.
    return asked.kind === 'notebook' ? { ...asked, path: notebook ?? asked.path } : asked;
  }

  live(): LiveRun[] {
    return runStore.readUnfinishedRuns(this.#store).map((run) => ({
      id: run.id,
      runnerPid: run.runner_pid,
      runnerStarted: run.runner_started,
      createdAt: run.created_at,
    }));
  }

  /** The run of a kind that was created last. */
  latest(kind: RunRow['kind']): string | null {
    return runStore.readLatestRunId(this.#store, kind) ?? null;
  }

  counts(): { runs: number; running: number } {
    return runStore.countRuns(this.#store);
  }

  /** The runs of an experiment, or of all, the highest numbers first. */
  list(filter: { experimentId?: string | null; limit?: number } = {}): RunRow[] {
    const records = runStore.readRuns(this.#store, {
      experimentId: filter.experimentId ?? null,
      limit: filter.limit ?? 10_000,
    });
    return toRunRows(this.#store, records);
  }

  /** Rows by id, in the order asked for; ids that are gone are left out. */
  rows(ids: readonly string[]): RunRow[] {
    return toRunRows(this.#store, runStore.readRunsById(this.#store, ids));
  }

  /** The run numbered next below in the same experiment. */
  previous(id: string): { id: string; label: string } | null {
    const record = this.#record(id);
    const before = runStore.readPrevious(this.#store, record.experiment_id, record.number);
    if (before === undefined) return null;
    return { id: before.id, label: runLabel(before.experiment_number, before.number) };
  }

  /**
   * Everything known of one run.
   * @param available whether the content of a file can still be had
   */
  get(id: string, available: (path: string, hash: string) => boolean = () => false): RunDetail {
    return describeRun(this.#store, this.#storeDir, this.#record(id), available);
  }

  /** The commit that holds the code of a run, and the one that it was based on; null where unknown. */
  commits(id: string): {
    readonly snapshot: string | null;
    readonly baseCommit: string | null;
    readonly isImported: boolean;
  } {
    const run = runStore.readRun(this.#store, id);
    return {
      snapshot: run?.snapshot ?? null,
      baseCommit: run?.base_commit ?? null,
      isImported: run?.kind === 'imported',
    };
  }

  /** Paths that a run wrote. */
  outputs(id: string): string[] {
    return filesOf(this.#store, id, () => false)
      .filter((file) => file.role !== 'dep')
      .map((file) => file.path);
  }

  /** Params with the file each came from. */
  params(id: string): runStore.ParamRecord[] {
    return runStore.readParams(this.#store, id);
  }

  /**
   * The id of `02.7`, `#02.7`, an id or a unique prefix of at least four digits.
   * @throws CairnError `not-found` or, for an ambiguous prefix, `invalid`
   */
  resolve(reference: string): string {
    return resolveRun(this.#store, reference);
  }

  logPath(id: string, stage: string): string {
    return logPath(this.#storeDir, id, stage);
  }

  #record(id: string): runStore.NumberedRunRecord {
    const record = runStore.readRun(this.#store, id);
    if (record === undefined) throw noRun(id);
    return record;
  }

  #seq(id: string): number {
    const seq = runStore.readSeq(this.#store, id);
    if (seq === undefined) throw noRun(id);
    return seq;
  }

  #update(id: string, change: runStore.RunChange): void {
    const found = this.#store.transaction(() => runStore.updateRun(this.#store, id, change));
    if (!found) throw noRun(id);
  }
}

function noRun(id: string): CairnError {
  return new CairnError('not-found', `There is no run with the id ${id}.`);
}
