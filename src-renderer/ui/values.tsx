import { type CSSProperties, Fragment, useSyncExternalStore } from 'react';
import { useWords } from '../i18n/index.ts';
import { usePreferences } from '../state/index.ts';
import {
  formatClock,
  formatDateTime,
  formatDelta,
  formatDuration,
  formatNumber,
  formatRelative,
  formatShortDate,
  formatSize,
  middleEllipsis,
  plainName,
} from './format.ts';
import css from './values.module.css';

/** A number with four significant digits; the full value on hover, and when it is copied. */
export function NumberText({ value, digits = 4 }: { value: number | null; digits?: number }) {
  // Tables have thousands of these: only the few without a value look up words.
  if (value === null) return <EmptyValue />;
  const short = formatNumber(value, digits);
  const full = String(value);
  return (
    <span className={css.number} title={short === full ? undefined : full} data-copy={full}>
      {short}
    </span>
  );
}

function EmptyValue() {
  const t = useWords('common');
  return <Absent label={t('emptyValue')} />;
}

/** What stands where there is no value. */
export function Absent({ label }: { label: string }) {
  return (
    <span className={css.absent}>
      <span aria-hidden>–</span>
      <span className={css.hidden}>{label}</span>
    </span>
  );
}

/** Bytes in a unit a person would say; the exact count on hover. */
export function Size({ bytes }: { bytes: number | null }) {
  const t = useWords('common');
  if (bytes === null) return <Absent label={t('unknown')} />;
  return (
    <span className={css.number} title={`${bytes} B`}>
      {formatSize(bytes)}
    </span>
  );
}

export function Duration({ ms }: { ms: number | null }) {
  const t = useWords('common');
  if (ms === null) return <Absent label={t('unknown')} />;
  return <span className={css.number}>{formatDuration(ms)}</span>;
}

/** A duration that counts while it lasts. */
export function LiveDuration({ from, to }: { from: number | null; to: number | null }) {
  const now = useNow(to === null && from !== null ? 1000 : null);
  return <Duration ms={from === null ? null : Math.max(0, (to ?? now) - from)} />;
}

/** `5 minutes ago`, with the date and time on hover. */
export function RelativeTime({ at }: { at: number }) {
  const t = useWords('common');
  const locale = usePreferences((state) => state.locale);
  const now = useNow(15_000);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at, locale)}
      className={css.number}
    >
      {formatRelative(at, now, locale, t('time.justNow'))}
    </time>
  );
}

/** A day without its year, where a time follows. */
export function ShortDate({ at }: { at: number }) {
  const locale = usePreferences((state) => state.locale);
  return <span className={css.number}>{formatShortDate(at, locale)}</span>;
}

/** The time of day, with the date on hover. */
export function ClockTime({ at }: { at: number }) {
  const locale = usePreferences((state) => state.locale);
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={formatDateTime(at, locale)}
      className={css.number}
    >
      {formatClock(at, locale)}
    </time>
  );
}

export interface DeltaProps {
  /** after − before */
  readonly value: number | null;
  /** Null where the direction of the metric is not known. */
  readonly better: boolean | null;
}

/** A change: its direction by shape and sign, good or bad by word and colour. */
export function Delta({ value, better }: DeltaProps) {
  const t = useWords('common');
  if (value === null || Number.isNaN(value)) return null;
  if (value === 0) return <span className={css.same}>± 0</span>;
  const direction = value > 0 ? 'up' : 'down';
  const verdict = better === null ? null : better ? t('better') : t('worse');
  return (
    <span
      className={css.delta}
      data-tone={better === null ? 'neutral' : better ? 'good' : 'bad'}
      title={`${value > 0 ? '+' : ''}${value}${verdict === null ? '' : ` (${verdict})`}`}
    >
      <span aria-hidden>{direction === 'up' ? '▲' : '▼'}</span> {formatDelta(value)}
      {verdict !== null && <span className={css.hidden}> {verdict}</span>}
    </span>
  );
}

/**
 * A command or an identifier in full. `below` gives it the line below its name in a narrow list of
 * facts; where it is still too long it is broken after a sign rather than within a name.
 */
export function CodeText({ text, below = false }: { text: string; below?: boolean }) {
  const parts = text.matchAll(/.+?(?:(?<=[/\\:=,;&|([{])(?=\w)|$)/gs);
  return (
    <code className={css.code} data-below={below || undefined}>
      {Array.from(parts, ({ 0: part, index }) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}

/** A long name cut in the middle to what fits, whole on hover. `mono` for paths and hashes. */
export function MiddleEllipsis({
  text,
  max = 48,
  mono = false,
  style,
}: {
  text: string;
  max?: number;
  mono?: boolean;
  style?: CSSProperties;
}) {
  const short = middleEllipsis(plainName(text), max);
  return (
    <span
      className={mono ? css.mono : css.ellipsis}
      style={style}
      title={short === text ? undefined : text}
    >
      {short}
    </span>
  );
}

/** The time, ticking every `everyMs`; still with null. All users of one interval share one timer. */
export function useNow(everyMs: number | null): number {
  const clock = everyMs === null ? still : clockOf(everyMs);
  return useSyncExternalStore(clock.subscribe, clock.now);
}

interface Clock {
  subscribe(listener: () => void): () => void;
  now(): number;
}
const still: Clock = { subscribe: () => () => {}, now: () => 0 };
const clocks = new Map<number, Clock>();

function clockOf(everyMs: number): Clock {
  const found = clocks.get(everyMs);
  if (found) return found;
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | undefined;
  const clock: Clock = {
    now: () => now,
    subscribe(listener) {
      listeners.add(listener);
      if (timer === undefined) {
        now = Date.now();
        timer = setInterval(() => {
          now = Date.now();
          for (const each of [...listeners]) each();
        }, everyMs);
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        clearInterval(timer);
        timer = undefined;
      };
    },
  };
  clocks.set(everyMs, clock);
  return clock;
}
