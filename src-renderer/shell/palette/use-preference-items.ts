import type { SpotlightActionData } from '@mantine/spotlight';
import { useTranslation } from 'react-i18next';
import { type Locale, locales } from '../../i18n/index.ts';
import { type ThemeChoice, usePreferences } from '../../state/index.ts';

const themes: readonly ThemeChoice[] = ['light', 'dark', 'system'];
const themeWords = { light: 'themeLight', dark: 'themeDark', system: 'themeSystem' } as const;

/** Theme and language. */
export function usePreferenceItems(): SpotlightActionData[] {
  const { t } = useTranslation('shell');
  const theme = usePreferences((state) => state.theme);
  const locale = usePreferences((state) => state.locale);
  const set = usePreferences((state) => state.set);
  return [
    ...themes
      .filter((choice) => choice !== theme)
      .map((choice) => ({
        id: `theme ${choice}`,
        label: t(`actions.${themeWords[choice]}`),
        onClick: () => set({ theme: choice }),
      })),
    ...(Object.entries(locales) as [Locale, string][])
      .filter(([choice]) => choice !== locale)
      .map(([choice, language]) => ({
        id: `locale ${choice}`,
        label: t('actions.language', { language }),
        onClick: () => set({ locale: choice }),
      })),
  ];
}
