import i18next, { type TFunction } from 'i18next';
import { createContext, useContext } from 'react';
import type { en } from './en/index.ts';

/** The language that is shown; given by whoever draws anew when it changes. Null asks i18next. */
export const LanguageContext = createContext<string | null>(null);

const known = new Map<string, unknown>();

/**
 * As `useTranslation`, for what a page has thousands of: cells and rows of tables. That one follows
 * the language by itself, in every component, and is half of the work of drawing a small one.
 */
export function useWords<N extends keyof typeof en>(namespace: N): TFunction<N> {
  const language = useContext(LanguageContext) ?? i18next.language;
  const key = `${language} ${namespace}`;
  let words = known.get(key) as TFunction<N> | undefined;
  if (words === undefined) {
    words = i18next.getFixedT(language, namespace);
    known.set(key, words);
  }
  return words;
}
