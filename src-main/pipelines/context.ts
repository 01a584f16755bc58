/**
 * The values that `${…}` may name: params.yaml, `vars`, and `item`/`key` of foreach and matrix.
 * Values merge by key; nothing may be said twice. Source: DVC's user guide, “Templating”.
 */
import { CairnError } from '../base/errors.ts';
import { isRecord } from './values.ts';

type Values = Record<string, unknown>;

/** A params file that may be loaded into a context. */
export type LoadValues = (workspacePath: string) => Values | null;

export class Context {
  readonly #values: Values;
  /** Dotted key → where it came from, for messages. */
  readonly #sources: Map<string, string>;
  /** File → the keys that were taken from it; null for all of them. */
  readonly #loaded: Map<string, readonly string[] | null>;
  #reserved: ReadonlySet<string> = new Set();

  private constructor(
    values: Values,
    sources: Map<string, string>,
    loaded: Map<string, readonly string[] | null>,
  ) {
    this.#values = values;
    this.#sources = sources;
    this.#loaded = loaded;
  }

  static empty(): Context {
    return new Context({}, new Map(), new Map());
  }

  clone(): Context {
    const copy = new Context(
      cloneRecords(this.#values),
      new Map(this.#sources),
      new Map(this.#loaded),
    );
    copy.#reserved = this.#reserved;
    return copy;
  }

  /** A context with more top-level names (`item`, `key`), which nothing may redefine. */
  withReserved(values: Values): Context {
    const copy = new Context({ ...this.#values, ...values }, this.#sources, this.#loaded);
    copy.#reserved = new Set([...this.#reserved, ...Object.keys(values)]);
    return copy;
  }

  /**
   * Adds values of one source.
   * @throws CairnError `invalid` when a key is there already
   */
  merge(values: Values, source: string): void {
    for (const key of Object.keys(values)) {
      if (!this.#reserved.has(key)) continue;
      throw new CairnError('invalid', `“${key}” is kept for foreach and matrix. Rename it.`);
    }
    this.#mergeInto(this.#values, values, source, '');
  }

  /**
   * Loads a file of a `vars` list: `params/extra.yaml`, or `extra.yaml:key1,key2` for a part of it.
   * @param path workspace path, without the keys
   * @throws CairnError `invalid` when it is not there, lacks a key, or was loaded in part before
   */
  loadFile(path: string, keys: readonly string[] | null, load: LoadValues): void {
    const before = this.#loaded.get(path);
    if (before !== undefined) {
      if (before === null && keys === null) return;
      const again =
        before === null || keys === null ? ['it'] : keys.filter((key) => before.includes(key));
      if (again.length > 0) {
        throw new CairnError(
          'invalid',
          `${path} was loaded before; “${again.join(', ')}” cannot be loaded again in part.`,
        );
      }
    }
    const all = load(path);
    if (all === null) throw new CairnError('invalid', `the vars file ${path} does not exist.`);
    this.merge(keys === null ? all : pick(all, keys, path), path);
    this.#loaded.set(path, keys === null ? null : [...(before ?? []), ...keys]);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.#values, name);
  }

  /**
   * The value an expression names.
   * @throws CairnError `invalid` when there is none
   */
  select(steps: readonly string[]): unknown {
    let value: unknown = this.#values;
    for (const step of steps) {
      const next = child(value, step);
      if (next === undefined) {
        throw new CairnError(
          'invalid',
          `there is no value “${steps.join('.')}” in params.yaml or vars.`,
        );
      }
      value = next.value;
    }
    return value;
  }

  #mergeInto(into: Values, values: Values, source: string, prefix: string): void {
    for (const [key, value] of Object.entries(values)) {
      const path = prefix === '' ? key : `${prefix}.${key}`;
      const there = Object.hasOwn(into, key);
      const existing = there ? into[key] : undefined;
      if (isRecord(existing) && isRecord(value)) {
        this.#mergeInto(existing, value, source, path);
      } else if (there) {
        throw new CairnError(
          'invalid',
          `“${path}” of ${source} is already defined in ${this.#sourceOf(path)}. Rename one of them.`,
        );
      } else {
        into[key] = isRecord(value) ? cloneRecords(value) : value;
        this.#sources.set(path, source);
      }
    }
  }

  #sourceOf(path: string): string {
    for (let end = path.length; end > 0; end = path.lastIndexOf('.', end - 1)) {
      const source = this.#sources.get(path.slice(0, end));
      if (source !== undefined) return source;
    }
    return 'another place';
  }
}

function child(value: unknown, step: string): { value: unknown } | undefined {
  if (Array.isArray(value)) {
    if (!/^-?\d+$/.test(step)) return undefined;
    const index = Number(step);
    const at = index < 0 ? value.length + index : index;
    return at >= 0 && at < value.length ? { value: value[at] as unknown } : undefined;
  }
  if (isRecord(value) && Object.hasOwn(value, step)) return { value: value[step] };
  return undefined;
}

function pick(values: Values, keys: readonly string[], path: string): Values {
  return Object.fromEntries(
    keys.map((key) => {
      if (!Object.hasOwn(values, key)) {
        throw new CairnError('invalid', `there is no “${key}” in ${path}.`);
      }
      return [key, values[key]];
    }),
  );
}

/** Copies what merging may change; lists are replaced whole and need no copy. */
function cloneRecords(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => [
      key,
      isRecord(value) ? cloneRecords(value) : value,
    ]),
  );
}
