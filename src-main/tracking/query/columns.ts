/** Where the store keeps what a filter names otherwise. */
import type { MetricSummaryName } from './types.ts';

export const summaryColumns = {
  last: 'last',
  min: 'min',
  max: 'max',
  count: 'count',
  step: 'last_step',
} as const satisfies Record<MetricSummaryName, string>;

const tagColumns: Readonly<Record<string, string>> = {
  'mlflow.runName': 'name',
  'mlflow.note.content': 'note',
  'mlflow.parentRunId': 'parent_id',
  'mlflow.user': 'user_name',
};

/** The column of `runs` that a tag of MLflow's is; what it says is what the tag says. */
export function tagColumn(key: string): string | null {
  return Object.hasOwn(tagColumns, key) ? (tagColumns[key] as string) : null;
}
