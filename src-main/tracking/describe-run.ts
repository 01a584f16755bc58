/** Everything known of one run. */
import { statSync } from 'node:fs';
import type { TrackedFile } from '../contract/common.ts';
import type { RunDetail, RunRow } from '../contract/runs.ts';
import * as runStore from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { dataAndModelsOf } from './data-and-models.ts';
import { logPath } from './log-path.ts';
import { environmentOf, executionsOf, filesOf, toRunRows } from './rows.ts';

/**
 * A row of the run with all that a table leaves out.
 * @param storeDir absolute folder that holds the logs
 * @param available whether the content of a file can still be had
 */
export function describeRun(
  store: Store,
  storeDir: string,
  record: runStore.NumberedRunRecord,
  available: (path: string, hash: string) => boolean,
): RunDetail {
  const { id } = record;
  const [row] = toRunRows(store, [record]);
  const logSize = (stage: string) =>
    statSync(logPath(storeDir, id, stage), { throwIfNoEntry: false })?.size ?? 0;
  return {
    ...(row as RunRow),
    parentId: record.parent_id,
    cwd: record.cwd,
    error: record.error,
    snapshot: record.snapshot,
    baseCommit: record.base_commit,
    branch: record.branch,
    dirtyFiles: JSON.parse(record.dirty_files) as string[],
    largeFiles: JSON.parse(record.large_files) as TrackedFile[],
    peakMemoryBytes: record.peak_memory,
    cpuSeconds: record.cpu_seconds,
    executions: executionsOf(store, id, logSize),
    files: filesOf(store, id, available),
    environment: environmentOf(store, record.environment_id),
    tags: runStore.readTags(store, id),
    ...dataAndModelsOf(store, record),
    notebook: record.notebook,
    previousId: runStore.readPrevious(store, record.experiment_id, record.number)?.id ?? null,
  };
}
