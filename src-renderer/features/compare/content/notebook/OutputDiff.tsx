import { useTranslation } from 'react-i18next';
import type { CellChange, CellOutput, ContentSource } from '../../../../client/index.ts';
import { ChangeMark, Size } from '../../../../ui/index.ts';
import css from '../content.module.css';
import { ImageOf } from '../image/ImageOf.tsx';
import { LineDiff } from '../LineDiff.tsx';
import { GridDiff } from './GridDiff.tsx';

export interface OutputDiffProps {
  readonly output: CellChange['outputs'][number];
  /** Positions of the cell on both sides. */
  readonly cells: { readonly left: number; readonly right: number };
  readonly sources: { readonly left: ContentSource; readonly right: ContentSource };
}

/** One output on both sides, each kind in its own way. Nothing that an output holds is run. */
export function OutputDiff({ output, cells, sources }: OutputDiffProps) {
  const { t } = useTranslation('contents');
  const { left, right, change } = output;
  const kind = (right ?? left)?.kind ?? 'data';
  return (
    <div className={css.part}>
      <h3 className={css.partTitle}>
        <ChangeMark change={change} compact />
        {t(`output.${kind}`)}
        <span className={css.dim}>{(right ?? left)?.mime}</span>
      </h3>
      {kind === 'image' ? (
        <div className={css.pair}>
          <ImageSide output={left} cell={cells.left} source={sources.left} side="left" />
          <ImageSide output={right} cell={cells.right} source={sources.right} side="right" />
        </div>
      ) : left?.rows || right?.rows ? (
        <GridDiff left={left?.rows ?? null} right={right?.rows ?? null} />
      ) : (
        <LineDiff
          left={left?.text ?? null}
          right={right?.text ?? null}
          grammar={kind === 'data' ? 'json' : 'plain'}
        />
      )}
      {(left?.cut || right?.cut) && <p className={css.note}>{t('outputCut')}</p>}
    </div>
  );
}

function ImageSide({
  output,
  cell,
  source,
  side,
}: {
  readonly output: CellOutput | null;
  readonly cell: number;
  readonly source: ContentSource;
  readonly side: 'left' | 'right';
}) {
  const { t } = useTranslation('contents');
  if (output === null) return <div className={css.noSide}>{t('notOnThisSide')}</div>;
  return (
    <figure className={css.outputImage}>
      <ImageOf source={source} output={{ cell, at: output.at }} alt={t(`imageOf.${side}`)} />
      <figcaption className={css.dim}>
        <Size bytes={output.bytes} />
      </figcaption>
    </figure>
  );
}
