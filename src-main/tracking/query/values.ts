/** Numbers, durations, sizes and times as people write them. */

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

const scales: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** `0.5`, `-1e-3`, `inf`, `-Infinity`, `NaN`; null for anything else. */
export function readNumber(text: string): number | null {
  if (decimal.test(text)) return Number(text);
  const special = /^([+-]?)(inf|infinity|nan)$/i.exec(text);
  if (special === null) return null;
  if (special[2]?.toLowerCase() === 'nan') return Number.NaN;
  return special[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

/** `90s`, `10m`, `1h30m`, `2d`, in ms; null for anything else. */
export function readDuration(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?[a-z]+)+$/i.test(text)) return null;
  let sum = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+(?:\.\d+)?)([a-z]+)/gi)) {
    const ms = own(units, unit as string);
    if (ms === null) return null;
    sum += Number(amount) * ms;
  }
  return sum;
}

/** `500MB`, `2GiB`, in bytes; null for anything else. */
export function readSize(text: string): number | null {
  const match = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(text);
  const scale = match === null ? null : own(scales, match[2] as string);
  return scale === null ? null : Number(match?.[1]) * scale;
}

/**
 * `2026-11-21`, `2026-11-21T10`, `2026-11-21 10:30`, `…:15.250`, with `Z` or `+02:00` where it is
 * not local time; `today`, `yesterday`, `now`. A day is all of that day, an hour all of that hour.
 * @returns epoch ms, from the first to before the second; null for anything else
 */
export function readTime(text: string, now: number): { from: number; before: number } | null {
  const word = text.toLowerCase();
  if (word === 'now') return { from: now, before: now + 1 };
  if (word === 'today' || word === 'yesterday') {
    const day = new Date(now);
    day.setHours(0, 0, 0, 0);
    if (word === 'yesterday') day.setDate(day.getDate() - 1);
    return { from: day.getTime(), before: nextDay(day.getTime()) };
  }
  const match =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d)(?::(\d\d)(?::(\d\d)(?:\.(\d{1,3})\d*)?)?)?)?(Z|[+-]\d\d:?\d\d)?$/i.exec(
      text,
    );
  if (match === null) return null;
  const [, day, hour, minute, second, fraction, zone] = match;
  const clock = `${hour ?? '00'}:${minute ?? '00'}:${second ?? '00'}.${(fraction ?? '0').padEnd(3, '0')}`;
  const offset = (zone ?? '').toUpperCase().replace(/^([+-]\d\d):?(\d\d)$/, '$1:$2');
  const from = Date.parse(`${day}T${clock}${offset}`);
  if (Number.isNaN(from) || !isDay(day as string)) return null;
  if (hour === undefined) {
    return { from, before: zone === undefined ? nextDay(from) : from + 86_400_000 };
  }
  const length = minute === undefined ? 3_600_000 : second === undefined ? 60_000 : 1000;
  return { from, before: from + (fraction === undefined ? length : 1) };
}

/** Local days are not all of 24 hours. */
function nextDay(from: number): number {
  const day = new Date(from);
  day.setDate(day.getDate() + 1);
  return day.getTime();
}

/** Whether the day exists: Date reads the 31st of February as a day of March. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

function own(table: Readonly<Record<string, number>>, key: string): number | null {
  const name = key.toLowerCase();
  return Object.hasOwn(table, name) ? (table[name] as number) : null;
}
