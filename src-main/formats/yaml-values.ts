/** Values of YAML that JavaScript has no type of its own for. */

/** A float. Whole ones stay floats (`1.0` is not `1`), and the text is kept as it was written. */
export class YamlFloat {
  readonly value: number;
  readonly source: string;

  constructor(value: number, source = pythonFloat(value)) {
    this.value = value;
    this.source = source;
  }

  /** As it was written. */
  toString(): string {
    return this.source;
  }

  toJSON(): number {
    return this.value;
  }
}

const timePattern =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(?:(Z)|([-+])(\d\d?)(?::?(\d\d))?))?$/;

/** A date or time, as it was written. */
export class YamlTimestamp {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }

  /** As DVC writes it: `2001-12-14 21:59:43.100000-05:00`, Python's `isoformat(' ')`. */
  get canonical(): string {
    const match = timePattern.exec(this.source);
    if (match === null) return this.source;
    const [year, month, day, hour, minute, second, fraction, utc, sign, zoneHour, zoneMinute] =
      match.slice(1);
    const two = (text: string | undefined) => (text ?? '').padStart(2, '0');
    const zone = utc ? '+00:00' : sign ? `${sign}${two(zoneHour)}:${two(zoneMinute)}` : '';
    return `${year}-${two(month)}-${two(day)} ${two(hour)}:${minute}:${second}${microseconds(fraction)}${zone}`;
  }

  toString(): string {
    return this.source;
  }

  toJSON(): string {
    return this.source;
  }
}

/** Rounded to six digits; nothing when that is zero or a whole second, as ruamel.yaml has it. */
function microseconds(fraction = ''): string {
  const kept = Number(fraction.slice(0, 6).padEnd(6, '0')) + (Number(fraction[6] ?? 0) > 4 ? 1 : 0);
  return kept === 0 || kept > 999_999 ? '' : `.${String(kept).padStart(6, '0')}`;
}

const keysOfMaps = new WeakMap<object, readonly unknown[]>();

/** Whether JavaScript takes a key for an index, and puts it before all others of an object. */
export function isIndex(key: string): boolean {
  return /^(?:0|[1-9]\d{0,9})$/.test(key);
}

/**
 * Remembers which keys a map was written with, and in what order, where an object cannot hold that:
 * `{10: a, 2: b}` has numbers for keys, and not the order of an array.
 */
export function rememberKeys(map: object, keys: readonly unknown[]): void {
  const lost = keys.some((key) => typeof key !== 'string' || isIndex(key));
  if (lost) keysOfMaps.set(map, keys);
}

/** Keys with their values, in the order and with the types that the map was written with. */
export function typedEntries(map: Readonly<Record<string, unknown>>): [unknown, unknown][] {
  const written = keysOfMaps.get(map);
  if (written === undefined) return Object.entries(map);
  const names = new Set(written.map(String));
  return [
    ...written.filter((key) => Object.hasOwn(map, String(key))),
    ...Object.keys(map).filter((key) => !names.has(key)),
  ].map((key) => [key, map[String(key)]]);
}

/** An object of these entries that is written in their order, also where keys look like numbers. */
export function inOrder<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  const map = Object.fromEntries(entries);
  rememberKeys(
    map,
    entries.map(([key]) => key),
  );
  return map;
}

/** The entries of an object in the order in which it was read, or made by {@link inOrder}. */
export function entriesInOrder<T>(map: Readonly<Record<string, T>>): [string, T][] {
  return typedEntries(map).map(([key, value]) => [String(key), value as T]);
}

/** Replaces floats by numbers and timestamps by their text, all the way down. */
export function plainValue(value: unknown): unknown {
  if (value instanceof YamlFloat) return value.value;
  if (value instanceof YamlTimestamp) return value.source;
  if (Array.isArray(value)) return value.map(plainValue);
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, plainValue(part)]));
  }
  return value;
}

/**
 * A float as Python's `repr` prints it: the shortest digits that read back the same, an exponent
 * below 1e-4 and from 1e16 on, always with a point or an exponent. YAML's words for the rest.
 */
export function pythonFloat(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value > 0 ? '.inf' : '-.inf';
  if (value === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  const [mantissa = '', exponentText = '0'] = value.toExponential().split('e');
  const exponent = Number(exponentText);
  if (exponent < -4 || exponent >= 16) {
    const sign = exponent < 0 ? '-' : '+';
    return `${mantissa}e${sign}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  // The point is moved among the shortest digits: toFixed would make digits of its own.
  const digits = mantissa.replace(/[-.]/g, '');
  const sign = mantissa.startsWith('-') ? '-' : '';
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
