/** A server around a small window, and raw requests to it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createLogger } from '../../../../src-main/base/logger.ts';
import type { Handlers } from '../../../../src-main/rpc/index.ts';
import { type ServerOptions, startServer } from '../../../../src-main/shells/server/index.ts';
import { tempFolder } from '../../../support/temp.ts';

export const token = 'a-token-of-at-least-32-characters-0123456789';

/** A folder as the build leaves it, with a secret beside it. */
export function builtWindow(): string {
  const folder = join(tempFolder(), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>window</title>');
  writeFileSync(join(folder, 'assets', 'index-1a2b.js'), 'export {};\n');
  writeFileSync(join(folder, '..', 'secret.txt'), 'secret');
  return folder;
}

export interface Running {
  readonly url: string;
  readonly port: number;
  readonly cookie: string;
  readonly log: string[];
  close(): Promise<void>;
}

/** A server with the operations of the test, closed when the test ends. */
export async function running(
  handlers: Partial<Handlers> = {},
  options: Partial<ServerOptions> = {},
): Promise<Running> {
  const log: string[] = [];
  const server = await startServer({
    handlers: handlers as Handlers,
    rendererDir: builtWindow(),
    logger: createLogger('debug', (line) => log.push(line)),
    token,
    ...options,
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= server.close();
    return closing;
  };
  onTestFinished(close);
  const port = Number(new URL(server.url).port);
  const exchange = await get(port, `/?token=${token}`);
  const cookie = exchange.headers['set-cookie']?.[0]?.split(';')[0] ?? '';
  return { url: server.url, port, cookie, log, close };
}

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** One GET (or whatever `method` says) with exactly this path, which no client library tidied up. */
export function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        body += chunk;
      });
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.end();
  });
}

/** Sends bytes as they are and gives back what comes until the server hangs up. */
export function raw(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let text = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      text += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(text));
  });
}
