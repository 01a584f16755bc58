/** What of a folder needs somebody, from what is known of it. */
import type { AuditItem, Output, RunRow } from '../../client/index.ts';

export type Attention =
  | { readonly kind: 'stale'; readonly stages: readonly string[] }
  | { readonly kind: 'pipeline'; readonly problem: string }
  | { readonly kind: 'failed'; readonly runs: readonly RunRow[] }
  | { readonly kind: 'uncommitted'; readonly run: RunRow; readonly files: number }
  | { readonly kind: 'found'; readonly items: readonly AuditItem[] };

/** A failure is of interest this long. */
const recentMs = 14 * 86_400_000;

export interface Known {
  readonly status: Output<'pipeline.status'> | undefined;
  readonly audit: readonly AuditItem[];
  readonly lastRuns: readonly RunRow[];
  /** The best runs, with how many files of their code were never committed. */
  readonly best: readonly { readonly run: RunRow; readonly uncommitted: number }[];
  /** Epoch ms. */
  readonly now: number;
}

export function attentionOf(known: Known): Attention[] {
  const found: Attention[] = [];
  const { status, audit, lastRuns, best, now } = known;
  if (status?.problem) found.push({ kind: 'pipeline', problem: status.problem });
  const stale = (status?.stages ?? []).filter(
    ({ state }) => state === 'stale' || state === 'failed',
  );
  if (stale.length > 0) found.push({ kind: 'stale', stages: stale.map((stage) => stage.address) });
  const failed = lastRuns.filter(
    (run) => run.status === 'FAILED' && now - (run.endedAt ?? run.createdAt) < recentMs,
  );
  if (failed.length > 0) found.push({ kind: 'failed', runs: failed });
  for (const { run, uncommitted } of best) {
    if (uncommitted > 0) found.push({ kind: 'uncommitted', run, files: uncommitted });
  }
  const problems = audit.filter((item) => item.problem !== null);
  if (problems.length > 0) found.push({ kind: 'found', items: problems });
  return found;
}

/** What of a run's code was never committed: not what it wrote itself, nor the lock of its stages. */
export function uncommittedCode(
  run: Pick<Output<'runs.get'>, 'dirtyFiles' | 'files'>,
): readonly string[] {
  const written = run.files.filter(({ role }) => role !== 'dep').map(({ path }) => path);
  return run.dirtyFiles.filter(
    (path) =>
      !/(^|\/)dvc\.lock$/.test(path) &&
      !written.some((one) => path === one || path.startsWith(`${one}/`)),
  );
}

/** The metric that most of the runs have; of several, the first by name. */
export function commonMetric(runs: readonly Pick<RunRow, 'metrics'>[]): string | null {
  const counts = new Map<string, number>();
  for (const run of runs) {
    for (const { key } of run.metrics) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const order = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return order[0]?.[0] ?? null;
}

/** A metric's name where the filter language wants it quoted. */
export function metricField(key: string): string {
  return `metrics."${key.replaceAll('"', '""')}"`;
}

/** What is most often meant by best, until somebody says otherwise. */
export function lowerIsBetter(key: string): boolean {
  return /loss|err|mse|mae|nll|perplexity|wer|cer|latency|duration|time/i.test(key);
}
