import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type Locale, preferredLocale } from '../i18n/index.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
export type TextSize = 'small' | 'normal' | 'large' | 'largest';
export type Density = 'compact' | 'comfortable';

/** Choices of the person at this machine, kept in the browser's storage. */
export interface Preferences {
  readonly theme: ThemeChoice;
  readonly locale: Locale;
  readonly textSize: TextSize;
  readonly density: Density;
  readonly inspectorOpen: boolean;
  readonly inspectorWidth: number;
  readonly besideWidth: number;
  readonly timelineOrder: 'newest' | 'oldest';
  /** Runs table: show only the columns whose values differ. */
  readonly onlyDiffering: boolean;
  readonly hiddenColumns: readonly string[];
  set(change: Partial<Omit<Preferences, 'set'>>): void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      locale: preferredLocale(navigator.languages),
      textSize: 'normal',
      density: 'compact',
      inspectorOpen: true,
      inspectorWidth: 320,
      besideWidth: 560,
      timelineOrder: 'newest',
      onlyDiffering: false,
      hiddenColumns: [],
      set: (change) => set(change),
    }),
    { name: 'cairn.preferences', version: 1 },
  ),
);
