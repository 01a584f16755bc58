import { create } from 'zustand';
import { persist } from 'zustand/middleware';
import { type Locale, preferredLocale } from '../i18n/index.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';
/** Sizes of the text, in percent of the usual one. */
export const textSizes = [80, 90, 100, 110, 125, 150] as const;
export type TextSize = (typeof textSizes)[number];
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
  readonly experimentsWidth: number;
  readonly chartsWidth: number;
  /** Whether the curves of ticked runs stand beside the runs table. */
  readonly runCharts: boolean;
  /** Width of the run list beside the charts, and whether it is there. */
  readonly chartsListWidth: number;
  readonly chartsListOpen: boolean;
  readonly timelineOrder: 'newest' | 'oldest';
  readonly timelineGroup: 'day' | 'experiment';
  /** By which metric runs are best on the overview; null is the one that most runs have. */
  readonly bestBy: { readonly metric: string; readonly lower: boolean } | null;
  /** Whether the year of activity stands above the timeline. */
  readonly timelineActivity: boolean;
  /** Whether the system says that a run has ended; the person is asked once. */
  readonly notifyRuns: 'ask' | 'yes' | 'no';
  /** Whether the tour was offered, or taken. */
  readonly tourSeen: boolean;
  /** Comparisons: show only what differs. */
  readonly onlyDifferences: boolean;
  set(change: Partial<Omit<Preferences, 'set'>>): void;
}

const defaults: Omit<Preferences, 'set'> = {
  theme: 'system',
  locale: preferredLocale(navigator.languages),
  textSize: 100,
  density: 'compact',
  inspectorOpen: true,
  inspectorWidth: 320,
  besideWidth: 560,
  experimentsWidth: 208,
  chartsWidth: 440,
  runCharts: false,
  chartsListWidth: 264,
  chartsListOpen: true,
  timelineOrder: 'newest',
  timelineGroup: 'day',
  bestBy: null,
  timelineActivity: false,
  notifyRuns: 'ask',
  tourSeen: false,
  onlyDifferences: true,
};

const namedSizes: Readonly<Record<string, TextSize>> = { small: 90, large: 110, largest: 125 };

/** Preferences as an earlier version kept them: until 2, sizes of the text had names. */
export function migratePreferences(kept: unknown, version: number): Partial<Preferences> {
  if (typeof kept !== 'object' || kept === null) return {};
  if (version >= 2 || !('textSize' in kept)) return kept;
  return { ...kept, textSize: namedSizes[String(kept.textSize)] ?? 100 };
}

export const usePreferences = create<Preferences>()(
  persist((set) => ({ ...defaults, set: (change) => set(change) }), {
    name: 'cairn.preferences',
    version: 2,
    migrate: migratePreferences,
  }),
);

/** The window as it was at first, except for the language and what was answered once. */
export function resetPreferences(): void {
  const { locale, notifyRuns, tourSeen } = usePreferences.getState();
  usePreferences.setState({ ...defaults, locale, notifyRuns, tourSeen });
}
