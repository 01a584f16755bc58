/**
 * DVCLive's folder (`dvclive/` unless told otherwise): `metrics.json`, `params.yaml`, a table for each
 * metric below `plots/metrics/`, images below `plots/images/`. It holds the run that logged last.
 */
import type { Work } from '../../base/progress.ts';
import { readMetricsFile } from '../../pipelines/index.ts';
import { PointColumns } from '../points.ts';
import { folderOf, paramsOf, pointsOf, readChanged } from '../text-files.ts';
import type {
  ImportedRun,
  ImportedSeries,
  Importer,
  Listing,
  RunSink,
  SourceReader,
} from '../types.ts';

const table = /(?:^|\/)plots\/metrics\/.+\.tsv$/;
const image = /(?:^|\/)plots\/images\/.+\.(?:png|jpe?g|gif|webp|svg)$/i;
const nativeId = 'workspace';

export const dvclive: Importer = {
  kind: 'dvclive',

  find(listing: Listing): string[] {
    const folders = listing.files
      .filter((path) => path === 'metrics.json' || path.endsWith('/metrics.json'))
      .map(folderOf)
      .filter((folder) => folder !== '' && listing.under(`${folder}/plots/metrics`).length > 0);
    return [...new Set(folders)];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const series: ImportedSeries[] = [];
    let params: ImportedRun['params'];
    let span: readonly [number, number] | null = null;
    let changed = false;
    for (const path of source.files) {
      work.signal?.throwIfAborted();
      const inside = path.slice(source.path.length + 1);
      if (!table.test(inside) && inside !== 'params.yaml' && inside !== 'metrics.json') continue;
      const file = await readChanged(source, sink, path);
      if (file === null) continue;
      changed = true;
      if (inside === 'params.yaml') params = paramsOf(sink, path, file.text);
      else if (inside === 'metrics.json')
        series.push(...onlyLast(source, file.text, file.modified));
      else {
        const key = inside.slice('plots/metrics/'.length, -'.tsv'.length);
        const points = pointsOf(file.text, path, file.modified, {
          // The column of the values has the metric's last name; others are its own.
          keyOf: (column) => (key === column || key.endsWith(`/${column}`) ? key : null),
        });
        series.push(...points.series);
        const first = points.first ?? file.modified;
        const last = points.last ?? file.modified;
        span = [Math.min(span?.[0] ?? first, first), Math.max(span?.[1] ?? last, last)];
      }
      sink.done(path, file.stamp);
    }
    if (!changed) return;
    sink.run({
      nativeId,
      experiment: 'dvclive',
      name: source.path,
      status: 'FINISHED',
      artifactRoot: source.path,
      ...(span === null ? {} : { createdAt: span[0], startedAt: span[0], endedAt: span[1] }),
      ...(params === undefined ? {} : { params }),
      series,
      media: source.files
        .filter((path) => image.test(path.slice(source.path.length + 1)))
        .map((path) => toMedia(source, path)),
    });
  },
};

/** Metrics that have no table, as one point; a file that is just being written has none. */
function onlyLast(source: SourceReader, text: string, modified: number): ImportedSeries[] {
  const tables = new Set(
    source.files
      .map((path) => path.slice(source.path.length + 1))
      .filter((path) => table.test(path))
      .map((path) => path.slice('plots/metrics/'.length, -'.tsv'.length)),
  );
  let metrics: ReturnType<typeof readMetricsFile>;
  try {
    metrics = readMetricsFile(text, 'metrics.json');
  } catch {
    return [];
  }
  const step = metrics.find((metric) => metric.key === 'step')?.value ?? 0;
  const columns = new PointColumns();
  for (const { key, value } of metrics) {
    const name = key.replaceAll('.', '/');
    if (key !== 'step' && !tables.has(name)) columns.add(name, step, modified, value);
  }
  return columns.series({ reset: true });
}

/** With `Live(cache_images=…)` and steps, an image is `<name>/<step>.png`. */
function toMedia(source: SourceReader, path: string): NonNullable<ImportedRun['media']>[number] {
  const inside = path.slice(source.path.length + 1 + 'plots/images/'.length);
  const stepped = /^(.+)\/(\d+)\.[^.]+$/.exec(inside);
  return {
    kind: 'image',
    key: stepped?.[1] ?? inside.replace(/\.[^.]+$/, ''),
    step: Number(stepped?.[2] ?? 0),
    time: 0,
    path,
    offset: null,
    length: null,
  };
}
