import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** What CodeMirror's search panel says, by our key. */
const phraseOf = {
  find: 'Find',
  next: 'next',
  previous: 'previous',
  all: 'all',
  matchCase: 'match case',
  regexp: 'regexp',
  byWord: 'by word',
  close: 'close',
} as const;
const keys = Object.keys(phraseOf) as (keyof typeof phraseOf)[];

/** The words of the search panel in the window's language, by those of CodeMirror. */
export function useSearchWords(): Readonly<Record<string, string>> {
  const { t } = useTranslation('compare');
  return useMemo(
    () => Object.fromEntries(keys.map((key) => [phraseOf[key], t(`find.${key}`)])),
    [t],
  );
}
