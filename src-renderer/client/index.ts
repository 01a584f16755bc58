/**
 * The window's only way to the core. Features call operations and read answers through the hooks
 * here, and take the contract's types from here: nothing else in the renderer imports src-main.
 */

export { isBundlePath } from '../../src-main/contract/bundle-path.ts';
export type { ReproduceReport, VerifyReport } from '../../src-main/contract/bundles.ts';
export type { ChartLayout } from '../../src-main/contract/charts.ts';
export type {
  ChangeKind,
  Progress,
  RunKind,
  RunStatus,
  TrackedFile,
} from '../../src-main/contract/common.ts';
export type {
  DataChange,
  DiffSummary,
  FileChange,
  Side,
  TensorChange,
} from '../../src-main/contract/diff.ts';
export type {
  CellChange,
  CellOutput,
  ContentBody,
  ContentDiff,
  ContentKind,
  ContentSource,
  SettingsChange,
} from '../../src-main/contract/diff-content.ts';
export type { ColumnChange, RowChange, TableDiff } from '../../src-main/contract/diff-table.ts';
export type { ExperimentRow, UndoState } from '../../src-main/contract/experiments.ts';
export type { FileKind, FileSource } from '../../src-main/contract/files.ts';
export type {
  Input,
  Item,
  OperationName,
  Output,
} from '../../src-main/contract/index.ts';
export { largestPiece } from '../../src-main/contract/largest-piece.ts';
export {
  isModelPath,
  possibleModelExtensions,
  structuredFormats,
} from '../../src-main/contract/model-files.ts';
export {
  isOptimizerState,
  layerChange,
  layerName,
  partNames,
} from '../../src-main/contract/model-layers.ts';
export { modelPairs } from '../../src-main/contract/model-pairs.ts';
export type {
  Structure,
  StructureNode,
  TreeChange,
  TreeNode,
} from '../../src-main/contract/model-structure.ts';
export { cellOf, columnsOf } from '../../src-main/contract/note-block-columns.ts';
export { type Block, type BlockProblem, parseBlock } from '../../src-main/contract/note-blocks.ts';
export { largestNoteImage } from '../../src-main/contract/note-images.ts';
export type {
  NotebookCell,
  NotebookOutput,
  NotebookParameter,
  NotebookPlan,
  NotebookRow,
} from '../../src-main/contract/notebooks.ts';
export type { PipelineGraph, StageNode, StaleReason } from '../../src-main/contract/pipeline.ts';
export type { RunPlot } from '../../src-main/contract/run-page.ts';
export { runReference } from '../../src-main/contract/run-references.ts';
export type { Aggregate, Cell, TableField, TableRow } from '../../src-main/contract/run-table.ts';
export type {
  Environment,
  Execution,
  ExecutionState,
  MetricSummary,
  RunDetail,
  RunFile,
  RunRow,
  RunSpec,
} from '../../src-main/contract/runs.ts';
export type { ShellBridge, ShellCommand, ShellNotice } from '../../src-main/contract/shell.ts';
export { silentAfterMs } from '../../src-main/contract/silence.ts';
export type { SourceRow } from '../../src-main/contract/sources.ts';
export type { TidyRule } from '../../src-main/contract/tidy.ts';
export type {
  BundleCell,
  CommitCell,
  DataCell,
  NoteCell,
  PromotionCell,
  RunCell,
  TimelineCell,
} from '../../src-main/contract/timeline.ts';
export { largestUpload, uploadPiece } from '../../src-main/contract/upload-limits.ts';
export type { SavedView, ViewState } from '../../src-main/contract/views.ts';
export type { AuditItem, WorkspaceInfo } from '../../src-main/contract/workspace.ts';
export type { QueryCache } from './cache.ts';
export { type Client, createClient } from './client.ts';
export { connectBridge, connectSocket, findBridge, socketUrl } from './connect.ts';
export type { CallOptions, Connect, Transport } from './connection.ts';
export { asClientError, ClientError, isCancelled } from './errors.ts';
export {
  ClientContext,
  type Query,
  useCall,
  useClient,
  useConnection,
  useOperation,
  useOperations,
  useStream,
} from './hooks.ts';
export { topics } from './topics.ts';
