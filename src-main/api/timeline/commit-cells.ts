/** Commit cells and the cells of the data changes they recorded. */
import { metricDirection } from '../../base/metrics.ts';
import type { CommitCell, DataCell } from '../../contract/timeline.ts';
import {
  type CommitChangeRecord,
  readCommitChanges,
  readCommitRefs,
  readCommits,
} from '../../store/timeline.ts';
import type { Session } from '../session.ts';

export function commitCells(session: Session, oids: readonly string[]): CommitCell[] {
  const changes = Map.groupBy(readCommitChanges(session.store, oids), (change) => change.oid);
  const refs = Map.groupBy(readCommitRefs(session.store), (ref) => ref.oid);
  return readCommits(session.store, oids).map((commit) => {
    const own = changes.get(commit.oid) ?? [];
    return {
      kind: 'commit',
      key: `commit:${commit.oid}`,
      at: commit.committed_at,
      oid: commit.oid,
      author: commit.author,
      subject: commit.subject,
      body: commit.body,
      refs: (refs.get(commit.oid) ?? []).map((ref) => ref.name),
      params: own
        .filter((change) => change.kind === 'param')
        .map((change) => ({ key: change.key, before: change.before, after: change.after })),
      metrics: own.filter((change) => change.kind === 'metric').map(toMetricChange),
    };
  });
}

export function dataCells(session: Session, oids: readonly string[]): DataCell[] {
  const changes = Map.groupBy(
    readCommitChanges(session.store, oids).filter((change) => change.kind === 'data'),
    (change) => change.oid,
  );
  return readCommits(session.store, oids).map((commit) => ({
    kind: 'data',
    key: `data:${commit.oid}`,
    at: commit.committed_at,
    oid: commit.oid,
    changes: (changes.get(commit.oid) ?? []).map((change) => ({
      path: change.path,
      change: kindOf(change),
      before: change.before,
      after: change.after,
      sizeBefore: change.size_before,
      sizeAfter: change.size_after,
      files: change.files,
    })),
  }));
}

function toMetricChange(change: CommitChangeRecord): CommitCell['metrics'][number] {
  const before = toNumber(change.before);
  const value = toNumber(change.after);
  const direction = metricDirection(change.key);
  const comparable = before !== null && value !== null && before !== value && direction !== null;
  const better = comparable ? (direction === 'higher' ? value > before : value < before) : null;
  return { key: change.key, value, before, better, spark: [] };
}

function kindOf(change: CommitChangeRecord): DataCell['changes'][number]['change'] {
  if (change.before === null) return 'added';
  return change.after === null ? 'removed' : 'modified';
}

function toNumber(text: string | null): number | null {
  return text === null || Number.isNaN(Number(text)) ? null : Number(text);
}
