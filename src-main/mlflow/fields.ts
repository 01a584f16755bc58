/**
 * The fields of a request: a JSON body, or a query whose values are all strings. Unknown fields are
 * ignored; `null` and a missing field are the same, as in protocol buffers' JSON.
 */
import { invalid } from './errors.ts';

export class Fields {
  readonly #values: Readonly<Record<string, unknown>>;

  constructor(values: Readonly<Record<string, unknown>>) {
    this.#values = values;
  }

  /** The fields of a query; a name given more than once has all its values. */
  static fromQuery(query: URLSearchParams): Fields {
    const values: Record<string, unknown> = Object.create(null);
    for (const name of new Set(query.keys())) {
      const all = query.getAll(name);
      values[name] = all.length === 1 ? all[0] : all;
    }
    return new Fields(values);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name) && (this.#values[name] ?? null) !== null;
  }

  raw(name: string): unknown {
    return this.has(name) ? this.#values[name] : undefined;
  }

  /** A string that must be there and not be empty. */
  string(name: string): string {
    const value = this.optional(name);
    if (value === undefined || value === '') {
      throw invalid(`Missing value for required parameter '${name}'.`);
    }
    return value;
  }

  optional(name: string): string | undefined {
    const value = this.raw(name);
    if (value === undefined || typeof value === 'string') return value;
    throw this.#wrong(name, 'a string');
  }

  /** A whole number, also as a string of digits, as protocol buffers write an int64. */
  integer(name: string): number | undefined {
    const value = this.raw(name);
    if (value === undefined) return undefined;
    const number = typeof value === 'string' && /^-?\d{1,19}$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number)) return number;
    throw this.#wrong(name, 'a whole number');
  }

  /** A number; NaN and the infinities come as strings. */
  double(name: string): number {
    const value = this.raw(name);
    if (value === undefined) throw invalid(`Missing value for required parameter '${name}'.`);
    if (typeof value === 'number') return value;
    if (typeof value === 'string') {
      if (value === 'NaN') return Number.NaN;
      if (/^[+-]?(Infinity|\d+\.?\d*([eE][+-]?\d+)?|\.\d+([eE][+-]?\d+)?)$/.test(value)) {
        return Number(value);
      }
    }
    throw this.#wrong(name, 'a number');
  }

  boolean(name: string): boolean {
    const value = this.raw(name);
    if (value === undefined || value === false || value === 'false') return false;
    if (value === true || value === 'true') return true;
    throw this.#wrong(name, 'true or false');
  }

  strings(name: string): string[] {
    return this.#list(name).map((item) => {
      if (typeof item === 'string') return item;
      throw this.#wrong(name, 'a list of strings');
    });
  }

  /** A list of objects; a single one counts as a list of one. */
  records(name: string): Fields[] {
    return this.#list(name).map((item) => this.#nested(item, name));
  }

  record(name: string): Fields | undefined {
    const value = this.raw(name);
    return value === undefined ? undefined : this.#nested(value, name);
  }

  #list(name: string): unknown[] {
    const value = this.raw(name);
    if (value === undefined) return [];
    return Array.isArray(value) ? value : [value];
  }

  #nested(value: unknown, name: string): Fields {
    if (isRecord(value)) return new Fields(value);
    throw this.#wrong(name, 'an object');
  }

  #wrong(name: string, expected: string): Error {
    const text = JSON.stringify(this.#values[name]) ?? '';
    const shown = text.length > 120 ? `${text.slice(0, 120)}…` : text;
    return invalid(
      `Invalid value ${shown} for parameter '${name}' supplied: it must be ${expected}.`,
    );
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
