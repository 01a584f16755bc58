/**
 * What Lightning's `CSVLogger` writes: `<name>/version_<n>/metrics.csv`, one sparse row a logging, and
 * `hparams.yaml` beside it (which its `TensorBoardLogger` writes as well).
 */
import type { Work } from '../../base/progress.ts';
import { belongings } from '../hydra/belonging.ts';
import { baseOf, folderOf, paramsOf, pointsOf, readChanged } from '../text-files.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';

const metrics = /(?:^|\/)version_\d+\/metrics\.csv$/;

export const lightning: Importer = {
  kind: 'lightning',

  find(listing: Listing): string[] {
    const found = listing.files.filter((path) => metrics.test(path));
    return [...new Set(found.map((path) => folderOf(folderOf(path))))];
  },

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    const versions = source.files.filter(
      (path) => metrics.test(path) && folderOf(folderOf(path)) === source.path,
    );
    const belonging = belongings(source.root, versions.map(folderOf));
    for (const path of versions) {
      work.signal?.throwIfAborted();
      const folder = folderOf(path);
      const name = baseOf(folder);
      const experiment = baseOf(source.path) || 'lightning';
      const own = belonging.get(folder) ?? {};
      const run = { nativeId: name, name, experiment, artifactRoot: folder, ...own };
      const params = await readChanged(source, sink, `${folder}/hparams.yaml`);
      if (params !== null) {
        sink.run({
          ...run,
          createdAt: params.modified,
          params: paramsOf(sink, `${folder}/hparams.yaml`, params.text),
        });
        sink.done(`${folder}/hparams.yaml`, params.stamp);
      }
      const file = await readChanged(source, sink, path);
      if (file === null) continue;
      const { series } = pointsOf(file.text, path, file.modified);
      const began = params?.modified;
      sink.run({
        ...run,
        status: 'FINISHED',
        ...(began === undefined ? {} : { createdAt: began, startedAt: began }),
        endedAt: file.modified,
        series,
      });
      sink.done(path, file.stamp);
    }
  },
};
