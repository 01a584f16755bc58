import type { SourceRow } from '../../client/index.ts';

/** Runs of a server are fetched when asked for, and not read where they lie. */
const serverKind = 'mlflow-server';

/** Whether every run of a source is in the store: the source is not needed any more. */
export function isKept(row: SourceRow): boolean {
  return row.runs > 0 && row.keptRuns >= row.runs;
}

/** Why a source cannot be read again from here: the key of a sentence; null when it can. */
export function whyNotAgain(row: SourceRow): 'whyNot.elsewhere' | 'whyNot.server' | null {
  if (row.elsewhere) return 'whyNot.elsewhere';
  return row.kind === serverKind ? 'whyNot.server' : null;
}

/** Why there is nothing to keep of a source: the key of a sentence; null when there is. */
export function whyNotKept(
  row: SourceRow,
): 'whyNot.allKept' | 'whyNot.noRuns' | 'whyNot.takeElsewhere' | null {
  if (row.runs === 0) return 'whyNot.noRuns';
  if (isKept(row)) return 'whyNot.allKept';
  return row.elsewhere ? 'whyNot.takeElsewhere' : null;
}
