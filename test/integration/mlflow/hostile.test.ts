/** The holes that tracking servers had, each tried here; and clients that mean no good. */
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TestEndpoint, token } from '../../support/mlflow.ts';

const proxy = '/api/2.0/mlflow-artifacts/artifacts';

async function withRun() {
  const api = await TestEndpoint.open();
  const { info } = await api.createRun();
  const folder = join(api.storeDir, 'artifacts', info.run_id);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'kept.txt'), 'kept');
  writeFileSync(join(api.root, 'secret.txt'), 'secret');
  writeFileSync(join(api.storeDir, 'artifacts', 'outside.txt'), 'outside');
  return { api, id: info.run_id, folder };
}

/** CVE-2023-1177, -6977, -2356, -2780, -6909, CVE-2024-1483, -1593, -1560, CVE-2026-2033. */
const ways = [
  '../outside.txt',
  '../../secret.txt',
  '..%2foutside.txt',
  '%2e%2e/outside.txt',
  '%2e%2e%2foutside.txt',
  '%252e%252e%252foutside.txt',
  '%25252e%25252e%25252foutside.txt',
  '..%5coutside.txt',
  '..\\outside.txt',
  '..%255coutside.txt',
  'a/../../outside.txt',
  'a/..;/../outside.txt',
  '..;/outside.txt',
  './../outside.txt',
  '.../../../outside.txt',
  '%2Fetc%2Fpasswd',
  '//etc/passwd',
  '/proc/self/root/etc/passwd',
  'file:///etc/passwd',
  'file:%2f%2f%2fetc%2fpasswd',
  'http://example.org/../x',
  'C:%5cwindows%5cwin.ini',
  'C:/windows/win.ini',
  'a%00.txt',
  'kept.txt%23/../../outside.txt',
  'kept.txt%3f/../../outside.txt',
  'a%0d%0ab',
];

describe('paths of artifacts', () => {
  it.each(ways)('%s leads nowhere', async (way) => {
    const { api, id } = await withRun();
    const before = readFileSync(join(api.storeDir, 'artifacts', 'outside.txt'), 'utf8');
    const targets = [`${proxy}/${id}/${way}`];
    for (const target of targets) {
      const read = await api.raw('GET', target);
      expect([400, 404]).toContain(read.status);
      expect(read.text).not.toMatch(/^(outside|secret|root:)/);
      const written = await api.raw('PUT', target, { body: 'overwritten' });
      expect(written.status).toBeGreaterThanOrEqual(400);
      const removed = await api.raw('DELETE', target);
      expect(removed.status).toBeGreaterThanOrEqual(400);
    }
    for (const target of [
      `${proxy}?path=${id}/${way}`,
      `/api/2.0/mlflow/artifacts/list?run_id=${id}&path=${way}`,
    ]) {
      const listed = await api.raw('GET', target);
      const names =
        listed.status === 200 ? (JSON.parse(listed.text) as { files: unknown[] }) : null;
      expect(names === null || names.files.length === 0).toBe(true);
    }
    const upload = await api.raw('POST', `/api/2.0/mlflow-artifacts/mpu/create/${id}`, {
      body: JSON.stringify({ path: 'x', num_parts: 1 }),
    });
    expect(upload.status).toBe(200);
    expect(readFileSync(join(api.storeDir, 'artifacts', 'outside.txt'), 'utf8')).toBe(before);
    expect(readFileSync(join(api.root, 'secret.txt'), 'utf8')).toBe('secret');
  });

  it('belong to a run or a model that is there', async () => {
    const { api } = await withRun();
    for (const owner of [
      'models/../outside.txt',
      'outside.txt',
      'models/m-1/../../x',
      '.uploads/x',
    ]) {
      expect((await api.raw('GET', `${proxy}/${owner}`)).status).toBeGreaterThanOrEqual(400);
      expect(
        (await api.raw('PUT', `${proxy}/${owner}`, { body: 'x' })).status,
      ).toBeGreaterThanOrEqual(400);
    }
  });

  it('do not follow a link out of the folder (MLflow #18964)', async () => {
    const { api, id, folder } = await withRun();
    symlinkSync(api.root, join(folder, 'way-out'));
    symlinkSync(join(api.root, 'secret.txt'), join(folder, 'secret-link'));
    symlinkSync(join(folder, 'kept.txt'), join(folder, 'inside-link'));
    expect((await api.raw('GET', `${proxy}/${id}/way-out/secret.txt`)).status).toBe(400);
    expect((await api.raw('GET', `${proxy}/${id}/secret-link`)).status).toBe(400);
    const written = await api.raw('PUT', `${proxy}/${id}/way-out/new.txt`, { body: 'x' });
    expect(written.status).toBe(400);
    expect(existsSync(join(api.root, 'new.txt'))).toBe(false);
    expect((await api.raw('DELETE', `${proxy}/${id}/way-out`)).status).toBe(400);
    expect(existsSync(join(api.root, 'secret.txt'))).toBe(true);
    expect((await api.raw('GET', `${proxy}/${id}/inside-link`)).text).toBe('kept');
    const listed = JSON.parse((await api.raw('GET', `${proxy}?path=${id}`)).text) as {
      files: { path: string }[];
    };
    expect(listed.files.map((file) => file.path)).toEqual(['inside-link', 'kept.txt']);
  });

  it('of another tool’s run are never changed', async () => {
    const { api, id } = await withRun();
    const place = join(api.root, 'mlruns', 'artifacts');
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, 'theirs.txt'), 'theirs');
    const set = (root: string) =>
      api.store.prepare('UPDATE runs SET artifact_root = ? WHERE id = ?').run(root, id);
    set('mlruns/artifacts');
    expect((await api.raw('GET', `${proxy}/${id}/theirs.txt`)).text).toBe('theirs');
    expect((await api.raw('PUT', `${proxy}/${id}/theirs.txt`, { body: 'x' })).status).toBe(403);
    expect((await api.raw('DELETE', `${proxy}/${id}/theirs.txt`)).status).toBe(403);
    for (const elsewhere of ['/etc', '../..', 'file:///etc', 's3://bucket/x']) {
      set(elsewhere);
      expect((await api.raw('GET', `${proxy}/${id}/passwd`)).status).toBe(404);
      const listed = await api.raw('GET', `/api/2.0/mlflow/artifacts/list?run_id=${id}`);
      expect(JSON.parse(listed.text)).toMatchObject({ files: [] });
    }
  });

  it('come as attachments that no browser renders', async () => {
    const { api, id } = await withRun();
    await api.raw('PUT', `${proxy}/${id}/a%22%0b.html`, { body: '<script>' });
    await api.raw('PUT', `${proxy}/${id}/page.html`, { body: '<script>' });
    const { headers } = await api.raw('GET', `${proxy}/${id}/page.html`);
    expect(headers['content-disposition']).toMatch(/^attachment/);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-type']).toBe('application/octet-stream');
  });
});

describe('who is let in', () => {
  const path = '/api/2.0/mlflow/experiments/get?experiment_id=0';
  const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

  it.each([
    ['no token', { Authorization: '' }, 401],
    ['a wrong token', { Authorization: 'Bearer wrong' }, 401],
    ['a token of another scheme', { Authorization: token }, 401],
    ['a wrong password', { Authorization: basic('u:wrong') }, 401],
    ['a password', { Authorization: basic(`cairn:${token}`) }, 200],
    ['a token', { Authorization: `bearer ${token}` }, 200],
    ['a name rebound to this machine (CVE-2025-14279)', { Host: 'evil.example:80' }, 403],
    ['a name that begins like this machine’s', { Host: 'localhost.evil.example' }, 403],
    ['the page of another site', { Origin: 'http://evil.example' }, 403],
    ['a page without an origin', { Origin: 'null' }, 403],
    ['another port of this machine', { Host: 'localhost:1' }, 200],
  ])('%s', async (_who, headers, status) => {
    const api = await TestEndpoint.open();
    const answer = await api.raw('GET', path, { headers });
    expect(answer.status).toBe(status);
    if (status !== 200) expect(JSON.parse(answer.text)).toHaveProperty('error_code');
  });

  it('is asked of every address, those of uploads in parts too (CVE-2026-2651)', async () => {
    const { api, id } = await withRun();
    for (const [method, target] of [
      ['GET', '/version'],
      ['GET', `${proxy}/${id}/kept.txt`],
      ['PUT', `${proxy}/${id}/kept.txt`],
      ['DELETE', `${proxy}/${id}/kept.txt`],
      ['POST', '/api/2.0/mlflow-artifacts/mpu/create/x'],
      ['PUT', '/api/2.0/mlflow-artifacts/mpu/part/0/1'],
      ['POST', '/api/2.0/mlflow/runs/search'],
    ] as const) {
      const answer = await api.raw(method, target, { headers: { Authorization: '' } });
      expect(answer.status).toBe(401);
    }
  });
});

describe('clients that mean no good', () => {
  const open = (port: number): Promise<Socket> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => resolve(socket));
      socket.on('error', reject);
      onTestFinished(() => {
        socket.destroy();
      });
    });

  it('are told that a body is too large before it was sent', async () => {
    const api = await TestEndpoint.open();
    const socket = await open(api.port);
    const answer = new Promise<string>((resolve) =>
      socket.once('data', (data) => resolve(String(data))),
    );
    socket.write(
      `POST /api/2.0/mlflow/runs/log-batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Length: 99999999999\r\n\r\n{`,
    );
    expect(await answer).toMatch(/^HTTP\/1\.1 413/);
  });

  it('do not grow the memory with a body that never ends', async () => {
    const api = await TestEndpoint.open();
    const socket = await open(api.port);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined);
    socket.write(
      `POST /api/2.0/mlflow/runs/log-batch HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nTransfer-Encoding: chunked\r\n\r\n`,
    );
    const chunk = Buffer.alloc(1 << 20, 'x');
    let isOpen = true;
    void closed.then(() => {
      isOpen = false;
    });
    for (let count = 0; count < 200 && isOpen; count++) {
      await new Promise<void>((resolve) => {
        const sent = socket.write(`100000\r\n`) && socket.write(chunk) && socket.write('\r\n');
        if (sent) setImmediate(resolve);
        else {
          socket.once('drain', resolve);
          socket.once('close', () => resolve());
        }
      });
    }
    await closed;
    expect(isOpen).toBe(false);
    expect((await api.raw('GET', '/health')).status).toBe(200);
  });

  it('leave nothing of an artifact that was cut short', async () => {
    const { api, id, folder } = await withRun();
    const socket = await open(api.port);
    socket.on('error', () => undefined);
    socket.write(
      `PUT ${proxy}/${id}/kept.txt HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\nContent-Length: 1000\r\n\r\nhalf of it`,
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.destroy();
    await expect
      .poll(async () => (await api.raw('GET', `${proxy}?path=${id}`)).text)
      .toContain('kept.txt');
    expect(readFileSync(join(folder, 'kept.txt'), 'utf8')).toBe('kept');
    const { readdirSync } = await import('node:fs');
    await expect.poll(() => readdirSync(folder)).toEqual(['kept.txt']);
  });

  it('a thousand at once are all answered', async () => {
    const api = await TestEndpoint.open();
    const { info } = await api.createRun();
    const idle = await Promise.all(Array.from({ length: 300 }, () => open(api.port)));
    expect(idle).toHaveLength(300);
    const answers = await Promise.all(
      Array.from({ length: 1000 }, (_, index) =>
        api.raw('POST', '/api/2.0/mlflow/runs/log-metric', {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({
            run_id: info.run_id,
            key: 'm',
            value: index,
            timestamp: index,
            step: index,
          }),
        }),
      ),
    );
    expect(answers.every((answer) => answer.status === 200)).toBe(true);
    const history = await api.ok<{ metrics: unknown[] }>('GET', 'metrics/get-history', {
      run_id: info.run_id,
      metric_key: 'm',
    });
    expect(history.metrics).toHaveLength(1000);
  });
});
