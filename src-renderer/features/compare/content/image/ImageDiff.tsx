import { ActionIcon, SegmentedControl, Slider } from '@mantine/core';
import { IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ContentSource } from '../../../../client/index.ts';
import { localized } from '../../../../i18n/index.ts';
import { EmptyState, Skeletons, Spacer } from '../../../../ui/index.ts';
import compare from '../../compare.module.css';
import css from '../content.module.css';
import { Difference } from './Difference.tsx';
import { ImagePanes } from './ImagePanes.tsx';
import { type Decoded, decodeImage } from './pixels.ts';
import { useImage } from './use-image.ts';

export interface ImageDiffProps {
  /** Null where the side has no such image. */
  readonly left: ContentSource | null;
  readonly right: ContentSource | null;
  readonly titles: { readonly left: string; readonly right: string };
}

type Mode = 'side' | 'onion' | 'difference';
const zooms = [0.125, 0.25, 0.5, 1, 2, 4, 8, 16];

/** Pixels that the larger side of a small image is enlarged to at most, before anybody zooms. */
const enlargedTo = 320;

/** Two images beside each other, one shining through the other, or only where they differ. */
export function ImageDiff({ left, right, titles }: ImageDiffProps) {
  const { t } = useTranslation('contents');
  const a = useDecoded(left);
  const b = useDecoded(right);
  const both = left !== null && right !== null;
  const [wanted, setMode] = useState<Mode>('side');
  const [chosen, setZoom] = useState<number | null | undefined>(undefined);
  const zoom = chosen === undefined ? firstZoom(a.image, b.image) : chosen;
  const [share, setShare] = useState(50);
  const mode = both ? wanted : 'side';
  const problem = a.problem ?? b.problem;
  if (problem !== null) return <EmptyState title={localized(problem)} />;
  if ((left !== null && a.image === null) || (right !== null && b.image === null)) {
    return <Skeletons rows={6} height={40} />;
  }
  const change = (way: 1 | -1): void => {
    const now = zooms.findIndex((one) => one >= (zoom ?? 1));
    setZoom(zooms[Math.min(zooms.length - 1, Math.max(0, now + way))] ?? 1);
  };
  return (
    <>
      <div className={compare.diffTools}>
        <SegmentedControl
          aria-label={t('imageMode')}
          value={mode}
          disabled={!both}
          onChange={(value) => setMode(value as Mode)}
          data={(['side', 'onion', 'difference'] as const).map((value) => ({
            value,
            label: t(`mode.${value}`),
          }))}
        />
        {mode === 'onion' && (
          <>
            <span className={css.onionTitle} title={titles.left}>
              {titles.left}
            </span>
            <Slider
              className={css.slider}
              value={share}
              onChange={setShare}
              thumbLabel={t('onionShare')}
              label={(value) => `${value} %`}
            />
            <span className={css.onionTitle} title={titles.right}>
              {titles.right}
            </span>
          </>
        )}
        <span className={compare.dim}>{sizesOf(a.image, b.image)}</span>
        <Spacer />
        <ActionIcon aria-label={t('zoomOut')} title={t('zoomOut')} onClick={() => change(-1)}>
          <IconZoomOut size={16} />
        </ActionIcon>
        <button
          type="button"
          className={css.zoom}
          onClick={() => setZoom(zoom === null ? 1 : null)}
        >
          {zoom === null ? t('zoomFit') : `${zoom * 100} %`}
        </button>
        <ActionIcon aria-label={t('zoomIn')} title={t('zoomIn')} onClick={() => change(1)}>
          <IconZoomIn size={16} />
        </ActionIcon>
      </div>
      {mode === 'difference' && a.image !== null && b.image !== null ? (
        <Difference left={a.image} right={b.image} zoom={zoom} />
      ) : (
        <ImagePanes
          left={a.image}
          right={b.image}
          titles={titles}
          zoom={zoom}
          share={mode === 'onion' ? share / 100 : null}
        />
      )}
    </>
  );
}

interface DecodedState {
  readonly image: Decoded | null;
  readonly problem: string | null;
}

function useDecoded(source: ContentSource | null): DecodedState {
  const { t } = useTranslation('contents');
  const read = useImage(source === null ? null : { source, output: null });
  const [image, setImage] = useState<Decoded | null>(null);
  const [broken, setBroken] = useState(false);
  const url = read.status === 'read' ? read.url : null;
  useEffect(() => {
    let shown = true;
    setImage(null);
    setBroken(false);
    if (url === null) return;
    decodeImage(url).then(
      (decoded) => shown && setImage(decoded),
      () => shown && setBroken(true),
    );
    return () => {
      shown = false;
    };
  }, [url]);
  const problem = read.status === 'failed' ? read.message : broken ? t('imageBroken') : null;
  return { image, problem };
}

/** Small images are enlarged by whole steps; null fits the others into their panes. */
function firstZoom(...images: readonly (Decoded | null)[]): number | null {
  const sizes = images.flatMap((image) => (image === null ? [] : [image.width, image.height]));
  const largest = Math.max(1, ...sizes);
  return zooms.findLast((zoom) => zoom > 1 && zoom <= 8 && zoom * largest <= enlargedTo) ?? null;
}

function sizesOf(left: Decoded | null, right: Decoded | null): string {
  const size = (image: Decoded | null) =>
    image === null ? '–' : `${image.width} × ${image.height}`;
  return size(left) === size(right) ? size(left) : `${size(left)} → ${size(right)}`;
}
