import { Skeleton } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localized } from '../../../../i18n/index.ts';
import css from '../content.module.css';
import { type ImageSource, useImage } from './use-image.ts';

/** One image, or why it cannot be shown. A script in a drawing does not run in an `img`. */
export function ImageOf({ alt, ...of }: ImageSource & { readonly alt: string }) {
  const { t } = useTranslation('contents');
  const image = useImage(of);
  const [broken, setBroken] = useState(false);
  if (image.status === 'failed' || broken) {
    const why = image.status === 'failed' ? localized(image.message) : t('imageBroken');
    return (
      <p role="alert" className={css.imageError}>
        {why}
      </p>
    );
  }
  if (image.status === 'loading') return <Skeleton height={160} />;
  return <img className={css.picture} src={image.url} alt={alt} onError={() => setBroken(true)} />;
}
