import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../../src-main/shells/server/index.ts';
import { builtWindow, get, raw, running, token } from './support.ts';

describe('the token', () => {
  it('is exchanged for a cookie that scripts and other sites do not get, and leaves the address', async () => {
    const { port } = await running();
    const answer = await get(port, `/?token=${token}`);
    expect(answer.status).toBe(200);
    expect(answer.headers['set-cookie']).toEqual([
      expect.stringMatching(/^cairn-\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
    expect(answer.headers['set-cookie']?.[0]).not.toContain(token);
    expect(answer.body).toContain("location.replace('/' + location.hash)");
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers['referrer-policy']).toBe('no-referrer');
  });

  it.each([
    ['no token', '/'],
    ['an empty token', '/?token='],
    ['another token', `/?token=${token.replace('a', 'b')}`],
    ['the start of the token', `/?token=${token.slice(0, -1)}`],
    ['more than the token', `/?token=${token}x`],
    ['the token for a file', `/index.html?token=${token}`],
  ])('refuses %s', async (_name, path) => {
    const { port } = await running();
    const answer = await get(port, path);
    expect(answer.status).toBe(401);
    expect(answer.headers['set-cookie']).toBeUndefined();
    expect(answer.body).not.toContain('<title>');
  });

  it('gives the window to the cookie, and to no other', async () => {
    const { port, cookie } = await running();
    expect((await get(port, '/', { cookie })).body).toContain('<title>window</title>');
    const among = await get(port, '/', { cookie: `other=1; ${cookie}; more=2` });
    expect(among.status).toBe(200);
    const [name, value = ''] = cookie.split('=');
    for (const wrong of [
      `${name}=`,
      `${name}=${value.slice(1)}`,
      `${name}=${token}`,
      `x${cookie}`,
    ]) {
      expect((await get(port, '/', { cookie: wrong })).status).toBe(401);
    }
  });

  it('is random and long when none is given; a short one is refused', async () => {
    const options = {
      handlers: {} as never,
      rendererDir: builtWindow(),
      logger: console,
    };
    const first = await startServer(options);
    const second = await startServer(options);
    await Promise.all([first.close(), second.close()]);
    const tokens = [first, second].map(({ url }) => new URL(url).searchParams.get('token') ?? '');
    expect(tokens[0]).not.toBe(tokens[1]);
    expect(tokens[0]?.length).toBeGreaterThanOrEqual(43);
    await expect(startServer({ ...options, token: 'short' })).rejects.toMatchObject({
      code: 'invalid',
    });
  });
});

describe('a request', () => {
  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:9', '[::1]:1234'])(
    'is answered as %s, whatever the port: there may be a tunnel',
    async (host) => {
      const { port, cookie } = await running();
      expect((await get(port, '/', { cookie, host })).status).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:80',
    '127.0.0.1@evil.example',
    '0.0.0.0',
    '127.1',
  ])('of the host “%s” is refused, the token too', async (host) => {
    const { port, cookie } = await running();
    for (const path of ['/', `/?token=${token}`]) {
      const answer = await get(port, path, { cookie, host });
      expect([400, 403]).toContain(answer.status);
      expect(answer.headers['set-cookie']).toBeUndefined();
    }
  });

  it('of another origin is refused, of the own one answered', async () => {
    const { port, cookie } = await running();
    const host = `127.0.0.1:${port}`;
    const own = await get(port, '/', { cookie, host, origin: `http://${host}` });
    expect(own.status).toBe(200);
    const others = [
      'http://evil.example',
      'null',
      `https://${host}`,
      `http://localhost:${port}`,
      'http://127.0.0.1',
      `http://127.0.0.1:${port}0`,
    ];
    for (const origin of others) {
      expect((await get(port, '/', { cookie, host, origin })).status, origin).toBe(403);
    }
  });

  it('is a GET or HEAD without a body', async () => {
    const { port, cookie } = await running();
    for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
      expect((await get(port, '/', { cookie }, method)).status).toBe(405);
    }
    const head = await get(port, '/', { cookie }, 'HEAD');
    expect(head).toMatchObject({ status: 200, body: '' });
    expect(head.headers['content-length']).toBe('36');
    const length = String(10 << 20);
    expect((await get(port, '/', { cookie, 'content-length': length })).status).toBe(413);
  });

  it('with a header that is too large, or that is not HTTP, is refused', async () => {
    const { port } = await running();
    expect((await get(port, '/', { cookie: 'x'.repeat(20_000) })).status).toBe(431);
    expect(await raw(port, 'hello\r\n\r\n')).toContain('400 Bad Request');
    expect(await raw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n')).toContain('400');
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: \r\n\r\n')).toContain('403 Forbidden');
  });

  it('that never ends is ended', async () => {
    const { port } = await running({}, { patienceMs: 200 });
    const before = Date.now();
    expect(await raw(port, 'GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ')).toContain('408');
    expect(Date.now() - before).toBeLessThan(5000);
  });

  it('in absolute form does not get around the host', async () => {
    const { port, cookie } = await running();
    const text = await raw(
      port,
      `GET http://evil.example/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${cookie}\r\n\r\n`,
    );
    expect(text).toContain('400 Bad Request');
  });

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/%2e%2e%2fsecret.txt',
    '/%252e%252e%252fsecret.txt',
    '/..\\secret.txt',
    '/..%5csecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '//secret.txt',
    '/index.html/../../secret.txt',
    '/index.html%00.js',
    '/%',
    '/%ff',
    '/C:/Windows/win.ini',
    '/constructor',
  ])('for %s finds nothing', async (path) => {
    const { port, cookie } = await running();
    const answer = await get(port, path, { cookie });
    expect(answer.status).toBe(404);
    expect(answer.body).not.toContain('secret\n');
  });
});

describe('an answer', () => {
  it('says what the window may do', async () => {
    const { port, cookie } = await running();
    const { headers } = await get(port, '/', { cookie, host: `localhost:${port}` });
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain(`connect-src 'self' ws://localhost:${port};`);
    expect(policy).not.toContain('unsafe-eval');
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
  });

  it('may be kept when its name holds a hash', async () => {
    const { port, cookie } = await running();
    const { headers, body } = await get(port, '/assets/index-1a2b.js', { cookie });
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(headers['cache-control']).toContain('immutable');
    expect(body).toBe('export {};\n');
  });

  it('of a refusal has the same protection', async () => {
    const { port } = await running();
    const { headers } = await get(port, '/');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('starting', () => {
  it('says when the window is not built, when the port is taken, when others could reach it', async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void taken.close());
    const options = { handlers: {} as never, rendererDir: builtWindow(), logger: console };
    const { port } = taken.address() as AddressInfo;
    await expect(startServer({ ...options, port })).rejects.toMatchObject({ code: 'conflict' });
    const rendererDir = join(options.rendererDir, 'no-such-folder');
    await expect(startServer({ ...options, rendererDir })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('npm run build'),
    });
    const host = '0.0.0.0' as '127.0.0.1';
    await expect(startServer({ ...options, host })).rejects.toMatchObject({ code: 'invalid' });
  });
});
