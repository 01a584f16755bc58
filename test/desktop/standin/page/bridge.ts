/**
 * The crossing between the page's world and the preload's. The worlds share the document, not their
 * objects; an event on it, whose detail is cloned, is the one synchronous way across. Functions go
 * across as numbers and become proxies, promises are settled by a call back, the rest is cloned: what
 * Electron's contextBridge does. No imports: both worlds are given this source, with the name of an
 * event that nobody else knows.
 */

export interface Bridge {
  /** Has the other side define a global; from the preload's world only. */
  expose(name: string, api: Record<string, unknown>): void;
}

interface Packed {
  readonly kind: 'value' | 'function' | 'promise' | 'array' | 'object' | 'error';
  readonly value?: unknown;
}

type AnyFunction = (...args: unknown[]) => unknown;

export function createBridge(target: EventTarget, event: string, side: 'page' | 'preload'): Bridge {
  const other = side === 'page' ? 'preload' : 'page';
  const functions: AnyFunction[] = [];
  let reply: Packed | null = null;

  const emit = (type: string, detail: unknown) =>
    target.dispatchEvent(new CustomEvent(`${event}:${other}:${type}`, { detail }));
  const listen = <T>(type: string, listener: (detail: T) => void) =>
    target.addEventListener(`${event}:${side}:${type}`, (received) =>
      listener((received as CustomEvent<T>).detail),
    );

  function pack(value: unknown): Packed {
    if (typeof value === 'function') {
      return { kind: 'function', value: functions.push(value as AnyFunction) - 1 };
    }
    if (value instanceof Promise) {
      const settle = (resolve: AnyFunction, reject: AnyFunction) =>
        void value.then(resolve, reject);
      return { kind: 'promise', value: functions.push(settle as AnyFunction) - 1 };
    }
    if (value instanceof Error) return { kind: 'error', value: value.message };
    if (Array.isArray(value)) return { kind: 'array', value: value.map(pack) };
    if (typeof value === 'object' && value !== null && isPlain(value)) {
      return { kind: 'object', value: Object.entries(value).map(([key, v]) => [key, pack(v)]) };
    }
    return { kind: 'value', value };
  }

  function unpack({ kind, value }: Packed): unknown {
    switch (kind) {
      case 'function':
        return (...args: unknown[]) => call(value as number, args);
      case 'promise':
        return new Promise((resolve, reject) => call(value as number, [resolve, reject]));
      case 'error':
        return new Error(String(value));
      case 'array':
        return (value as Packed[]).map(unpack);
      case 'object': {
        const entries = (value as [string, Packed][]).map(([key, v]) => [key, unpack(v)] as const);
        return Object.freeze(Object.fromEntries(entries));
      }
      default:
        return value;
    }
  }

  function call(id: number, args: unknown[]): unknown {
    reply = null;
    emit('call', { id, args: args.map(pack) });
    const answer = reply as Packed | null;
    if (answer === null) throw new Error('The other world did not answer.');
    const value = unpack(answer);
    if (answer.kind === 'error') throw value;
    return value;
  }

  listen<{ id: number; args: Packed[] }>('call', ({ id, args }) => {
    let answer: Packed;
    try {
      answer = pack(functions[id]?.(...args.map(unpack)));
    } catch (error) {
      answer = { kind: 'error', value: error instanceof Error ? error.message : String(error) };
    }
    emit('reply', answer);
  });
  listen<Packed>('reply', (answer) => {
    reply = answer;
  });
  if (side === 'page') {
    listen<{ name: string; api: Packed }>('expose', ({ name, api }) => {
      Object.defineProperty(globalThis, name, { value: unpack(api), enumerable: true });
    });
  }
  return { expose: (name, api) => void emit('expose', { name, api: pack(api) }) };
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
