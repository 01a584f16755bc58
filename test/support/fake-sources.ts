/** Sources of runs as the window sees them. */
import type { SourceRow } from '../../src-main/contract/sources.ts';

export const fakeSources: SourceRow[] = [
  {
    id: 1,
    kind: 'mlruns',
    path: 'mlruns',
    runs: 128,
    goneRuns: 2,
    keptRuns: 0,
    elsewhere: false,
    readAt: Date.now() - 65_000,
    problem: null,
    goneAt: null,
    skippedCount: 1,
    skipped: [{ key: '0/5be1f1', reason: 'metric loss: 3 lines were left out.' }],
  },
  {
    id: 2,
    kind: 'mlflow-db',
    path: 'old/mlflow.db',
    runs: 14,
    goneRuns: 0,
    keptRuns: 0,
    elsewhere: false,
    readAt: Date.now() - 86_400_000,
    problem: 'mlflow.db is not a sound SQLite database.',
    goneAt: null,
    skippedCount: 0,
    skipped: [],
  },
];

/** What taking a source into the store would come to. */
export const fakeKept = { runs: 126, files: 310, bytes: 48_200_000, running: 2, problems: [] };
