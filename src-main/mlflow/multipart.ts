/**
 * Large artifacts in parts, as MLflow's client sends them with MLFLOW_ENABLE_PROXY_MULTIPART_UPLOAD:
 * `create` gives an address per part, each part is PUT there and answered with an ETag, `complete`
 * puts them together. Parts go through the same checks as every other request.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { writeStream } from './artifact-write.ts';
import { parseFields, readBody } from './body.ts';
import { invalid, MlflowError, missing } from './errors.ts';

/** What is answered: JSON, and headers for a part. */
export interface MultipartAnswer {
  readonly value: unknown;
  readonly headers: Readonly<Record<string, string>>;
}

interface Surroundings {
  /** The absolute path of a file that is to be written. */
  readonly place: (path: string) => Promise<string>;
  /** Where and how a part is to be sent. */
  readonly credential: (part: string) => { url: string; headers: Record<string, string> };
}

/** S3's limit, which clients count on. */
const maxParts = 10_000;
/** Uploads that nobody ended are forgotten after this long. */
const forgetMs = 7 * 24 * 3600 * 1000;

export class MultipartUploads {
  readonly #folder: string;

  constructor(storeDir: string) {
    this.#folder = join(storeDir, 'artifacts', '.uploads');
  }

  /** @param path below `mpu/` */
  async answer(
    request: IncomingMessage,
    path: string,
    surroundings: Surroundings,
  ): Promise<MultipartAnswer> {
    const [action = '', ...rest] = path.split('/');
    const folder = rest.join('/');
    if (action === 'part' && request.method === 'PUT') {
      const etag = await this.#part(rest, request);
      return { value: {}, headers: { ETag: `"${etag}"` } };
    }
    if (request.method !== 'POST') throw noAction(action);
    const input = parseFields(await readBody(request));
    const name = basename(input.string('path').replaceAll('\\', '/'));
    const target = await surroundings.place([folder, name].filter((part) => part !== '').join('/'));
    switch (action) {
      case 'create':
        return plain(await this.#create(input.integer('num_parts') ?? 1, surroundings));
      case 'complete':
        await this.#complete(
          input.string('upload_id'),
          input.records('parts').map((part) => part.integer('part_number') ?? 0),
          target,
        );
        return plain({});
      case 'abort':
        await rm(this.#uploadFolder(input.string('upload_id')), { recursive: true, force: true });
        return plain({});
      default:
        throw noAction(action);
    }
  }

  async #create(count: number, surroundings: Surroundings): Promise<unknown> {
    if (count < 1 || count > maxParts) throw invalid(`num_parts must be from 1 to ${maxParts}.`);
    await this.#forgetOld();
    const id = randomBytes(16).toString('hex');
    await mkdir(this.#uploadFolder(id), { recursive: true });
    const credentials = Array.from({ length: count }, (_, index) => ({
      ...surroundings.credential(`${id}/${index + 1}`),
      part_number: index + 1,
    }));
    return { upload_id: id, credentials };
  }

  async #part(
    [id = '', number = '']: readonly string[],
    request: IncomingMessage,
  ): Promise<string> {
    const folder = this.#uploadFolder(id);
    if (!/^[1-9]\d{0,4}$/.test(number) || Number(number) > maxParts) throw noUpload(id);
    await stat(folder).catch(() => {
      throw noUpload(id);
    });
    const hash = createHash('md5');
    const hashing = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    request.on('error', (error) => hashing.destroy(error));
    request.on('aborted', () => hashing.destroy(new Error('The request was cut short.')));
    await writeStream(join(folder, number), request.pipe(hashing));
    return hash.digest('hex');
  }

  async #complete(id: string, numbers: readonly number[], target: string): Promise<void> {
    const folder = this.#uploadFolder(id);
    const present = new Set(await readdir(folder).catch(() => [] as string[]));
    if (numbers.length === 0 || new Set(numbers).size !== numbers.length) {
      throw invalid('The parts of an upload are named once each.');
    }
    const lacking = numbers.find((number) => !present.has(String(number)));
    if (lacking !== undefined) throw missing(`Part ${lacking} of upload ${id} has not arrived.`);
    const ordered = numbers.toSorted((a, b) => a - b);
    await writeStream(target, Readable.from(contents(folder, ordered)));
    await rm(folder, { recursive: true, force: true });
  }

  #uploadFolder(id: string): string {
    if (!/^[0-9a-f]{32}$/.test(id)) throw noUpload(id);
    return join(this.#folder, id);
  }

  async #forgetOld(): Promise<void> {
    for (const name of await readdir(this.#folder).catch(() => [] as string[])) {
      const folder = join(this.#folder, name);
      const found = await stat(folder).catch(() => null);
      if (found === null || Date.now() - found.mtimeMs < forgetMs) continue;
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function* contents(folder: string, numbers: readonly number[]): AsyncGenerator<Buffer> {
  for (const number of numbers) {
    yield* createReadStream(join(folder, String(number))) as AsyncIterable<Buffer>;
  }
}

function plain(value: unknown): MultipartAnswer {
  return { value, headers: {} };
}

function noUpload(id: string): MlflowError {
  return missing(`There is no upload '${id.slice(0, 100)}'.`);
}

function noAction(action: string): MlflowError {
  return new MlflowError(
    'ENDPOINT_NOT_FOUND',
    `There is no multipart action '${action.slice(0, 100)}'.`,
  );
}
