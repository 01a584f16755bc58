/** One suite for every transport: calls, streams, cancellation, errors, binary columns. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { CairnError } from '../../../src-main/base/errors.ts';
import {
  type Client,
  createClient,
  type Handlers,
  type Port,
  RemoteError,
  type Service,
  serve,
} from '../../../src-main/rpc/index.ts';
import { itemWindow } from '../../../src-main/rpc/message.ts';
import { transports } from './transports.ts';

const id = '0123456789abcdef0123456789abcdef';

describe.each(transports)('over $name', ({ connect }) => {
  async function start(
    handlers: Partial<Handlers>,
  ): Promise<{ client: Client; service: Service; ports: [Port, Port] }> {
    const ports = await connect();
    const service = serve(ports[1], handlers);
    return { client: createClient(ports[0]), service, ports };
  }

  it('fills in defaults, calls the handler and gives its output back', async () => {
    const { client } = await start({
      'workspace.browse': async (input) => ({
        path: input.path ?? 'home',
        parent: null,
        entries: [{ name: String(input.showFiles), path: 'ä/𝛼', directory: true, project: false }],
      }),
    });
    await expect(client.call('workspace.browse', { path: null })).resolves.toEqual({
      path: 'home',
      parent: null,
      entries: [{ name: 'false', path: 'ä/𝛼', directory: true, project: false }],
    });
  });

  it('answers calls side by side, in whatever order they end', async () => {
    const { client } = await start({
      'notes.create': async (input) => {
        await sleep(input.at ?? 0);
        return { id: input.body };
      },
    });
    const order: string[] = [];
    await Promise.all(
      [30, 1, 15].map(async (at) => {
        order.push((await client.call('notes.create', { body: String(at), at })).id);
      }),
    );
    expect(order).toEqual(['1', '15', '30']);
  });

  it('keeps columns, bytes and the numbers JSON has no word for', async () => {
    const values = new Float64Array([0.1, Number.NaN, -0, Number.POSITIVE_INFINITY, 1e-310]);
    const { client } = await start({
      'runs.metrics': async () => ({
        series: [
          {
            runId: id,
            key: '$',
            total: Number.NEGATIVE_INFINITY,
            steps: new Float64Array(0),
            times: values.subarray(1, 3),
            values,
          },
        ],
      }),
      'runs.log': async (_input, { emit }) => {
        // One byte makes whatever follows unaligned in a frame that forgot about alignment.
        await emit({ offset: -0, bytes: new Uint8Array([255]) });
        await emit({ offset: Number.NaN, bytes: Buffer.from('log\n') });
        return { end: 4 };
      },
    });
    const { series } = await client.call('runs.metrics', { ids: [id] });
    const [first] = series;
    expect(first?.total).toBe(Number.NEGATIVE_INFINITY);
    expect(first?.values).toBeInstanceOf(Float64Array);
    expect([...(first?.values ?? [])]).toEqual([...values]);
    expect(Object.is(first?.values[2], -0)).toBe(true);
    expect([...(first?.times ?? [])]).toEqual([Number.NaN, -0]);
    expect(first?.steps).toHaveLength(0);

    const items: Array<{ offset: number; bytes: Uint8Array }> = [];
    await client.call('runs.log', { id }, { onItem: (item) => void items.push(item) });
    expect(items.map((item) => [...item.bytes])).toEqual([[255], [108, 111, 103, 10]]);
    expect(Object.is(items[0]?.offset, -0)).toBe(true);
    expect(items[1]?.offset).toBeNaN();
  });

  it('sends no more of a buffer than the part that was meant', async () => {
    const large = new Uint8Array(1 << 20).fill(7);
    const { client } = await start({
      'runs.log': async (_input, { emit }) => {
        await emit({ offset: 0, bytes: large.subarray(10, 20) });
        return { end: 0 };
      },
    });
    const buffers: number[] = [];
    const onItem = ({ bytes }: { bytes: Uint8Array }) => void buffers.push(bytes.byteLength);
    await client.call('runs.log', { id }, { onItem });
    expect(buffers).toEqual([10]);
  });

  it('delivers every item in order, all before the end, to a consumer that takes its time', async () => {
    const { client } = await start({
      'workspace.changes': async (_input, { emit }) => {
        for (let i = 0; i < 200; i++) void emit({ topics: [String(i)] });
        return {};
      },
    });
    const seen: string[] = [];
    await client.call(
      'workspace.changes',
      {},
      {
        onItem: async ({ topics }) => {
          if (seen.length % 50 === 0) await sleep(5);
          seen.push(...topics);
        },
      },
    );
    expect(seen).toEqual(Array.from({ length: 200 }, (_, i) => String(i)));
  });

  it('lets a producer that waits run at most one window ahead of a slow loop', async () => {
    let emitted = 0;
    const { client } = await start({
      'workspace.changes': async (_input, { emit, signal }) => {
        while (!signal.aborted) {
          await emit({ topics: [] });
          emitted++;
        }
        return {};
      },
    });
    let taken = 0;
    for await (const _ of client.stream('workspace.changes', {})) {
      taken++;
      await sleep(1);
      expect(emitted).toBeLessThanOrEqual(taken + itemWindow);
      if (taken === 100) break;
    }
    expect(emitted).toBeGreaterThanOrEqual(100);
  });

  it('ends a producer that does not wait for a consumer that does not take', async () => {
    const { client } = await start({
      'workspace.changes': async (_input, { emit }) => {
        for (let i = 0; i < 20_000; i++) void emit({ topics: [] });
        return {};
      },
    });
    const call = client.call('workspace.changes', {}, { onItem: () => new Promise(() => {}) });
    const settled = await Promise.race([
      call.then(String, (error: RemoteError) => error.code),
      sleep(200, 'pending'),
    ]);
    // The end waits behind the first item, which this consumer never finishes.
    expect(settled).toBe('pending');
    const second = await client.call('workspace.changes', {}, { onItem: () => {} }).catch(String);
    expect(second).toContain('too slow');
  });

  it('sends no items to a caller who wants none', async () => {
    const sent = vi.fn();
    const { client, ports } = await start({
      'workspace.changes': async (_input, { emit }) => {
        for (let i = 0; i < 100; i++) await emit({ topics: [] });
        return {};
      },
    });
    const post = ports[1].post.bind(ports[1]);
    ports[1].post = (message) => {
      sent(message.kind);
      post(message);
    };
    await client.call('workspace.changes', {});
    expect(sent.mock.calls).toEqual([['end']]);
  });

  it('streams as a loop with the output at its end', async () => {
    const { client } = await start({
      'runs.log': async (_input, { emit }) => {
        for (let i = 0; i < 70; i++) await emit({ offset: i, bytes: new Uint8Array([i]) });
        return { end: 70 };
      },
    });
    const stream = client.stream('runs.log', { id });
    const offsets: number[] = [];
    for await (const item of stream) offsets.push(item.offset);
    expect(offsets).toEqual(Array.from({ length: 70 }, (_, i) => i));
    await expect(stream.output).resolves.toEqual({ end: 70 });
  });

  it('aborts the handler when the caller does, and rejects at once', async () => {
    const aborted = Promise.withResolvers<unknown>();
    const { client } = await start({
      'workspace.changes': (_input, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => aborted.resolve(signal.reason));
        }),
      'runs.resolve': async () => ({ id }),
    });
    const controller = new AbortController();
    const call = client.call('workspace.changes', {}, { signal: controller.signal });
    await client.call('runs.resolve', { reference: '1.1' });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    expect(await aborted.promise).toMatchObject({ code: 'cancelled' });
    await expect(
      client.call('workspace.changes', {}, { signal: controller.signal }),
    ).rejects.toMatchObject({ code: 'cancelled' });
    // The connection is none the worse for it.
    await expect(client.call('runs.resolve', { reference: '1.1' })).resolves.toEqual({ id });
  });

  it('aborts the handler when the loop is left, and unblocks it', async () => {
    const ended = Promise.withResolvers<unknown>();
    const { client } = await start({
      'workspace.changes': async (_input, { emit }) => {
        try {
          while (true) await emit({ topics: ['runs'] });
        } catch (error) {
          ended.resolve(error);
          throw error;
        }
      },
    });
    for await (const item of client.stream('workspace.changes', {})) {
      expect(item.topics).toEqual(['runs']);
      break;
    }
    expect(await ended.promise).toMatchObject({ code: 'cancelled' });
  });

  it('aborts the work when a consumer throws, and gives its error back', async () => {
    const aborted = Promise.withResolvers<void>();
    const { client } = await start({
      'workspace.changes': async (_input, { emit, signal }) => {
        signal.addEventListener('abort', () => aborted.resolve());
        await emit({ topics: [] });
        return new Promise(() => {});
      },
    });
    const call = client.call(
      'workspace.changes',
      {},
      {
        onItem: () => {
          throw new Error('not what I expected');
        },
      },
    );
    await expect(call).rejects.toThrow('not what I expected');
    await aborted.promise;
  });

  it('carries code, sentence, place and details of an error', async () => {
    const place = { file: 'dvc.yaml', line: 12, column: 5 };
    const { client } = await start({
      'pipeline.graph': async () => {
        throw new CairnError('invalid', 'dvc.yaml:12:5: a key is unknown.', {
          place,
          cause: new Error('the cause'),
        });
      },
      'pipeline.params': async () => {
        throw Object.assign(new Error('write'), { code: 'ENOSPC' });
      },
      'pipeline.status': async () => {
        throw new TypeError('a bug');
      },
    });
    const error = await client.call('pipeline.graph', {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({
      code: 'invalid',
      message: 'dvc.yaml:12:5: a key is unknown.',
      place,
      details: expect.stringContaining('the cause'),
    });
    await expect(client.call('pipeline.params', {})).rejects.toMatchObject({ code: 'no-space' });
    await expect(client.call('pipeline.status', {})).rejects.toMatchObject({
      code: 'internal',
      message: 'a bug',
      details: expect.stringContaining('rpc.test'),
    });
  });

  it('fails a stream with the error of its handler, after the items before it', async () => {
    const { client } = await start({
      'runs.log': async (_input, { emit }) => {
        await emit({ offset: 0, bytes: new Uint8Array(1) });
        throw new CairnError('not-found', 'The log is gone.');
      },
    });
    const stream = client.stream('runs.log', { id });
    let items = 0;
    const loop = async () => {
      for await (const _ of stream) items++;
    };
    await expect(loop()).rejects.toMatchObject({ code: 'not-found' });
    expect(items).toBe(1);
  });

  it('refuses input that the contract does not allow, without calling the handler', async () => {
    const handler = vi.fn(async () => ({ id }));
    const { client } = await start({ 'notes.create': handler });
    const wrong = { body: 7 } as unknown as { body: string };
    await expect(client.call('notes.create', wrong)).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringMatching(/“notes\.create” is not valid: body: .*string/),
    });
    expect(handler).not.toHaveBeenCalled();
  });

  it.each(['toString', '__proto__', 'constructor', 'runs.forget', 'notes.update'])(
    'knows no operation %s',
    async (name) => {
      const { client } = await start({});
      await expect(client.call(name as 'runs.get', { id })).rejects.toMatchObject({
        code: 'unsupported',
      });
    },
  );

  it('fails calls under way and later ones when the server goes away', async () => {
    const { client, service } = await start({
      'workspace.changes': (_input, { signal }) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason));
        }),
      'runs.resolve': async () => ({ id }),
    });
    const call = client.call('workspace.changes', {});
    const outcome = expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await client.call('runs.resolve', { reference: '1.1' });
    const gone = new Promise<void>((resolve) => client.onClose(resolve));
    await service.close();
    await outcome;
    await gone;
    await expect(client.call('runs.resolve', { reference: '1.1' })).rejects.toMatchObject({
      code: 'disconnected',
    });
  });

  it('aborts handlers when the client goes away', async () => {
    const aborted = Promise.withResolvers<void>();
    const { client } = await start({
      'workspace.changes': (_input, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => aborted.resolve());
        }),
      'runs.resolve': async () => ({ id }),
    });
    const call = client.call('workspace.changes', {}).catch((error: RemoteError) => error.code);
    await client.call('runs.resolve', { reference: '1.1' });
    client.close();
    await aborted.promise;
    expect(await call).toBe('disconnected');
  });

  it('closes the connection on a message of another shape', async () => {
    const { ports } = await start({});
    const closed = new Promise<void>((resolve) => ports[0].onClose(resolve));
    ports[0].post({ kind: 'request', id: -1, name: 'runs.list', input: {}, items: false });
    await closed;
  });
});

describe('what the wire cannot carry', () => {
  const carrying = transports.filter(({ name }) => name !== 'in process');

  it.each(carrying)('fails the call, not the connection, over $name', async ({ connect }) => {
    const ports = await connect();
    const unsendable = { id: (() => {}) as unknown as string };
    serve(ports[1], {
      'notes.create': async () => unsendable,
      'runs.resolve': async () => ({ id }),
      'workspace.changes': async (_input, { emit }) => {
        await emit({ topics: [(() => {}) as unknown as string] });
        return {};
      },
    });
    const client = createClient(ports[0]);
    await expect(client.call('notes.create', { body: '' })).rejects.toMatchObject({
      code: 'internal',
    });
    await expect(client.call('workspace.changes', {}, { onItem: () => {} })).rejects.toMatchObject({
      code: 'internal',
    });
    const input = { reference: (() => {}) as unknown as string };
    await expect(client.call('runs.resolve', input)).rejects.toThrow();
    await expect(client.call('runs.resolve', { reference: 'x' })).resolves.toEqual({ id });
  });
});
