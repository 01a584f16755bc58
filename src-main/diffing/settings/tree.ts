/** Settings of any syntax as one shape, in which equal values are recognised at once. */
import { CairnError } from '../../base/errors.ts';
import { YamlFloat, YamlTimestamp } from '../../formats/yaml-values.ts';

export type Scalar = null | boolean | number | bigint | string;
/** Maps keep their order, which no comparison looks at. */
export type Tree = Scalar | readonly Tree[] | ReadonlyMap<string, Tree>;

/** Deeper settings are not settings. */
const maxDepth = 200;

/**
 * Turns parsed JSON, YAML or TOML into a tree.
 * @throws CairnError `unsupported` for nesting that nobody wrote by hand
 */
export function toTree(value: unknown, depth = 0): Tree {
  if (depth > maxDepth) {
    throw new CairnError('unsupported', `The values are nested deeper than ${maxDepth} levels.`);
  }
  if (Array.isArray(value)) return value.map((item) => toTree(item, depth + 1));
  if (value instanceof YamlFloat) return value.value;
  if (value instanceof YamlTimestamp) return value.source;
  if (value instanceof Date) return value.toJSON();
  if (typeof value === 'object' && value !== null) {
    return new Map(Object.entries(value).map(([key, below]) => [key, toTree(below, depth + 1)]));
  }
  switch (typeof value) {
    case 'boolean':
    case 'number':
    case 'bigint':
    case 'string':
      return value;
    default:
      return null;
  }
}

export function isMap(tree: Tree | undefined): tree is ReadonlyMap<string, Tree> {
  return tree instanceof Map;
}

export function isList(tree: Tree | undefined): tree is readonly Tree[] {
  return Array.isArray(tree);
}

/**
 * Gives equal trees equal numbers, whatever the order of their keys. Exact: nothing is hashed, so
 * that no file can be made to look like another.
 */
export class Interner {
  readonly #ids = new Map<string, number>();
  readonly #known = new WeakMap<object, number>();

  id(tree: Tree): number {
    if (!isMap(tree) && !isList(tree)) return this.#intern(scalarKey(tree));
    const known = this.#known.get(tree);
    if (known !== undefined) return known;
    const id = isMap(tree)
      ? this.#intern(
          `{${[...tree]
            .map(([key, below]) => `${this.#intern(`k${key}`)}:${this.id(below)}`)
            .sort()
            .join()}`,
        )
      : this.#intern(`[${tree.map((item) => this.id(item)).join()}`);
    this.#known.set(tree, id);
    return id;
  }

  #intern(key: string): number {
    const found = this.#ids.get(key);
    if (found !== undefined) return found;
    const id = this.#ids.size;
    this.#ids.set(key, id);
    return id;
  }
}

/** `1` and `1.0` are the same number; −0 and 0 too, NaN and NaN too. A text `1` is no number. */
function scalarKey(value: Scalar): string {
  if (typeof value === 'string') return `s${value}`;
  if (typeof value === 'number' || typeof value === 'bigint') return `n${value}`;
  return `c${value}`;
}

/** How a value is written in a table: texts as they are, the rest as JSON would, cut to `limit`. */
export function showTree(tree: Tree, limit = 4000): string {
  if (typeof tree === 'string') return cut(tree, limit);
  const out: string[] = [];
  let length = 0;
  const put = (text: string): void => {
    out.push(text);
    length += text.length;
  };
  const write = (value: Tree): void => {
    if (length > limit) return;
    if (isMap(value)) {
      put('{');
      let first = true;
      for (const [key, below] of value) {
        put(`${first ? '' : ', '}${key}: `);
        first = false;
        write(below);
        if (length > limit) break;
      }
      put('}');
    } else if (isList(value)) {
      put('[');
      for (const [index, item] of value.entries()) {
        if (index > 0) put(', ');
        write(item);
        if (length > limit) break;
      }
      put(']');
    } else put(typeof value === 'string' ? JSON.stringify(value) : String(value));
  };
  write(tree);
  return cut(out.join(''), limit);
}

function cut(text: string, limit: number): string {
  return text.length > limit ? `${text.slice(0, limit - 1).toWellFormed()}…` : text;
}

/** As JSON; whole numbers beyond 2^53 become texts, and what is no finite number its name. */
export function treeJson(tree: Tree): string {
  return JSON.stringify(plain(tree));
}

function plain(tree: Tree): unknown {
  if (isMap(tree)) {
    // An object without a prototype takes any key, `__proto__` among them.
    const object: Record<string, unknown> = Object.create(null);
    for (const [key, value] of tree) object[key] = plain(value);
    return object;
  }
  if (isList(tree)) return tree.map(plain);
  if (typeof tree === 'bigint') return String(tree);
  return typeof tree === 'number' && !Number.isFinite(tree) ? String(tree) : tree;
}
