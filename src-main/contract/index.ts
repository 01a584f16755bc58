/**
 * The table of operations: the only way into the core, the same for the window, the page and the
 * command line. A file per domain; this one only joins them.
 */
import type { z } from 'zod';
import { bulkEditOperations } from './bulk-edit.ts';
import { bundleOperations } from './bundles.ts';
import { chartOperations } from './charts.ts';
import { diffOperations } from './diff.ts';
import { diffContentOperations } from './diff-content.ts';
import { diffTableOperations } from './diff-table.ts';
import { diskOperations } from './disk.ts';
import { experimentOperations } from './experiments.ts';
import { exportOperations } from './exports.ts';
import { fileOperations } from './files.ts';
import { mediaOperations } from './media.ts';
import { modelSeriesOperations } from './model-series.ts';
import { modelStructureOperations } from './model-structure.ts';
import { notebookOperations } from './notebooks.ts';
import { noteOperations } from './notes.ts';
import type { Operation } from './operation.ts';
import { pipelineOperations } from './pipeline.ts';
import { registeredModelOperations } from './registered-models.ts';
import { runPageOperations } from './run-page.ts';
import { runTableOperations } from './run-table.ts';
import { runOperations } from './runs.ts';
import { sourceOperations } from './sources.ts';
import { syncOperations } from './sync.ts';
import { taskVectorOperations } from './task-vectors.ts';
import { tidyOperations } from './tidy.ts';
import { timelineOperations } from './timeline.ts';
import { uploadOperations } from './uploads.ts';
import { viewOperations } from './views.ts';
import { workspaceOperations } from './workspace.ts';

export const operations = {
  ...workspaceOperations,
  ...timelineOperations,
  ...noteOperations,
  ...diskOperations,
  ...runOperations,
  ...runTableOperations,
  ...runPageOperations,
  ...viewOperations,
  ...chartOperations,
  ...experimentOperations,
  ...pipelineOperations,
  ...diffOperations,
  ...diffContentOperations,
  ...diffTableOperations,
  ...taskVectorOperations,
  ...modelStructureOperations,
  ...modelSeriesOperations,
  ...registeredModelOperations,
  ...fileOperations,
  ...mediaOperations,
  ...bundleOperations,
  ...sourceOperations,
  ...exportOperations,
  ...tidyOperations,
  ...bulkEditOperations,
  ...syncOperations,
  ...notebookOperations,
  ...uploadOperations,
} as const;

export type Operations = typeof operations;
export type OperationName = keyof Operations;

type ItemSchema<T> = T extends Operation<z.ZodType, z.ZodType, infer S> ? S : never;

/** What a caller passes (defaults may be left out). */
export type Input<N extends OperationName> = z.input<Operations[N]['input']>;
/** What a handler receives (defaults filled in). */
export type ParsedInput<N extends OperationName> = z.output<Operations[N]['input']>;
export type Output<N extends OperationName> = z.output<Operations[N]['output']>;
export type Item<N extends OperationName> = z.output<ItemSchema<Operations[N]>>;
