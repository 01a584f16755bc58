/**
 * Every string of the window. A namespace per feature, a file per namespace and language; English
 * keys are the type that `t()` checks. Nothing else of the renderer holds text.
 */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './en/index.ts';
import { zh } from './zh/index.ts';

export { localized } from './sentences/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

/** Locales of the window, with the name each calls itself. */
export const locales = { en: 'English', zh: '简体中文' } as const;
export type Locale = keyof typeof locales;

/** Starts i18next once, before the first render. Resources are in the bundle: nothing is fetched. */
export function startI18n(locale: Locale): void {
  void i18next.use(initReactI18next).init({
    lng: locale,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: Object.keys(en),
    resources: { en, zh },
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = htmlLang(locale);
}

/** Switches the language of the whole window. */
export function setLocale(locale: Locale): void {
  document.documentElement.lang = htmlLang(locale);
  void i18next.changeLanguage(locale);
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
