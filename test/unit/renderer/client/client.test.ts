import { describe, expect, it, vi } from 'vitest';
import { QueryCache, queryKey } from '../../../../src-renderer/client/cache.ts';
import {
  Connection,
  retryDelayMs,
  type Transport,
} from '../../../../src-renderer/client/connection.ts';
import { asClientError } from '../../../../src-renderer/client/errors.ts';

/** A transport whose answers the test gives, and which the test can cut. */
function fakeTransport() {
  const calls: Array<{
    name: string;
    signal: AbortSignal | undefined;
    answer(value: unknown): void;
    fail(error: unknown): void;
  }> = [];
  const closed: Array<() => void> = [];
  const transport: Transport = {
    call: (name, _input, options) =>
      new Promise((resolve, reject) => {
        options?.signal?.addEventListener('abort', () =>
          reject(Object.assign(new Error('Cancelled.'), { code: 'cancelled' })),
        );
        calls.push({
          name,
          signal: options?.signal,
          answer: (value) => resolve(value as never),
          fail: reject,
        });
      }),
    onClose: (listener) => closed.push(listener),
    close: () => {},
  };
  const cut = (): void => {
    for (const listener of closed.splice(0)) listener();
  };
  return { transport, calls, cut };
}

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the connection', () => {
  it('lets calls wait for the first connection, then refuses them while it is lost', async () => {
    const { transport, calls, cut } = fakeTransport();
    const connection = new Connection(async () => transport);
    const answer = connection.call('workspace.info', {});
    await settle();
    calls[0]?.answer(null);
    expect(await answer).toBeNull();
    cut();
    expect(connection.getState().phase).toBe('offline');
    await expect(connection.call('workspace.info', {})).rejects.toMatchObject({
      code: 'disconnected',
    });
    connection.close();
  });

  it('comes back by itself, and waits longer each time it fails', async () => {
    vi.useFakeTimers();
    const attempts: number[] = [];
    const { transport } = fakeTransport();
    const started = Date.now();
    const connection = new Connection(() => {
      attempts.push(Date.now() - started);
      return attempts.length < 4 ? Promise.reject(new Error('no')) : Promise.resolve(transport);
    });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(connection.getState()).toEqual({ phase: 'online', attempt: 0, retryAt: null });
    const pauses = attempts.slice(1).map((at, index) => at - (attempts[index] ?? 0));
    expect(pauses).toEqual([...pauses].sort((a, b) => a - b));
    expect(retryDelayMs(1000)).toBe(10_000);
    connection.close();
    vi.useRealTimers();
  });
});

describe('the cache of answers', () => {
  async function open() {
    const fake = fakeTransport();
    const connection = new Connection(async () => fake.transport);
    await settle();
    return { ...fake, connection, cache: new QueryCache(connection) };
  }
  const info = 'workspace.info' as const;

  it('asks once for what waited for the first connection', async () => {
    vi.useFakeTimers();
    const { transport, calls } = fakeTransport();
    const connection = new Connection(async () => transport);
    const cache = new QueryCache(connection);
    const stop = cache.subscribe('info', 'workspace.info', {}, [], () => {});
    await vi.advanceTimersByTimeAsync(0);
    calls[0]?.answer(null);
    await vi.advanceTimersByTimeAsync(5000);
    expect(calls.map(({ name }) => name)).toEqual(['workspace.info']);
    stop();
    connection.close();
    vi.useRealTimers();
  });

  it('gives a view what was asked ahead of it, and asks no second time', async () => {
    const { calls, cache, connection } = await open();
    const ahead = cache.ahead(info, {}, ['runs']);
    const stop = cache.subscribe(queryKey(info, {}), info, {}, [], () => {});
    expect(calls).toHaveLength(1);
    calls[0]?.answer({ name: 'first' });
    expect(await ahead).toEqual({ name: 'first' });
    expect(await cache.ahead(info, {})).toEqual({ name: 'first' });
    stop();

    // What changed in between is asked for again by whoever shows it.
    cache.changed(['runs']);
    const seen = cache.subscribe(queryKey(info, {}), info, {}, [], () => {});
    expect(calls).toHaveLength(2);
    seen();
    connection.close();
  });

  it('gives nothing ahead where the core answers with an error', async () => {
    const { calls, cache, connection } = await open();
    const ahead = cache.ahead(info, {});
    calls[0]?.fail(Object.assign(new Error('Locked.'), { code: 'locked' }));
    expect(await ahead).toBeUndefined();
    expect(cache.snapshot(queryKey(info, {})).error?.code).toBe('locked');
    connection.close();
  });

  it('asks once for many views, and again when a topic changes, keeping the old answer', async () => {
    const { calls, cache, connection } = await open();
    const seen = vi.fn();
    const stops = [1, 2].map(() => cache.subscribe('k', info, {}, ['runs'], seen));
    expect(calls).toHaveLength(1);
    calls[0]?.answer({ name: 'first' });
    await settle();
    expect(cache.snapshot('k').data).toEqual({ name: 'first' });

    cache.changed(['notes']);
    cache.changed(['runs']);
    cache.changed(['runs']);
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    expect(cache.snapshot('k')).toMatchObject({ data: { name: 'first' }, fetching: true });
    calls[1]?.answer({ name: 'second' });
    await settle();
    expect(cache.snapshot('k').data).toEqual({ name: 'second' });
    for (const stop of stops) stop();
    connection.close();
  });

  it('keeps the answer when asking again fails, and says so', async () => {
    const { calls, cache, connection } = await open();
    cache.subscribe('k', info, {}, ['runs'], () => {});
    calls[0]?.answer({ name: 'kept' });
    await settle();
    cache.reload('k');
    calls[1]?.fail(Object.assign(new Error('Locked.'), { code: 'locked' }));
    await settle();
    expect(cache.snapshot('k')).toMatchObject({
      data: { name: 'kept' },
      error: { code: 'locked', message: 'Locked.' },
      fetching: false,
    });
    connection.close();
  });

  it('ends the work when nobody looks any more, and begins anew for the next', async () => {
    const { calls, cache, connection } = await open();
    const stop = cache.subscribe('k', info, {}, [], () => {});
    stop();
    await vi.waitFor(() => expect(calls[0]?.signal?.aborted).toBe(true));
    cache.subscribe('k', info, {}, [], () => {});
    expect(calls).toHaveLength(2);
    connection.close();
  });

  it('asks for what is shown when the connection is back', async () => {
    const { calls, cache, connection, cut } = await open();
    cache.subscribe('k', info, {}, [], () => {});
    calls[0]?.answer({ name: 'before' });
    await settle();
    cut();
    connection.reconnect();
    await vi.waitFor(() => expect(calls).toHaveLength(2));
    connection.close();
  });

  it('shows nothing of the last folder in the next', async () => {
    const { calls, cache, connection } = await open();
    cache.subscribe('k', info, {}, [], () => {});
    calls[0]?.answer({ name: 'old' });
    await settle();
    cache.clear();
    expect(cache.snapshot('k').data).toBeUndefined();
    calls[1]?.answer({ name: 'new' });
    await settle();
    expect(cache.snapshot('k').data).toEqual({ name: 'new' });
    connection.close();
  });
});

it('keeps code, place and details of an error of the core', () => {
  const error = asClientError(
    Object.assign(new Error('Broken.'), {
      code: 'invalid',
      place: { file: 'dvc.yaml', line: 3, column: 1 },
      details: 'stack',
    }),
  );
  expect(error).toMatchObject({
    code: 'invalid',
    message: 'Broken.',
    place: { file: 'dvc.yaml', line: 3, column: 1 },
    details: 'stack',
  });
  expect(asClientError('odd')).toMatchObject({ code: 'internal', message: 'odd' });
});
