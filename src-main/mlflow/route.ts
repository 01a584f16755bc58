/** What a route is, and how a request finds its own. */
import type { MlflowContext } from './context.ts';
import type { Fields } from './fields.ts';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Call {
  readonly context: MlflowContext;
  /** The JSON body, or the query of a GET. */
  readonly input: Fields;
  /** The values of the path's `:names`. */
  readonly path: Readonly<Record<string, string>>;
}

/**
 * One endpoint. The `answer` of a `write` is synchronous: it runs inside a transaction that it may
 * share with other requests, and is sent once that is committed; what it throws undoes what it wrote.
 * A `read` may return a promise.
 */
export interface Route {
  readonly method: Method;
  /** Below `/api/2.0/mlflow/`: `runs/create`, `logged-models/:id/tags/:key*`; a `*` takes the rest. */
  readonly path: string;
  readonly effect: 'read' | 'write';
  /** @returns what is sent as JSON; doubles that JSON lacks go through `wireDouble` */
  readonly answer: (call: Call) => unknown;
}

export interface Match {
  readonly route: Route;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds routes by method and path: exact ones at once, those with `:names` by trying. */
export class RouteTable {
  readonly #exact = new Map<string, Route>();
  readonly #patterns: { route: Route; parts: readonly string[] }[] = [];

  constructor(routes: readonly Route[]) {
    for (const route of routes) {
      if (route.path.includes(':')) this.#patterns.push({ route, parts: route.path.split('/') });
      else if (this.#exact.has(keyOf(route.method, route.path))) {
        throw new Error(`two routes for ${route.method} ${route.path}`);
      } else this.#exact.set(keyOf(route.method, route.path), route);
    }
  }

  /** @param path below the prefix, still encoded */
  find(method: string, path: string): Match | null {
    const exact = this.#exact.get(keyOf(method, path));
    if (exact !== undefined) return { route: exact, path: {} };
    const parts = path.split('/');
    for (const pattern of this.#patterns) {
      if (pattern.route.method !== method) continue;
      const values = matchParts(pattern.parts, parts);
      if (values !== null) return { route: pattern.route, path: values };
    }
    return null;
  }
}

function keyOf(method: string, path: string): string {
  return `${method} ${path}`;
}

function matchParts(
  pattern: readonly string[],
  parts: readonly string[],
): Record<string, string> | null {
  const values: Record<string, string> = {};
  const takesRest = pattern.at(-1)?.endsWith('*') ?? false;
  const fits = takesRest ? parts.length >= pattern.length : parts.length === pattern.length;
  if (!fits) return null;
  for (const [index, expected] of pattern.entries()) {
    const isRest = expected.endsWith('*');
    const part = isRest ? parts.slice(index).join('/') : (parts[index] as string);
    if (!expected.startsWith(':')) {
      if (expected !== part) return null;
      continue;
    }
    try {
      values[expected.slice(1, isRest ? -1 : undefined)] = decodeURIComponent(part);
    } catch {
      return null;
    }
  }
  return values;
}
