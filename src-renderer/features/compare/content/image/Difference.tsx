import { Slider } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../../ui/index.ts';
import css from '../content.module.css';
import { ScrollRegion } from '../ScrollRegion.tsx';
import { sizeOf } from './ImagePanes.tsx';
import { type Decoded, differenceOf, type Difference as Found } from './pixels.ts';

export interface DifferenceProps {
  readonly left: Decoded;
  readonly right: Decoded;
  readonly zoom: number | null;
}

/** Where two images differ, pixel by pixel, and by how much. */
export function Difference({ left, right, zoom }: DifferenceProps) {
  const { t } = useTranslation('contents');
  const [threshold, setThreshold] = useState(10);
  const [found, setFound] = useState<Found | null | 'computing'>('computing');
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    // The slider moves first; comparing takes a moment.
    const timer = setTimeout(() => setFound(differenceOf(left, right, threshold / 100)), 30);
    return () => clearTimeout(timer);
  }, [left, right, threshold]);
  const shown = found === 'computing' ? null : found;
  useEffect(() => {
    const [target, source] = [canvas.current, shown?.canvas];
    if (target === null || source === undefined) return;
    target.width = source.width;
    target.height = source.height;
    target.getContext('2d')?.drawImage(source, 0, 0);
  }, [shown]);
  if (found === null) return <EmptyState title={t('imageTooLarge')} />;
  const percent = shown === null ? 0 : (100 * shown.pixels) / shown.total;
  return (
    <>
      <div className={css.differenceTools}>
        <span aria-live="polite">
          {shown === null
            ? t('computing')
            : t('pixelsDiffer', { count: shown.pixels, percent: percent.toPrecision(3) })}
        </span>
        <span id="image-threshold" className={css.dim}>
          {t('threshold')}
        </span>
        <Slider
          className={css.slider}
          min={0}
          max={50}
          value={threshold}
          onChange={setThreshold}
          thumbLabel={t('threshold')}
          label={(value) => `${value} %`}
        />
      </div>
      <ScrollRegion className={css.imagePane} label={t('mode.difference')}>
        {shown !== null && (
          <canvas
            ref={canvas}
            role="img"
            aria-label={t('mode.difference')}
            style={sizeOf({ width: shown.canvas.width, height: shown.canvas.height }, zoom)}
          />
        )}
      </ScrollRegion>
    </>
  );
}
