import type { TimelineCell } from '../../client/index.ts';
import { BundleCellView } from './BundleCellView.tsx';
import { CellContext } from './CellFrame.tsx';
import { CommitCellView } from './CommitCellView.tsx';
import { DataCellView } from './DataCellView.tsx';
import { NoteCellView } from './NoteCellView.tsx';
import { PromotionCellView } from './PromotionCellView.tsx';
import { RunCellView } from './RunCellView.tsx';

export interface CellProps {
  /** Whether the note of the cell is being written. */
  readonly editing: boolean;
  readonly onEditing: (editing: boolean) => void;
}

/** One cell of the notebook. @param handled whether it is pointed at, or the active one */
export function CellView({
  cell,
  handled,
  withDate,
  ...props
}: CellProps & { cell: TimelineCell; handled: boolean; withDate: boolean }) {
  return (
    <CellContext value={{ handled, withDate }}>
      <CellOfKind cell={cell} {...props} />
    </CellContext>
  );
}

function CellOfKind({ cell, ...props }: CellProps & { cell: TimelineCell }) {
  switch (cell.kind) {
    case 'run':
      return <RunCellView cell={cell} {...props} />;
    case 'commit':
      return <CommitCellView cell={cell} />;
    case 'data':
      return <DataCellView cell={cell} />;
    case 'note':
      return <NoteCellView cell={cell} {...props} />;
    case 'bundle':
      return <BundleCellView cell={cell} />;
    case 'promotion':
      return <PromotionCellView cell={cell} />;
  }
}
