/**
 * What made what, in ML Metadata's terms: an execution is one stage (or the command) of a run, an
 * artifact is a content, an event says that an execution read or wrote it under some path.
 */
import { newId } from '../base/ids.ts';
import type { ExecutionState, RunFile } from '../contract/runs.ts';
import * as lineageStore from '../store/lineage.ts';
import type { Store } from '../store/store.ts';

export interface NewExecution {
  readonly runId: string;
  /** `''` for a plain command. */
  readonly stage: string;
  /** Order among the executions of the run, from 0. */
  readonly position: number;
  readonly state: ExecutionState;
  readonly command: string;
  /** Why it runs, or does not, in one sentence. */
  readonly reason: string;
}

export interface ExecutionUpdate {
  readonly state?: ExecutionState;
  readonly reason?: string;
  readonly startedAt?: number;
  readonly endedAt?: number;
  readonly exitCode?: number | null;
  readonly peakMemoryBytes?: number | null;
  readonly cpuSeconds?: number | null;
}

export interface NewEvent {
  readonly type: 'INPUT' | 'OUTPUT';
  readonly role: RunFile['role'];
  readonly path: string;
  /** Null when the content could not be hashed (it was gone, for instance). */
  readonly hash: string | null;
  readonly size: number | null;
  readonly files: number | null;
}

export class Lineage {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  /** @returns the id of the execution */
  startExecution(execution: NewExecution): string {
    const id = newId();
    const running = execution.state === 'running';
    this.#store.transaction(() =>
      lineageStore.insertExecution(this.#store, {
        id,
        run_id: execution.runId,
        stage: execution.stage,
        position: execution.position,
        state: execution.state,
        command: execution.command,
        reason: execution.reason,
        started_at: running ? Date.now() : null,
        ended_at: null,
        exit_code: null,
        peak_memory: null,
        cpu_seconds: null,
      }),
    );
    return id;
  }

  updateExecution(id: string, update: ExecutionUpdate): void {
    const change: lineageStore.ExecutionChange = {};
    if (update.state !== undefined) change.state = update.state;
    if (update.reason !== undefined) change.reason = update.reason;
    if (update.startedAt !== undefined) change.started_at = update.startedAt;
    if (update.endedAt !== undefined) change.ended_at = update.endedAt;
    if (update.exitCode !== undefined) change.exit_code = update.exitCode;
    if (update.peakMemoryBytes !== undefined) change.peak_memory = update.peakMemoryBytes;
    if (update.cpuSeconds !== undefined) change.cpu_seconds = update.cpuSeconds;
    this.#store.transaction(() => lineageStore.updateExecution(this.#store, id, change));
  }

  /** Says that an execution read or wrote contents; a repeated path replaces the earlier event. */
  recordEvents(executionId: string, events: readonly NewEvent[]): void {
    this.#store.transaction(() => {
      for (const event of events) {
        const artifactId =
          event.hash === null
            ? null
            : lineageStore.upsertArtifact(this.#store, {
                hash: event.hash,
                size: event.size,
                files: event.files,
              });
        lineageStore.upsertEvent(this.#store, {
          executionId,
          artifactId,
          type: event.type,
          role: event.role,
          path: event.path,
        });
      }
    });
  }

  recordEvent(executionId: string, event: NewEvent): void {
    this.recordEvents(executionId, [event]);
  }

  /** The runs that read or wrote a content. */
  runsOf(hash: string): { runId: string; type: 'INPUT' | 'OUTPUT' }[] {
    return lineageStore
      .readRunsOfArtifact(this.#store, hash)
      .map((row) => ({ runId: row.run_id, type: row.type === 'INPUT' ? 'INPUT' : 'OUTPUT' }));
  }
}
