/** Numbers, sizes, durations and times in the words of a locale. Pure. */

/** Four significant digits, in the shortest notation that keeps them: `0.9471`, `1.25e-5`, `12 345`. */
export function formatNumber(value: number, digits = 4): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  if (value === 0) return '0';
  const magnitude = Math.abs(value);
  const sign = value < 0 ? '−' : '';
  if (magnitude >= 1e15 || magnitude < 1e-4) {
    const [mantissa = '', exponent = ''] = magnitude.toExponential(digits - 1).split('e');
    return `${sign}${trimZeros(mantissa)}e${exponent.replace('+', '').replace('-', '−')}`;
  }
  if (Number.isInteger(value)) return `${sign}${groupDigits(String(magnitude))}`;
  const rounded = Number(magnitude.toPrecision(digits));
  if (rounded >= 10 ** (digits - 1)) return `${sign}${groupDigits(String(Math.round(magnitude)))}`;
  const decimals = Math.max(0, digits - 1 - Math.floor(Math.log10(rounded)));
  return `${sign}${trimZeros(rounded.toFixed(Math.min(decimals, 20)))}`;
}

/** The same with a sign always: `+0.012`, `−3`. */
export function formatDelta(value: number, digits = 3): string {
  const text = formatNumber(value, digits);
  return value > 0 ? `+${text}` : text;
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** Bytes in the unit a person would say, in powers of 1000 as disks are sold: `1.2 MB`. */
export function formatSize(bytes: number): string {
  let value = Math.abs(bytes);
  let unit = 0;
  // 999.6 kB would be rounded to 1000 kB.
  while (Math.round(value) >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1;
  return `${bytes < 0 ? '−' : ''}${value.toFixed(digits)} ${units[unit]}`;
}

/** A duration in its two largest units: `480 ms`, `3 m 12 s`, `2 d 4 h`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (ms < 9950) return `${(ms / 1000).toFixed(1)} s`;
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return pair(minutes, 'm', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return pair(hours, 'h', minutes % 60, 'm');
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** `14:02`, in the locale's own clock. */
export function formatClock(at: number, locale: string): string {
  return formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);
}

/** `18 Nov`. */
export function formatShortDate(at: number, locale: string): string {
  return formatter(locale, { day: 'numeric', month: 'short' }).format(at);
}

/** The whole date and time, to the second. */
export function formatDateTime(at: number, locale: string): string {
  return formatter(locale, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(
    at,
  );
}

/** `5 minutes ago`, down from a week; older times are dates. */
export function formatRelative(at: number, now: number, locale: string, justNow: string): string {
  const seconds = Math.round((now - at) / 1000);
  if (seconds < 0) return formatDateTime(at, locale);
  if (seconds < 45) return justNow;
  const relative = relativeFormatter(locale);
  // What would be rounded to 60 minutes is an hour.
  if (seconds < 3570) return relative.format(-Math.max(1, Math.round(seconds / 60)), 'minute');
  if (seconds < 23.5 * 3600) return relative.format(-Math.round(seconds / 3600), 'hour');
  if (seconds < 7 * 86_400) return relative.format(-Math.round(seconds / 86_400), 'day');
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  const options: Intl.DateTimeFormatOptions = sameYear
    ? { day: 'numeric', month: 'short' }
    : { day: 'numeric', month: 'short', year: 'numeric' };
  return formatter(locale, options).format(at);
}

/** Days are told apart by this key: local midnight. */
export function dayOf(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** `Tuesday 18 November`, with the year when it is another one. */
export function formatDay(day: number, now: number, locale: string): string {
  const sameYear = new Date(day).getFullYear() === new Date(now).getFullYear();
  return formatter(locale, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(sameYear ? {} : { year: 'numeric' }),
  }).format(day);
}

/** Controls, marks that turn the direction of writing round, and spaces that nobody sees. */
const unseen = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

/** A name as it is: what would hide or turn round what stands beside it is written as its number. */
export function plainName(text: string): string {
  return text.replace(
    unseen,
    (mark) => `⟨${mark.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`,
  );
}

/** First and last parts of a long name, cut in the middle to at most `length` characters. */
export function middleEllipsis(text: string, length: number): string {
  const characters = [...text];
  if (characters.length <= length) return text;
  const kept = Math.max(2, length - 1);
  const head = Math.ceil(kept / 2);
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
}

function pair(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

/** Thin spaces between groups of three, from five digits on. */
function groupDigits(digits: string): string {
  return digits.length < 5 ? digits : digits.replace(/\B(?=(\d{3})+$)/g, ' ');
}

const formatters = new Map<string, Intl.DateTimeFormat>();
function formatter(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (found === undefined) {
    found = new Intl.DateTimeFormat(locale, options);
    formatters.set(key, found);
  }
  return found;
}

const relativeFormatters = new Map<string, Intl.RelativeTimeFormat>();
function relativeFormatter(locale: string): Intl.RelativeTimeFormat {
  let found = relativeFormatters.get(locale);
  if (found === undefined) {
    found = new Intl.RelativeTimeFormat(locale, { numeric: 'always' });
    relativeFormatters.set(locale, found);
  }
  return found;
}
