/**
 * Every string of the window. A namespace per feature, a file per namespace and language; English
 * keys are the type that `t()` checks. Nothing else of the renderer holds text.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { addSentences } from './sentences/index.ts';

export { localized } from './sentences/index.ts';
export { LanguageContext, useWords } from './words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

/** Locales of the window, with the name each calls itself. */
export const locales = { en: 'English', zh: '简体中文' } as const;
export type Locale = keyof typeof locales;

/** The last one that was asked for: it may still be on its way. */
let wanted: Locale = 'en';

/**
 * Starts i18next once. Resolves when the window can be drawn in `locale`: English is in the bundle,
 * the others come in chunks of their own, from where the bundle came.
 */
export async function startI18n(locale: Locale): Promise<void> {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(en),
    resources: { en },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  await setLocale(locale);
}

/** Switches the language of the whole window; it stays what it is when the other cannot be loaded. */
export async function setLocale(locale: Locale): Promise<void> {
  if (locale === wanted && locale === i18next.language) return;
  wanted = locale;
  try {
    await load(locale);
  } catch {
    return;
  }
  if (locale !== wanted) return;
  document.documentElement.lang = htmlLang(locale);
  await i18next.changeLanguage(locale);
}

async function load(locale: Locale): Promise<void> {
  if (locale === 'en' || i18next.hasResourceBundle(locale, 'common')) return;
  const { zh, zhSentences } = await import('./zh/all.ts');
  addSentences(locale, zhSentences);
  for (const [namespace, texts] of Object.entries(zh)) {
    i18next.addResourceBundle(locale, namespace, texts);
  }
}

/** The locale that fits the browser's preferences best. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    if (/^zh\b/i.test(language)) return 'zh';
    if (/^en\b/i.test(language)) return 'en';
  }
  return 'en';
}

function htmlLang(locale: Locale): string {
  return locale === 'zh' ? 'zh-CN' : 'en';
}
