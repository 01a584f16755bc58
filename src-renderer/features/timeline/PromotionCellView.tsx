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
  const earlier = earlierVersion(cell);
  const uriOf = (number: string | number): string => `models:/${name}/${number}`;
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
          {earlier !== null && (
            <button
              type="button"
              className={css.link}
              tabIndex={-1}
              onClick={() => go(to('models', [], { left: uriOf(earlier), right: uriOf(version) }))}
            >
              {t('promotion.compare', { version: earlier })}
            </button>
          )}
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

/** What a version takes the place of: what had the alias until then, or the one made before it. */
function earlierVersion({ change, version, before }: PromotionCell): string | null {
  if (change === 'alias') return before === '' ? null : before;
  return change === 'version' && version > 1 ? String(version - 1) : null;
}
