import { IconRosette } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PromotionCell } from '../../client/index.ts';
import { to, useGo } from '../../state/index.ts';
import { Chip, MiddleEllipsis } from '../../ui/index.ts';
import { CellFrame } from './CellFrame.tsx';
import css from './timeline.module.css';

/** A version of a registered model was made, or a stage or an alias moved. */
export function PromotionCellView({ cell }: { cell: PromotionCell }) {
  const { t } = useTranslation('timeline');
  const go = useGo();
  const { name, version, value, before, run } = cell;
  return (
    <CellFrame
      at={cell.at}
      mark={<IconRosette size={15} stroke={1.6} aria-hidden />}
      head={
        <>
          <MiddleEllipsis text={name} max={48} />
          <Chip>{t('promotion.versionNumber', { version })}</Chip>
          <span className={css.dim}>
            {cell.change === 'version' && t('promotion.version')}
            {cell.change === 'stage' && t('promotion.stage', { before, value })}
            {cell.change === 'alias' &&
              (before === ''
                ? t('promotion.alias', { value })
                : t('promotion.aliasMoved', { value, before }))}
            {cell.change === 'unalias' && t('promotion.unalias', { value })}
          </span>
          {run !== null && (
            <button
              type="button"
              className={css.link}
              tabIndex={-1}
              onClick={() => go(to('run', [run.id]))}
            >
              {t('promotion.from', { label: run.label })}
            </button>
          )}
        </>
      }
    />
  );
}
