import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOperation } from '../../client/index.ts';
import { localized } from '../../i18n/index.ts';
import css from './notes.module.css';

/** A picture that is kept with the notes. It comes from the core, never from the network. */
export function NoteImage({ name, alt }: { name: string; alt: string }) {
  const { t } = useTranslation();
  const { data, error } = useOperation('notes.image', { name });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (data === undefined) return;
    const bytes = new Uint8Array(data.bytes);
    const made = URL.createObjectURL(new Blob([bytes], { type: data.type }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  if (error !== null && url === null)
    return <span className={css.missing}>{localized(error.message)}</span>;
  if (url === null) return <span className={css.imageWait} role="img" aria-label={alt} />;
  return <img className={css.image} src={url} alt={alt || t('note.picture')} />;
}
