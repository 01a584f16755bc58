/** Runs an importer on a folder and gives back what it handed over, as a store would hold it. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ImportedMedia,
  ImportedModel,
  ImportedRun,
  Importer,
  Listing,
  SourceItem,
} from '../../src-main/importers/types.ts';

export interface GatheredRun extends Omit<ImportedRun, 'series' | 'params' | 'media'> {
  series: Record<string, [step: number, time: number, value: number][]>;
  params: Record<string, string>;
  media: ImportedMedia[];
}

/** Remembers what a store would remember, so that a second reading goes on from the first. */
export class Gathering {
  readonly runs = new Map<string, GatheredRun>();
  readonly skipped = new Map<string, string>();
  models: readonly ImportedModel[] = [];
  readonly #items = new Map<string, SourceItem>();
  #state: unknown = null;
  /** How many runs were handed over by the last reading, in whole or in part. */
  handedOver = 0;

  /** Finds the importer's sources below `root` and reads each. */
  async read(importer: Importer, root: string): Promise<string[]> {
    const listing = listFolder(root);
    const sources = importer
      .find(listing)
      .filter((path) => importer.recognises?.(join(root, path)) ?? true);
    this.handedOver = 0;
    for (const path of sources) {
      const gathering = this;
      await importer.read(
        {
          root,
          path,
          absolute: join(root, path),
          thorough: false,
          files: listing.files.filter(
            (file) => path === '' || file === path || file.startsWith(`${path}/`),
          ),
          item: (key) => this.#items.get(key) ?? null,
          items: () => this.#items,
          get state() {
            return gathering.#state;
          },
          set state(value: unknown) {
            gathering.#state = JSON.parse(JSON.stringify(value));
          },
        },
        {
          run: (run) => this.#merge(run),
          done: (key, stamp, state) =>
            this.#items.set(key, { stamp, state: JSON.parse(JSON.stringify(state ?? null)) }),
          skipped: (key, reason) => this.skipped.set(key, reason),
          gone: (nativeId) => this.runs.delete(nativeId),
          forget: (key) => this.#items.delete(key),
          models: (models) => {
            this.models = models;
          },
        },
        {},
      );
    }
    return sources;
  }

  #merge({ series = [], params = [], media = [], ...fields }: ImportedRun): void {
    this.handedOver += 1;
    const run: GatheredRun = this.runs.get(fields.nativeId) ?? {
      nativeId: fields.nativeId,
      series: {},
      params: {},
      media: [],
    };
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    Object.assign(run, Object.fromEntries(given), {
      tags: { ...run.tags, ...fields.tags },
    });
    for (const { file = '', key, value } of params) {
      run.params[file === '' ? key : `${file}:${key}`] = value;
    }
    for (const { key, points, reset } of series) {
      const rows = reset === true ? [] : (run.series[key] ?? []);
      points.values.forEach((value, i) => {
        rows.push([points.steps[i] as number, points.times[i] as number, value]);
      });
      run.series[key] = rows;
    }
    run.media.push(...media);
    this.runs.set(fields.nativeId, run);
  }
}

function listFolder(root: string): Listing {
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(root.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  return {
    files,
    has: (path) => files.includes(path),
    under: (folder) =>
      folder === '' ? files : files.filter((file) => file.startsWith(`${folder}/`)),
  };
}
