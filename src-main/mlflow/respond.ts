/** Sending JSON, text and errors. */
import type { ServerResponse } from 'node:http';
import type { MlflowError } from './errors.ts';

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-store',
  });
  response.end(body);
}

export function sendError(response: ServerResponse, error: MlflowError): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (!response.req.complete) response.setHeader('Connection', 'close');
  sendJson(response, error.status, { error_code: error.code, message: error.message });
}

export function sendText(response: ServerResponse, text: string): void {
  response.writeHead(200, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(text);
}
