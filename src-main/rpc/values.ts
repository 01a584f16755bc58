/**
 * Values as JSON can carry them, and back. JSON has no typed arrays, no NaN, no infinities and no
 * negative zero; each is written as an object with the key `$`, and an ordinary object that happens
 * to have that key is wrapped the same way.
 */

/** The columns that operations exchange. Bytes of every platform Cairn runs on are little-endian. */
export type View = Uint8Array | Float64Array | BigInt64Array;

/** Deeper nesting than this is refused in both directions; the contract's deepest is below 10. */
const maxDepth = 100;

const markers: Readonly<Record<string, number>> = {
  NaN: Number.NaN,
  '+Infinity': Number.POSITIVE_INFINITY,
  '-Infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

type ViewName = 'u8' | 'f64' | 'i64';

/** Bytes per element; it is also the alignment. */
export const viewSizes: Readonly<Record<ViewName, number>> = { u8: 1, f64: 8, i64: 8 };

/**
 * `value` for JSON.stringify, its typed arrays moved to `views`. Parts without anything special are
 * not copied.
 * @throws {TypeError} for what neither JSON nor this can express: functions, maps, dates, cycles
 */
export function toPlain(value: unknown, views: View[], depth = 0): unknown {
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0) ? value : { $: markerOf(value) };
    case 'string':
    case 'boolean':
      return value;
    case 'undefined':
      return undefined;
    case 'object':
      return value === null ? null : objectToPlain(value, views, depth);
    default:
      throw new TypeError(`A ${typeof value} cannot be sent.`);
  }
}

function objectToPlain(value: object, views: View[], depth: number): unknown {
  if (depth >= maxDepth) throw new TypeError('The value is nested too deeply to be sent.');
  if (ArrayBuffer.isView(value)) {
    const name = viewName(value);
    return { $: name, at: views.push(value as View) - 1 };
  }
  if (Array.isArray(value)) return mapArray(value, (item) => toPlain(item, views, depth + 1));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) {
    throw new TypeError(`A ${prototype.constructor?.name ?? 'class instance'} cannot be sent.`);
  }
  const plain = mapObject(value as Record<string, unknown>, (field) =>
    toPlain(field, views, depth + 1),
  );
  return Object.hasOwn(value, '$') ? { $: 'object', value: plain } : plain;
}

function markerOf(value: number): string {
  if (Object.is(value, -0)) return '-0';
  if (Number.isNaN(value)) return 'NaN';
  return value > 0 ? '+Infinity' : '-Infinity';
}

function viewName(view: ArrayBufferView): ViewName {
  if (view instanceof Uint8Array) return 'u8';
  if (view instanceof Float64Array) return 'f64';
  if (view instanceof BigInt64Array) return 'i64';
  throw new TypeError(`A ${view.constructor.name} cannot be sent.`);
}

/**
 * The reverse of `toPlain`, on the fresh result of JSON.parse, which it changes in place.
 * @param view gives the typed array of that name and number
 * @throws {RangeError} for a `$` object that `toPlain` would not have written, or too deep nesting
 */
export function fromPlain(
  value: unknown,
  view: (name: ViewName, at: number) => View,
  depth = 0,
): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > maxDepth * 2) throw new RangeError('nested too deeply');
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = fromPlain(value[i], view, depth + 1);
    return value;
  }
  const fields = value as Record<string, unknown>;
  if (!Object.hasOwn(fields, '$')) return fieldsFromPlain(fields, view, depth);
  const name = fields.$;
  if (name === 'object') {
    const inner = fields.value;
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) {
      throw new RangeError('a wrapped object without an object');
    }
    return fieldsFromPlain(inner as Record<string, unknown>, view, depth);
  }
  if (typeof name !== 'string') throw new RangeError('an unknown kind of value');
  if (Object.hasOwn(markers, name)) return markers[name];
  if (!Object.hasOwn(viewSizes, name) || typeof fields.at !== 'number') {
    throw new RangeError('an unknown kind of value');
  }
  return view(name as ViewName, fields.at);
}

function fieldsFromPlain(
  fields: Record<string, unknown>,
  view: (name: ViewName, at: number) => View,
  depth: number,
): Record<string, unknown> {
  // Every key is an own one, so that this cannot reach a prototype even for `__proto__`.
  for (const key of Object.keys(fields)) {
    const field = fields[key];
    if (typeof field === 'object' && field !== null)
      fields[key] = fromPlain(field, view, depth + 1);
  }
  return fields;
}

/** `value` with every typed array in it replaced by what `map` makes of it; copied only where it changed. */
export function mapViews(value: unknown, map: (view: View) => View): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (
    value instanceof Uint8Array ||
    value instanceof Float64Array ||
    value instanceof BigInt64Array
  ) {
    return map(value);
  }
  if (Array.isArray(value)) return mapArray(value, (item) => mapViews(item, map));
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== null && prototype !== Object.prototype) return value;
  return mapObject(value as Record<string, unknown>, (field) => mapViews(field, map));
}

function mapArray(array: unknown[], map: (item: unknown) => unknown): unknown[] {
  let copy: unknown[] | null = null;
  for (let i = 0; i < array.length; i++) {
    const mapped = map(array[i]);
    if (Object.is(mapped, array[i])) continue;
    copy ??= array.slice();
    copy[i] = mapped;
  }
  return copy ?? array;
}

function mapObject(
  object: Record<string, unknown>,
  map: (field: unknown) => unknown,
): Record<string, unknown> {
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(object)) {
    const mapped = map(object[key]);
    if (Object.is(mapped, object[key])) continue;
    copy ??= { ...object };
    copy[key] = mapped;
  }
  return copy ?? object;
}
