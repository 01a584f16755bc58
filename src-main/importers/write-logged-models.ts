/** The models that a run of another tool logged, into the store. */
import { changeLoggedModel, insertLoggedModel, readLoggedModel } from '../store/logged-models.ts';
import type { Store } from '../store/store.ts';
import type { ImportedLoggedModel } from './types.ts';

/**
 * Writes the models of one run; one of the same id that was logged here, or with another run, stays as
 * it is. Call inside a transaction.
 */
export function writeLoggedModels(
  store: Store,
  run: { readonly id: string; readonly experimentId: string },
  models: readonly ImportedLoggedModel[],
): void {
  for (const { id, name, type, status, location, createdAt, updatedAt } of models) {
    const known = readLoggedModel(store, id);
    if (known === undefined) {
      insertLoggedModel(store, {
        ...{ id, name, type, status, status_message: '' },
        ...{ experiment_id: run.experimentId, source_run_id: run.id, artifact_root: location },
        ...{ created_at: createdAt, updated_at: updatedAt, deleted_at: null },
      });
    } else if (known.source_run_id === run.id && known.artifact_root !== null) {
      changeLoggedModel(store, id, { status, updated_at: updatedAt });
    }
  }
}
