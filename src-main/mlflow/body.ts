/** Reading the body of a request: bounded in bytes and in time, and JSON as clients write it. */
import type { IncomingMessage } from 'node:http';
import { invalid, MlflowError } from './errors.ts';
import { Fields, isRecord } from './fields.ts';

/** The largest that MLflow allows is the profile of a dataset, 16 MiB, escaped. */
const maxBytes = 64 << 20;
/** A client that takes longer for one body is given up. */
const patienceMs = 60_000;

/** @throws MlflowError for a body that is too large, too slow or cut short */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxBytes) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  const timer = setTimeout(() => request.destroy(), patienceMs);
  try {
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      size += chunk.length;
      if (size > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (cause) {
    if (cause instanceof MlflowError) throw cause;
    throw new MlflowError('BAD_REQUEST', 'The request was cut short.', { cause });
  } finally {
    clearTimeout(timer);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
}

/**
 * Lets a refused client send the rest of its body, so that it comes to read the answer; one that
 * sends on and on is cut off.
 */
export function discard(request: IncomingMessage): void {
  if (request.complete || request.destroyed) return;
  let size = 0;
  const timer = setTimeout(() => request.destroy(), patienceMs);
  request.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > maxBytes) request.destroy();
  });
  request.once('close', () => clearTimeout(timer));
  request.resume();
}

/**
 * The fields of a JSON body. A body may be empty, and may be JSON inside a JSON string, as old
 * clients send it; Python's bare NaN and Infinity are read as the strings they should be.
 * @throws MlflowError for anything but an object
 */
export function parseFields(body: Buffer): Fields {
  const text = body.toString('utf8').trim();
  if (text === '') return new Fields({});
  let value = parse(text);
  if (typeof value === 'string') value = value.trim() === '' ? {} : parse(value);
  if (!isRecord(value)) throw invalid('The body of the request must be a JSON object.');
  return new Fields(value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const lenient = quoteNonFinite(text);
    try {
      if (lenient !== text) return JSON.parse(lenient);
    } catch {
      // The first error says more.
    }
    throw new MlflowError('MALFORMED_REQUEST', `The body of the request is not JSON: ${cause}`, {
      cause,
    });
  }
}

/** What Python's `json` writes for doubles that JSON lacks, outside of strings. */
function quoteNonFinite(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (token) =>
    token.startsWith('"') ? token : `"${token}"`,
  );
}

function tooLarge(): MlflowError {
  return new MlflowError(
    'BAD_REQUEST',
    `The body of a request has at most ${maxBytes >> 20} MiB here.`,
    { status: 413 },
  );
}
