/** A bundle to be looked at where it lies: nothing is unpacked but what is asked for. */
import { CairnError } from '../base/errors.ts';
import { type BundleRecord, names, parseRecord } from './layout.ts';
import { lastPoints } from './metrics-file.ts';
import { Archive, type ArchiveEntry } from './zip-reader.ts';

export class BundleView implements Disposable {
  readonly path: string;
  readonly record: BundleRecord;
  readonly archive: Archive;

  private constructor(archive: Archive, record: BundleRecord) {
    this.archive = archive;
    this.path = archive.path;
    this.record = record;
  }

  /**
   * Opens a bundle; the caller closes it with `using`. Hashes are not checked: that is `verifyBundle`.
   * @throws CairnError `not-found`, `corrupt`, `too-new`, or `invalid` for a zip of another kind
   */
  static async open(path: string): Promise<BundleView> {
    const archive = await Archive.open(path);
    try {
      const entry = archive.find(names.record);
      if (entry === undefined) {
        throw new CairnError(
          'invalid',
          `${path} is a zip, but not a bundle of Cairn's: it has no ${names.record}.`,
        );
      }
      return new BundleView(archive, parseRecord((await archive.read(entry)).toString('utf8')));
    } catch (error) {
      archive.close();
      throw error;
    }
  }

  /** The code as it was when the run began, by path: what lay in the folder and is no input. */
  get code(): ReadonlyMap<string, ArchiveEntry> {
    this.#code ??= new Map(
      [...this.#below(names.project)].filter(([path]) => !this.#isTracked(path)),
    );
    return this.#code;
  }
  #code: ReadonlyMap<string, ArchiveEntry> | undefined;

  /** A file as the run left it, else as it was when the run began. */
  find(path: string): ArchiveEntry | undefined {
    return this.archive.find(names.outputs + path) ?? this.archive.find(names.project + path);
  }

  /** Every file but the bundle's own papers, by its path in the folder. */
  get files(): ReadonlyMap<string, ArchiveEntry> {
    return new Map([...this.#below(names.project), ...this.#below(names.outputs)]);
  }

  /** The files of a directory, by their path in it. */
  list(directory: string): ReadonlyMap<string, ArchiveEntry> {
    const outputs = this.#below(`${names.outputs}${directory}/`);
    return new Map(outputs.size > 0 ? outputs : this.#below(`${names.project}${directory}/`));
  }

  /** The last value of each metric, NaN and infinities included. */
  async metrics(): Promise<Map<string, number>> {
    const entry = this.archive.find(names.metrics);
    return entry === undefined ? new Map() : await lastPoints(await this.archive.stream(entry));
  }

  [Symbol.dispose](): void {
    this.archive.close();
  }

  #below(prefix: string): Map<string, ArchiveEntry> {
    const found = new Map<string, ArchiveEntry>();
    for (const entry of this.archive.entries) {
      if (entry.directory || entry.unsafe !== null || !entry.name.startsWith(prefix)) continue;
      found.set(entry.name.slice(prefix.length), entry);
    }
    return found;
  }

  /** Whether a path is an input, or lies in one that is a directory. */
  #isTracked(path: string): boolean {
    this.#tracked ??= new Set(
      this.record.inputs.filter(({ code }) => code !== true).map((input) => input.path),
    );
    const parts = path.split('/');
    return parts.some((_, depth) => this.#tracked?.has(parts.slice(0, depth + 1).join('/')));
  }
  #tracked: ReadonlySet<string> | undefined;
}
