/**
 * What Keras' `CSVLogger` writes: a table whose first column is `epoch`. Its name is the user's; those
 * that people give it are looked into.
 */
import type { Work } from '../../base/progress.ts';
import { beginsWith } from '../peek.ts';
import { baseOf, folderOf, pointsOf, readChanged } from '../text-files.ts';
import type { Importer, Listing, RunSink, SourceReader } from '../types.ts';

const likely =
  /^(?:.*[-_.])?(?:train(?:ing)?|history|log|logs|csv_?log(?:ger)?)(?:[-_.].*)?\.(?:log|csv)$/i;
const header = /^epoch[,;\t](?:.*[,;\t])?(?:val_)?loss(?:[,;\t]|$)/;

export const keras: Importer = {
  kind: 'keras',

  find(listing: Listing): string[] {
    return listing.files.filter((path) => likely.test(baseOf(path)));
  },

  // Data is called `train.csv` as well.
  recognises: (absolute) => beginsWith(absolute, header),

  async read(source: SourceReader, sink: RunSink, work: Work): Promise<void> {
    work.signal?.throwIfAborted();
    const file = await readChanged(source, sink, source.path);
    if (file === null) return;
    sink.done(source.path, file.stamp);
    const end = file.text.indexOf('\n');
    const first = (end < 0 ? file.text : file.text.slice(0, end)).trim();
    // Any other log of that name is not Keras', and no reason to say anything.
    if (!header.test(first)) return;
    const separator = first[5] as string;
    const text = separator === ',' ? file.text : file.text.replaceAll(separator, ',');
    const { series } = pointsOf(text, 'log.csv', file.modified);
    const name = baseOf(source.path).replace(/\.[^.]+$/, '');
    sink.run({
      nativeId: 'run',
      experiment: 'keras',
      name: folderOf(source.path) === '' ? name : `${folderOf(source.path)}/${name}`,
      status: 'FINISHED',
      createdAt: file.modified,
      endedAt: file.modified,
      series,
    });
  },
};
