import { IconGitCommit } from '@tabler/icons-react';
import type { CommitCell } from '../../client/index.ts';
import { Chip } from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import { MetricLine, ParamLine } from './changes.tsx';
import css from './timeline.module.css';

/** A commit: its subject, where branches and tags point, and what it changed in params and metrics. */
export function CommitCellView({ cell }: { cell: CommitCell }) {
  return (
    <CellFrame
      at={cell.at}
      mark={<IconGitCommit size={16} stroke={1.6} aria-hidden />}
      head={
        <>
          <span className={css.subject}>{cell.subject}</span>
          {cell.refs.map((ref) => (
            <Chip key={ref}>{ref}</Chip>
          ))}
        </>
      }
      aside={
        <>
          <span className={css.dim}>{cell.author}</span>
          <code className={css.oid}>{cell.oid.slice(0, 7)}</code>
        </>
      }
    >
      {cell.params.length > 0 && (
        <div className={css.line}>
          <ParamLine changes={cell.params} />
        </div>
      )}
      {cell.metrics.length > 0 && <MetricLine metrics={cell.metrics} />}
    </CellFrame>
  );
}
