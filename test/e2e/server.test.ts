/** The server and a real browser: what only a browser can show about cookies, policies and origins. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser } from '@playwright/test';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createLogger } from '../../src-main/base/logger.ts';
import type { Handlers } from '../../src-main/rpc/index.ts';
import { startServer } from '../../src-main/shells/server/index.ts';
import { launchChromium } from '../support/browser.ts';
import { tempFolder } from '../support/temp.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium({
    args: ['--host-resolver-rules=MAP rebound.example 127.0.0.1'],
  });
});
afterAll(() => browser.close());

const script = `
const socket = new WebSocket('ws://' + location.host + '/rpc');
socket.onopen = () => { document.title = 'connected'; socket.close(); };
socket.onclose = (event) => { if (event.code === 1006) document.title = 'refused'; };
`;

async function start(): Promise<{ url: string; port: string }> {
  const rendererDir = join(tempFolder(), 'renderer');
  mkdirSync(rendererDir);
  const page = '<!doctype html><title>window</title><script src="/page.js"></script>';
  writeFileSync(join(rendererDir, 'index.html'), page);
  writeFileSync(join(rendererDir, 'page.js'), script);
  const server = await startServer({
    handlers: {} as Handlers,
    rendererDir,
    logger: createLogger('error', () => {}),
  });
  onTestFinished(() => server.close());
  return { url: server.url, port: new URL(server.url).port };
}

async function newPage() {
  const context = await browser.newContext();
  onTestFinished(() => context.close());
  return context.newPage();
}

it('lets the tokened address in, keeps its deep link, and shows the token nowhere', async () => {
  const { url, port } = await start();
  const page = await newPage();
  await page.goto(`${url}#/run/02.7`);
  await page.waitForFunction(() => document.title === 'connected');
  expect(page.url()).toBe(`http://127.0.0.1:${port}/#/run/02.7`);
  expect(await page.evaluate(() => document.cookie)).toBe('');
  expect(await page.evaluate(() => document.referrer)).toBe('');
  const history = await page.context().newCDPSession(page);
  const { entries } = await history.send('Page.getNavigationHistory');
  expect(entries.map((entry) => entry.url).join()).not.toContain('token');
  await page.reload();
  await page.waitForFunction(() => document.title === 'connected');
});

it('lets it in also from a link on another site', async () => {
  const { url } = await start();
  const other = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(`<a href="${url}">open</a>`);
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const page = await newPage();
  await page.goto(`http://rebound.example:${(other.address() as AddressInfo).port}/`);
  await page.click('a');
  await page.waitForFunction(() => document.title === 'connected');
});

it('runs no inline script, no eval, and loads nothing from elsewhere', async () => {
  const { url } = await start();
  const page = await newPage();
  await page.goto(url);
  await page.waitForFunction(() => document.title === 'connected');
  const violations = await page.evaluate(async () => {
    const seen: string[] = [];
    addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
    const inline = document.createElement('script');
    inline.textContent = 'document.title = "inline ran"';
    document.head.append(inline);
    const image = new Image();
    image.src = 'http://127.0.0.1:9/x.png';
    const frame = document.createElement('iframe');
    frame.src = 'http://127.0.0.1:9/';
    document.body.append(frame);
    await fetch('http://127.0.0.1:9/').catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, 200));
    return seen.sort();
  });
  expect(violations).toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem']);
  expect(await page.title()).toBe('connected');
});

it('gives a page of another origin neither the window nor the socket', async () => {
  const { url, port } = await start();
  const other = createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end('<title>other</title>');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void other.close());
  const page = await newPage();
  await page.goto(url);
  // Another port of the same host is the same site: it has the cookie sent, and is refused all the same.
  await page.goto(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`);
  const outcome = await page.evaluate(async (address) => {
    const socket = await new Promise<string>((resolve) => {
      const attempt = new WebSocket(`ws://${address}/rpc`);
      attempt.onopen = () => resolve('open');
      attempt.onclose = () => resolve('refused');
    });
    const fetched = await fetch(`http://${address}/`, { credentials: 'include' }).then(
      () => 'read',
      () => 'refused',
    );
    return { socket, fetched };
  }, `127.0.0.1:${port}`);
  expect(outcome).toEqual({ socket: 'refused', fetched: 'refused' });
});

it('is not reached through a name that was rebound to this machine', async () => {
  const { url } = await start();
  const rebound = new URL(url);
  rebound.hostname = 'rebound.example';
  const page = await newPage();
  const response = await page.goto(rebound.href);
  expect(response?.status()).toBe(403);
  expect(await page.context().cookies()).toEqual([]);
});
