/** The stages of a run of another tool, with what they read and wrote, into the store. */
import { newId } from '../base/ids.ts';
import {
  deleteExecutions,
  insertExecution,
  upsertArtifact,
  upsertEvent,
} from '../store/lineage.ts';
import type { Store } from '../store/store.ts';
import type { ImportedStage } from './types.ts';

/** Replaces what was known of them. Call inside a transaction. */
export function writeStages(store: Store, runId: string, stages: readonly ImportedStage[]): void {
  deleteExecutions(store, runId);
  for (const [position, { stage, command, state, files }] of stages.entries()) {
    const id = newId();
    insertExecution(store, {
      ...{ id, run_id: runId, stage, position, state, command, reason: '' },
      // The tool keeps neither times nor codes.
      ...{ started_at: null, ended_at: null, exit_code: null },
      ...{ peak_memory: null, cpu_seconds: null },
    });
    for (const { path, hash, size, files: count, role } of files) {
      const artifactId = hash === null ? null : upsertArtifact(store, { hash, size, files: count });
      const type = role === 'dep' ? 'INPUT' : 'OUTPUT';
      upsertEvent(store, { executionId: id, artifactId, type, role, path });
    }
  }
}
