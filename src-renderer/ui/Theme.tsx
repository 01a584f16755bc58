import { createTheme, MantineProvider, mergeThemeOverrides } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { type ReactNode, useEffect, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LanguageContext, setLocale } from '../i18n/index.ts';
import { usePreferences } from '../state/index.ts';
import { watchFocus } from './return-focus.ts';
import { cssVariables, theme } from './theme.ts';

/** Gives the empty page the colours and the size of text that it will have. */
export function dressPage(): void {
  const { theme: choice, textSize, density } = usePreferences.getState();
  const { dataset, style } = document.documentElement;
  const isDark = choice === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : null;
  dataset.mantineColorScheme = isDark === null ? choice : isDark ? 'dark' : 'light';
  dataset.density = density;
  style.setProperty('--text-scale', String(textSize / 100));
}

/** Gives everything below it Cairn's look, and follows the person's preferences. */
export function Theme({ children }: { readonly children: ReactNode }) {
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const choice = usePreferences((state) => state.theme);
  const textSize = usePreferences((state) => state.textSize);
  const density = usePreferences((state) => state.density);
  const locale = usePreferences((state) => state.locale);
  useEffect(() => {
    document.documentElement.style.setProperty('--text-scale', String(textSize / 100));
    document.documentElement.dataset.density = density;
  }, [textSize, density]);
  useEffect(() => void setLocale(locale), [locale]);
  useEffect(watchFocus, []);
  const { t, i18n } = useTranslation();
  const close = t('close');
  // The buttons of Mantine's own that have no words but these.
  const worded = useMemo(() => {
    const closeButtonProps = { 'aria-label': close };
    return mergeThemeOverrides(
      theme,
      createTheme({
        components: {
          Modal: { defaultProps: { closeButtonProps } },
          Drawer: { defaultProps: { closeButtonProps } },
          Notification: { defaultProps: { closeButtonProps } },
        },
      }),
    );
  }, [close]);
  return (
    <MantineProvider
      theme={worded}
      cssVariablesResolver={cssVariables}
      forceColorScheme={choice === 'system' ? system : choice}
    >
      <LanguageContext value={i18n.language}>{children}</LanguageContext>
    </MantineProvider>
  );
}
