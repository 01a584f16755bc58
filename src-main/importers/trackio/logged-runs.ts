/** Rows sorted into runs. */
import { PointColumns } from '../points.ts';
import type { ImportedMedia, ImportedRun } from '../types.ts';
import type { LoggedRow } from './logged-row.ts';

interface OneRun {
  readonly name: string;
  readonly columns: PointColumns;
  readonly media: ImportedMedia[];
  first: number;
  last: number;
}

export class LoggedRuns {
  readonly #runs = new Map<string, OneRun>();
  readonly #mediaFolder: string;
  readonly #started: Set<string>;
  readonly #begun: Set<string> | null;

  /**
   * @param started runs of which rows were handed over before
   * @param begun series that were handed over before, when all is read from its beginning
   */
  constructor(mediaFolder: string, started: Set<string>, begun: Set<string> | null) {
    this.#mediaFolder = mediaFolder;
    this.#started = started;
    this.#begun = begun;
  }

  add(nativeId: string, name: string, prefix: string, row: LoggedRow): void {
    let run = this.#runs.get(nativeId);
    if (run === undefined) {
      run = { name, columns: new PointColumns(), media: [], first: row.time, last: row.time };
      this.#runs.set(nativeId, run);
    }
    run.first = Math.min(run.first, row.time);
    run.last = Math.max(run.last, row.time);
    for (const [key, value] of row.numbers)
      run.columns.add(prefix + key, row.step, row.time, value);
    for (const { key, kind, file } of row.media) {
      const path = `${this.#mediaFolder}/${file}`;
      run.media.push({
        kind,
        key,
        step: row.step,
        time: row.time,
        path,
        offset: null,
        length: null,
      });
    }
  }

  *all(): Iterable<ImportedRun> {
    for (const [nativeId, { name, columns, media, first, last }] of this.#runs) {
      const isStart = !this.#started.has(nativeId);
      this.#started.add(nativeId);
      yield {
        nativeId,
        name,
        // The first rows tell when it began; later ones only how long it went on.
        ...(isStart ? { createdAt: first, startedAt: first } : {}),
        endedAt: last,
        writtenAt: last,
        series: columns.series().map((series) => {
          const identity = JSON.stringify([nativeId, series.key]);
          const reset = this.#begun !== null && !this.#begun.has(identity);
          this.#begun?.add(identity);
          return { ...series, reset };
        }),
        media,
      };
    }
  }
}
