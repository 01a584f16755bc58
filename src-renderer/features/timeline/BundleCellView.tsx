import { IconBoxSeam } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { BundleCell } from '../../client/index.ts';
import { MiddleEllipsis } from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import css from './timeline.module.css';

/** A bundle that was written, or run again. */
export function BundleCellView({ cell }: { cell: BundleCell }) {
  const { t } = useTranslation('timeline');
  return (
    <CellFrame
      at={cell.at}
      mark={<IconBoxSeam size={15} stroke={1.6} aria-hidden />}
      head={
        <>
          <span>
            {t(cell.reproduced === false ? 'notReproduced' : cell.direction, { label: cell.label })}
          </span>
          <span className={css.dim}>
            <MiddleEllipsis text={cell.path} max={48} mono />
          </span>
        </>
      }
    />
  );
}
