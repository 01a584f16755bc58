import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createClient, socketPort } from '../../../../src-main/rpc/index.ts';
import { get, type Running, raw, running } from './support.ts';

const id = '0123456789abcdef0123456789abcdef';

function open(
  server: Running,
  headers: Record<string, string> = {},
  path = '/rpc',
  options: { autoPong?: boolean } = {},
) {
  return new WebSocket(`ws://127.0.0.1:${server.port}${path}`, {
    ...options,
    headers: { origin: `http://127.0.0.1:${server.port}`, cookie: server.cookie, ...headers },
  });
}

/** The status an upgrade was refused with. */
async function refusal(socket: WebSocket): Promise<string> {
  const [error] = (await once(socket, 'error')) as [Error];
  return error.message;
}

describe('the socket', () => {
  it('carries operations for the page with the cookie', async () => {
    const server = await running({ 'runs.resolve': async () => ({ id }) });
    const client = createClient(socketPort(open(server)));
    await expect(client.call('runs.resolve', { reference: '1.1' })).resolves.toEqual({ id });
    client.close();
  });

  it.each<[string, Record<string, string>, number]>([
    ['without the cookie', { cookie: '' }, 401],
    ['with another cookie', { cookie: 'cairn-1=abc' }, 401],
    ['of a foreign host', { host: 'evil.example' }, 403],
    [
      'of a rebound host with its own origin',
      { host: 'evil.example', origin: 'http://evil.example' },
      403,
    ],
    ['of a foreign origin', { origin: 'http://evil.example' }, 403],
    ['of the origin of another local server', { origin: 'http://127.0.0.1:1' }, 403],
    ['of an opaque origin', { origin: 'null' }, 403],
  ])('is refused %s', async (_name, headers, status) => {
    const server = await running();
    expect(await refusal(open(server, headers))).toContain(String(status));
  });

  it('is refused without an origin, and at another path', async () => {
    const server = await running();
    const text = await raw(
      server.port,
      `GET /rpc HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${server.cookie}\r\n` +
        'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n' +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    expect(text).toContain('403 Forbidden');
    expect(await refusal(open(server, {}, '/other'))).toContain('404');
  });

  it('is closed on a message that is malformed, text, or too large; the server lives on', async () => {
    const server = await running();
    const closeCode = async (data: string | Buffer) => {
      const socket = open(server);
      await once(socket, 'open');
      const closed = once(socket, 'close');
      socket.send(data);
      const [code] = (await closed) as [number];
      return code;
    };
    expect(await closeCode('text')).toBe(4400);
    expect(await closeCode(Buffer.from('garbage!'))).toBe(4400);
    expect(await closeCode(Buffer.alloc((16 << 20) + 1))).toBe(1009);
    expect((await get(server.port, '/', { cookie: server.cookie })).status).toBe(200);
  });

  it('is given up when the page does not answer', async () => {
    const aborted = Promise.withResolvers<void>();
    const server = await running(
      {
        'workspace.changes': (_input, { signal }) =>
          new Promise(() => {
            signal.addEventListener('abort', () => aborted.resolve());
          }),
      },
      { pingMs: 20 },
    );
    const socket = open(server, {}, '/rpc', { autoPong: false });
    const client = createClient(socketPort(socket));
    const call = client.call('workspace.changes', {});
    await expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await aborted.promise;
  });

  it('stays open as long as the page answers', async () => {
    const server = await running({ 'runs.resolve': async () => ({ id }) }, { pingMs: 10 });
    const client = createClient(socketPort(open(server)));
    await sleep(150);
    await expect(client.call('runs.resolve', { reference: '1.1' })).resolves.toEqual({ id });
    client.close();
  });
});

describe('closing', () => {
  it('aborts what is under way, waits for it, and ends idle connections', async () => {
    let unwound = false;
    const started = Promise.withResolvers<void>();
    const server = await running({
      'workspace.changes': async (_input, { signal }) => {
        started.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        await sleep(50);
        unwound = true;
        return {};
      },
    });
    const client = createClient(socketPort(open(server)));
    const call = client.call('workspace.changes', {});
    const outcome = expect(call).rejects.toMatchObject({ code: 'disconnected' });
    await started.promise;
    const idle = raw(server.port, 'GET / HTTP/1.1\r\nHost: localhost\r\n');
    await sleep(20);
    await server.close();
    expect(unwound).toBe(true);
    await outcome;
    await idle.catch(() => {});
    await expect(get(server.port, '/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('does not wait for ever for work that ignores its signal', async () => {
    const started = Promise.withResolvers<void>();
    const server = await running({
      'workspace.changes': () => {
        started.resolve();
        return new Promise(() => {});
      },
    });
    const client = createClient(socketPort(open(server)));
    client.call('workspace.changes', {}).catch(() => {});
    await started.promise;
    const before = Date.now();
    await server.close();
    expect(Date.now() - before).toBeLessThan(6000);
  });
});
