/**
 * Hydra's output folders: `outputs/<day>/<time>/` and `multirun/<day>/<time>/<n>/`, each with the
 * composed configuration in `.hydra/config.yaml` and what was overridden in `.hydra/overrides.yaml`.
 */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { asCairnError } from '../../base/errors.ts';
import type { Work } from '../../base/progress.ts';
import { parseYaml } from '../../formats/yaml.ts';
import { baseOf, folderOf, paramsOf, readChanged } from '../text-files.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';

const config = /(?:^|\/)\.hydra\/config\.yaml$/;

export const hydra: Importer = {
  kind: 'hydra',

  find(listing: Listing): string[] {
    const tops = listing.files
      .filter((path) => config.test(path))
      .map((path) => path.slice(0, Math.max(0, path.indexOf('/'))))
      .map((top) => (top === '.hydra' ? '' : top));
    return [...new Set(tops)];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    for (const path of source.files.filter((file) => config.test(file))) {
      work.signal?.throwIfAborted();
      const file = await readChanged(source, sink, path);
      if (file === null) continue;
      const folder = folderOf(folderOf(path));
      const inside = source.path === '' ? folder : folder.slice(source.path.length + 1);
      const overrides = await readOverrides(source, sink, `${folder}/.hydra/overrides.yaml`);
      const ended = await lastChange(join(source.root, folder));
      sink.run({
        nativeId: inside === '' ? '.' : inside,
        aliases: [`folder:${folder}`],
        experiment: source.path === '' ? 'hydra' : baseOf(source.path),
        name: overrides.length > 0 ? overrides.join(' ').slice(0, 200) : inside,
        status: 'FINISHED',
        createdAt: startOf(inside) ?? file.modified,
        startedAt: startOf(inside) ?? file.modified,
        endedAt: ended ?? file.modified,
        artifactRoot: folder,
        params: paramsOf(sink, path, file.text),
        ...(overrides.length > 0 ? { tags: { 'hydra.overrides': overrides.join(' ') } } : {}),
      });
      sink.done(path, file.stamp);
    }
  },
};

async function readOverrides(source: SourceReader, sink: RunSink, path: string): Promise<string[]> {
  const file = await readChanged(source, sink, path);
  if (file === null) return [];
  try {
    const { value } = parseYaml(file.text, path);
    return Array.isArray(value) ? value.map(String) : [];
  } catch (error) {
    sink.skipped(path, asCairnError(error).message);
    return [];
  }
}

/** `2026-01-31/12-30-05` in the machine's time, as Hydra names its folders. */
function startOf(folder: string): number | null {
  const match = /(?:^|\/)(\d{4})-(\d{2})-(\d{2})\/(\d{2})-(\d{2})-(\d{2})(?:\/|$)/.exec(folder);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1).map(Number);
  return new Date(year as number, (month as number) - 1, day, hour, minute, second).getTime();
}

async function lastChange(folder: string): Promise<number | null> {
  return (await stat(folder).catch(() => null))?.mtimeMs ?? null;
}
