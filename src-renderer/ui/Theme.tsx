import { MantineProvider } from '@mantine/core';
import { useColorScheme } from '@mantine/hooks';
import { type ReactNode, useEffect } from 'react';
import { setLocale } from '../i18n/index.ts';
import { usePreferences } from '../state/index.ts';
import { cssVariables, theme } from './theme.ts';

/** Gives everything below it Cairn's look, and follows the person's preferences. */
export function Theme({ children }: { readonly children: ReactNode }) {
  const system = useColorScheme('light', { getInitialValueInEffect: false });
  const choice = usePreferences((state) => state.theme);
  const textSize = usePreferences((state) => state.textSize);
  const density = usePreferences((state) => state.density);
  const locale = usePreferences((state) => state.locale);
  useEffect(() => {
    document.documentElement.dataset.text = textSize;
    document.documentElement.dataset.density = density;
  }, [textSize, density]);
  useEffect(() => setLocale(locale), [locale]);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      forceColorScheme={choice === 'system' ? system : choice}
    >
      {children}
    </MantineProvider>
  );
}
