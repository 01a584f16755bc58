/**
 * Cairn's defaults over Mantine: measures, words, states and values that every feature shares.
 * Features are put together from these and never styled from scratch.
 */

export { AppTable, type AppTableProps } from './AppTable.tsx';
export { type AnsiStyle, parseAnsi, plain, stripAnsi, styleAfter } from './ansi.ts';
export { ansiCss } from './ansi-css.ts';
export { Badge, ChangeMark, Chip, RunLabel, RunMark, StageBadge, StatusBadge } from './badges.tsx';
export { ConfirmDialog } from './ConfirmDialog.tsx';
export { CopyMenuItem } from './CopyMenuItem.tsx';
export { CodeView } from './code/CodeView.tsx';
export { Dialog } from './Dialog.tsx';
export { dropKeys, holdKeys, watchEarlyKeys } from './early-keys.ts';
export { FilterField } from './FilterField.tsx';
export { type GrowingColumn, useFilledColumns } from './fill-columns.ts';
export {
  dayOf,
  formatDay,
  formatDuration,
  formatNumber,
  formatSize,
  middleEllipsis,
} from './format.ts';
export { Grid } from './Grid.tsx';
export type { HeadTools } from './GridHead.tsx';
export { HtmlFrame } from './HtmlFrame.tsx';
export { confirm, forgetUndo, notify, notifyError, notifyUndo, offer } from './messages.tsx';
export { NotebookCells } from './notebook/index.ts';
export {
  EditableNote,
  Markdown,
  NoteBlockContext,
  preloadNotes,
  readDraft,
} from './notes/index.ts';
export { PathField } from './PathField.tsx';
export {
  Facts,
  Inspect,
  InspectorContext,
  Page,
  Section,
  Spacer,
} from './page.tsx';
export { RunStatusBadge, useSilence } from './RunStatus.tsx';
export { useFocusBack, useReturnFocus } from './return-focus.ts';
export { filterProblem, useRunCompletion } from './run-search.ts';
export { type LineStyle, labelStyle, runColors, runStyles } from './run-style.ts';
export { Sparkline, type SparklineProps } from './Sparkline.tsx';
export { SplitPane } from './SplitPane.tsx';
export type { SortValue } from './sort.ts';
export {
  CopyText,
  EmptyState,
  ErrorBoundary,
  ErrorState,
  ProgressBar,
  QueryView,
  Skeletons,
} from './states.tsx';
export { dressPage, Theme } from './Theme.tsx';
export { type TreeRow, TreeView } from './TreeView.tsx';
export type { AppColumn, Sort } from './table-model.ts';
export { Keys } from './text.tsx';
export { toolName } from './tool-name.ts';
export { useCommand } from './use-command.ts';
export type { Complete } from './use-completion.ts';
export { isTyping, useListKeys } from './use-list-keys.ts';
export { useOpenFolder } from './use-open-folder.ts';
export { useOpenShell } from './use-open-shell.ts';
export { usePathChoice } from './use-path-choice.tsx';
export { useRowHeight, useTextScale } from './use-row-height.ts';
export { type RunTarget, useRunActions } from './use-run-actions.ts';
export { useTask } from './use-task.ts';
export {
  Absent,
  ClockTime,
  CodeText,
  Delta,
  Duration,
  LiveDuration,
  MiddleEllipsis,
  NumberText,
  RelativeTime,
  ShortDate,
  Size,
  useNow,
} from './values.tsx';
export { orderText, summaryField } from './view-order.ts';
export { RevealButton, Written } from './Written.tsx';
