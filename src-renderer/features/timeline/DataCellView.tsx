import { IconDatabase } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DataCell } from '../../client/index.ts';
import { formatSize, MiddleEllipsis } from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import css from './timeline.module.css';

const shown = 6;
const signs = { added: '+', removed: '−', modified: '~', renamed: '→', same: '=' } as const;

/** Data, models or outputs whose recorded content changed in a commit. */
export function DataCellView({ cell }: { cell: DataCell }) {
  return (
    <CellFrame
      at={cell.at}
      mark={<IconDatabase size={14} stroke={1.6} aria-hidden />}
      head={<DataChanges cell={cell} max={44} />}
      aside={<code className={css.oid}>{cell.oid.slice(0, 7)}</code>}
    />
  );
}

/** The first of them, each with its size before and after. @param max characters of a path */
export function DataChanges({ cell, max }: { readonly cell: DataCell; readonly max: number }) {
  const { t } = useTranslation(['timeline', 'common']);
  const rest = cell.changes.length - shown;
  return (
    <div className={css.dataList}>
      {cell.changes.slice(0, shown).map((change) => (
        <span key={change.path} className={css.output}>
          <span className={css.sign} data-change={change.change} aria-hidden>
            {signs[change.change]}
          </span>
          <MiddleEllipsis text={change.path} max={max} mono />
          <span className={css.dim}>
            {t(`common:change.${change.change}`)}
            {sizes(change.sizeBefore, change.sizeAfter)}
            {change.files !== null && `, ${t('files', { count: change.files })}`}
          </span>
        </span>
      ))}
      {rest > 0 && <span className={css.dim}>{t('moreFiles', { count: rest })}</span>}
    </div>
  );
}

function sizes(before: number | null, after: number | null): string {
  if (before !== null && after !== null && before !== after) {
    return `, ${formatSize(before)} → ${formatSize(after)}`;
  }
  const size = after ?? before;
  return size === null ? '' : `, ${formatSize(size)}`;
}
