/** Where the disk went: Cairn's store and the cache of contents, by what they hold. */
import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../base/progress.ts';
import type { Output } from '../contract/index.ts';
import type { Handlers } from '../rpc/index.ts';
import {
  findUnusedImages,
  removeUnusedImages,
  type UnusedImage,
} from '../tracking/unused-images.ts';
import type { ApiContext } from './context.ts';
import { quietly } from './quietly.ts';
import type { Session } from './session.ts';

type Usage = Output<'disk.usage'>;
type What = Usage['places'][number]['what'];

/** Folders of the store by what they hold; files beside them are the run index. */
const folders: Readonly<Record<string, What>> = {
  runs: 'logs',
  artifacts: 'artifacts',
  notes: 'notes',
  kept: 'kept',
  'shadow.git': 'snapshots',
  cache: 'cache',
};
const shownRuns = 10;
/** Files whose sizes are asked for at a time. */
const atOnce = 64;

export function diskHandlers(
  context: ApiContext,
): Pick<Handlers, Extract<keyof Handlers, `disk.${string}`>> {
  return {
    'disk.usage': (_input, call) =>
      measureDisk(context.session(), {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      }),
    'disk.removePictures': async () => {
      const { store, workspace } = context.session();
      return sumOf(await removeUnusedImages(store, workspace.storeDir));
    },
  };
}

/** Links count as themselves, and are not followed. */
export async function measureDisk(session: Session, work: Work): Promise<Usage> {
  const { storeDir } = session.workspace;
  const walk = new Walk(work);
  const places: Usage['places'] = [];
  const byRun = new Map<string, number>();
  const index = { what: 'index' as const, path: storeDir, bytes: 0, files: 0 };
  const rest = { what: 'rest' as const, path: storeDir, bytes: 0, files: 0 };
  for (const entry of await entriesOf(storeDir)) {
    const path = join(storeDir, entry.name);
    const what = folders[entry.name];
    if (!entry.isDirectory()) {
      const into = entry.name.startsWith('cairn.db') ? index : rest;
      into.bytes += await walk.size([path]);
      into.files += 1;
    } else if (what === 'logs' || what === 'artifacts') {
      const place = { what, path, bytes: 0, files: 0 };
      for (const run of await entriesOf(path)) {
        const { bytes, files } = await walk.measure(join(path, run.name));
        place.bytes += bytes;
        place.files += files;
        if (/^[0-9a-f]{32}$/.test(run.name)) {
          byRun.set(run.name, (byRun.get(run.name) ?? 0) + bytes);
        }
      }
      places.push(place);
    } else if (what === undefined) {
      const { bytes, files } = await walk.measure(path);
      rest.bytes += bytes;
      rest.files += files;
    } else places.push({ what, path, ...(await walk.measure(path)) });
  }
  const cache = join(session.workspace.root, '.dvc', 'cache');
  if (existsSync(cache))
    places.push({ what: 'cache', path: cache, ...(await walk.measure(cache)) });
  const largest = [...byRun].sort(([, a], [, b]) => b - a).slice(0, shownRuns);
  const rows = new Map(
    session.tracking.rows(largest.map(([id]) => id)).map((row) => [row.id, row]),
  );
  return {
    unusedPictures: sumOf(await findUnusedImages(session.store, storeDir)),
    places: [index, ...places, rest].filter((place) => place.files > 0),
    runs: largest.flatMap(([id, bytes]) => {
      const row = rows.get(id);
      return row === undefined ? [] : [{ id, label: row.label, name: row.name, bytes }];
    }),
  };
}

function sumOf(images: readonly UnusedImage[]): { files: number; bytes: number } {
  return { files: images.length, bytes: images.reduce((sum, { bytes }) => sum + bytes, 0) };
}

class Walk {
  readonly #work: Work;
  #files = 0;

  constructor(work: Work) {
    this.#work = work;
  }

  /** Everything below a folder, or one file. */
  async measure(path: string): Promise<{ bytes: number; files: number }> {
    const sum = { bytes: 0, files: 0 };
    const waiting = [path];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      this.#work.signal?.throwIfAborted();
      const entries = await entriesOf(next);
      const files: string[] = [];
      for (const entry of entries) {
        const below = join(next, entry.name);
        if (entry.isDirectory()) waiting.push(below);
        else files.push(below);
      }
      sum.bytes += await this.size(files);
      sum.files += files.length;
      const progress = { phase: 'Measuring files', done: this.#files, total: 0 };
      this.#work.onProgress?.({ ...progress, unit: 'items' });
    }
    if (sum.files === 0) {
      const stat = await lstat(path).catch(() => null);
      if (stat?.isFile() === true) return { bytes: stat.size, files: 1 };
    }
    return sum;
  }

  async size(paths: readonly string[]): Promise<number> {
    let bytes = 0;
    for (let from = 0; from < paths.length; from += atOnce) {
      const part = paths.slice(from, from + atOnce);
      const stats = await Promise.all(part.map((path) => lstat(path).catch(() => null)));
      for (const stat of stats) bytes += stat?.size ?? 0;
    }
    this.#files += paths.length;
    return bytes;
  }
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  return readdir(folder, { withFileTypes: true }).catch(() => []);
}
