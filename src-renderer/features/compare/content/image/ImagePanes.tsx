import { type CSSProperties, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import css from '../content.module.css';
import { ScrollRegion } from '../ScrollRegion.tsx';
import type { ImageDiffProps } from './ImageDiff.tsx';
import type { Decoded } from './pixels.ts';

export interface ImagePanesProps extends Pick<ImageDiffProps, 'titles'> {
  readonly left: Decoded | null;
  readonly right: Decoded | null;
  /** Null fits the image into its pane. */
  readonly zoom: number | null;
  /** How much of the right one shines through, 0…1; null stands them beside each other. */
  readonly share: number | null;
}

/** Both images; scrolling one scrolls the other. */
export function ImagePanes({ left, right, titles, zoom, share }: ImagePanesProps) {
  const { t } = useTranslation('contents');
  const panes = useRef<HTMLDivElement>(null);
  if (share !== null && left !== null && right !== null) {
    return (
      <ScrollRegion className={css.imagePane} label={t('mode.onion')}>
        <div className={css.onion}>
          <img src={left.image.src} alt={titles.left} style={sizeOf(left, zoom)} />
          <img
            src={right.image.src}
            alt={titles.right}
            style={{ ...sizeOf(right, zoom), opacity: share }}
          />
        </div>
      </ScrollRegion>
    );
  }
  const follow = (from: HTMLElement): void => {
    for (const pane of panes.current?.children ?? []) {
      if (pane === from || !(pane instanceof HTMLElement)) continue;
      pane.scrollTo(from.scrollLeft, from.scrollTop);
    }
  };
  return (
    <>
      <div className={css.imageTitles} aria-hidden>
        <span>{titles.left}</span>
        <span>{titles.right}</span>
      </div>
      <div ref={panes} className={css.imagePair}>
        {(
          [
            ['left', left],
            ['right', right],
          ] as const
        ).map(([side, image]) => (
          <ScrollRegion
            key={side}
            className={css.imagePane}
            label={titles[side]}
            onScroll={(event) => follow(event.currentTarget)}
          >
            {image === null ? (
              <p className={css.noSide}>{t('notOnThisSide')}</p>
            ) : (
              <img src={image.image.src} alt={titles[side]} style={sizeOf(image, zoom)} />
            )}
          </ScrollRegion>
        ))}
      </div>
    </>
  );
}

/** In pixels of the screen; small images keep their pixels sharp. */
export function sizeOf(
  { width, height }: Omit<Decoded, 'image'>,
  zoom: number | null,
): CSSProperties {
  if (zoom === null) return { maxWidth: '100%', maxHeight: '100%', objectFit: 'contain' };
  return {
    width: width * zoom,
    height: height * zoom,
    maxWidth: 'none',
    imageRendering: zoom >= 2 ? 'pixelated' : 'auto',
  };
}
