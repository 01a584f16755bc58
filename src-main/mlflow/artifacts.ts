/**
 * Artifacts through this endpoint: `mlflow-artifacts:/<run id>/…` and `mlflow-artifacts:/models/<id>/…`.
 * Contents are streamed, written beside their place and moved there once they are complete.
 */
import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { errnoOf } from '../base/errors.ts';
import { readLoggedModel } from '../store/logged-models.ts';
import { readRunRecord } from '../store/logged-runs.ts';
import {
  type ArtifactFolder,
  artifactFolder,
  modelArtifactFolder,
  resolveArtifact,
  safeParts,
} from '../tracking/index.ts';
import { listFolder } from './artifact-list.ts';
import { rangeOf } from './artifact-range.ts';
import { writeStream } from './artifact-write.ts';
import type { MlflowContext } from './context.ts';
import { invalid, MlflowError, missing } from './errors.ts';
import { MultipartUploads } from './multipart.ts';
import { sendJson } from './respond.ts';

/** A place below the artifacts of a run or a model. */
export interface Place {
  readonly folder: ArtifactFolder;
  /** Below the folder; empty for the folder itself. */
  readonly parts: readonly string[];
}

export class ArtifactProxy {
  readonly #context: MlflowContext;
  readonly #uploads: MultipartUploads;

  constructor(context: MlflowContext) {
    this.#context = context;
    this.#uploads = new MultipartUploads(context.storeDir);
  }

  /** @param rest the path below `/api/2.0/mlflow-artifacts/`, as it came */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    rest: string,
    query: string,
  ): Promise<void> {
    const [kind = '', ...tail] = rest.split('/');
    const path = decodeOnce(tail.join('/'));
    if (kind === 'mpu') return this.#multipart(request, response, path);
    if (kind === 'artifacts') {
      switch (request.method) {
        case 'GET':
          if (tail.length === 0) return this.#list(response, query);
          return this.#download(request, response, path);
        case 'PUT':
          await writeStream(await this.#target(path), request);
          return sendJson(response, 200, {});
        case 'DELETE':
          return this.#remove(response, path);
      }
    }
    if (kind === 'presigned') {
      throw new MlflowError(
        'NOT_IMPLEMENTED',
        'Presigned downloads are not supported for the current artifact repository.',
      );
    }
    throw new MlflowError(
      'ENDPOINT_NOT_FOUND',
      `There is no ${request.method} for artifacts/${kind}.`,
    );
  }

  async #list(response: ServerResponse, query: string): Promise<void> {
    const place = this.#place(new URLSearchParams(query).get('path') ?? '');
    sendJson(response, 200, { files: await listFolder(place.folder, place.parts) });
  }

  async #download(request: IncomingMessage, response: ServerResponse, path: string): Promise<void> {
    const place = this.#place(path);
    const file = await resolveArtifact(place.folder, place.parts);
    const found = await stat(file).catch((error: unknown) => {
      if (errnoOf(error) === 'ENOENT' || errnoOf(error) === 'ENOTDIR') return null;
      throw error;
    });
    if (found === null || !found.isFile()) throw missing(`No such artifact: '${path}'`);
    const range = rangeOf(request.headers.range, found.size);
    const name = encodeURIComponent(place.parts.at(-1) ?? 'artifact').replaceAll("'", '%27');
    response.writeHead(range === null ? 200 : 206, {
      'Content-Type': 'application/octet-stream',
      'Content-Disposition': `attachment; filename*=UTF-8''${name}`,
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cache-Control': 'no-store',
      'Accept-Ranges': 'bytes',
      ...(range === null
        ? { 'Content-Length': found.size }
        : {
            'Content-Length': range.end - range.start + 1,
            'Content-Range': `bytes ${range.start}-${range.end}/${found.size}`,
          }),
    });
    // No more than was promised: the file may be growing.
    const bytes = range ?? { start: 0, end: found.size - 1 };
    if (found.size === 0) response.end();
    else await pipeline(createReadStream(file, bytes), response);
  }

  async #remove(response: ServerResponse, path: string): Promise<void> {
    const { folder, parts } = this.#place(path);
    if (!folder.writable) throw readInPlace();
    await rm(await resolveArtifact(folder, parts), { recursive: true, force: true });
    sendJson(response, 200, {});
  }

  async #multipart(
    request: IncomingMessage,
    response: ServerResponse,
    path: string,
  ): Promise<void> {
    const authority = request.headers.host ?? '';
    const authorization = request.headers.authorization ?? '';
    const answer = await this.#uploads.answer(request, path, {
      place: (target) => this.#target(target),
      credential: (part) => ({
        url: `http://${authority}/api/2.0/mlflow-artifacts/mpu/part/${part}`,
        headers: { Authorization: authorization },
      }),
    });
    for (const [name, value] of Object.entries(answer.headers)) response.setHeader(name, value);
    sendJson(response, 200, answer.value);
  }

  /** The absolute path of a file that is to be written. */
  async #target(path: string): Promise<string> {
    const { folder, parts } = this.#place(path);
    if (!folder.writable) throw readInPlace();
    if (parts.length === 0) throw invalid(`Invalid path: '${path}' names no file.`);
    return resolveArtifact(folder, parts);
  }

  /** @throws MlflowError for a run or model that is not there */
  #place(path: string): Place {
    const { store, storeDir, root } = this.#context;
    const [owner, below] = cutFirst(path);
    if (owner === 'models') {
      const [model, inModel] = cutFirst(below);
      const known = /^m-[0-9a-f]{32}$/.test(model) ? readLoggedModel(store, model) : undefined;
      if (known === undefined) throw missing(`No such artifact: '${path}'`);
      return { folder: modelArtifactFolder(storeDir, model), parts: safeParts(inModel) };
    }
    const parts = safeParts(below);
    const run = readRunRecord(store, owner);
    const folder = run === undefined ? null : artifactFolder(storeDir, root, run);
    if (folder === null) throw missing(`No such artifact: '${path}'`);
    return { folder, parts };
  }
}

/** The part before the first slash, and what comes after it. */
function cutFirst(path: string): [string, string] {
  const at = path.indexOf('/');
  return at === -1 ? [path, ''] : [path.slice(0, at), path.slice(at + 1)];
}

function decodeOnce(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw invalid('Invalid path: it is not encoded as an address must be.');
  }
}

function readInPlace(): MlflowError {
  return new MlflowError(
    'PERMISSION_DENIED',
    'The files of this run belong to another tool; Cairn reads them where they lie and does not change them.',
  );
}
