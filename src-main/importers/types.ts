/** What a reader of another tool's runs is given, and what it hands over. */
import type { Work } from '../base/progress.ts';
import type { RunStatus, TrackedFile } from '../contract/common.ts';
import type { RunFile } from '../contract/runs.ts';
import type { Points } from '../store/points.ts';

/** One kind of folder or file of another tool. */
export interface Importer {
  /** `mlruns` */
  readonly kind: string;
  /**
   * Which of the listed paths are sources of this kind, by their names only: cheap, never throws.
   * A source is a folder or a file; `''` is the root itself.
   */
  find(listing: Listing): string[];
  /**
   * Looks into a file that `find` named, where names say too little; what it refuses is no source.
   * A bounded look, done after each walk; never throws.
   */
  recognises?(absolute: string): boolean;
  /**
   * Reads what changed since the last time and hands it to the sink, run by run.
   * @throws CairnError only if the source as a whole is unreadable
   */
  read(source: SourceReader, sink: RunSink, work: Work): Promise<void>;
  /**
   * Workspace paths of files and folders whose change means that the source must be read again;
   * the source's own files when left out. Asked after each reading. Cheap, never throws.
   */
  watch?(source: SourceReader): readonly string[];
}

/** The files of the workspace by path, with `/`; folders of tools and environments left out. */
export interface Listing {
  readonly files: readonly string[];
  has(path: string): boolean;
  /** The files below a folder, `''` being the root. */
  under(folder: string): readonly string[];
}

/** What is remembered of an item from one reading to the next. */
export interface SourceItem {
  readonly stamp: string;
  readonly state: unknown;
}

export interface SourceReader {
  /** Absolute workspace root. */
  readonly root: string;
  /** The source's path in the workspace. */
  readonly path: string;
  readonly absolute: string;
  /** Files of the listing at or below `path`, by workspace path. */
  readonly files: readonly string[];
  /** Remembered from the last reading. */
  item(key: string): SourceItem | null;
  items(): ReadonlyMap<string, SourceItem>;
  /** Whether to look closely at what a quick look at the folders takes for unchanged. */
  readonly thorough: boolean;
  /** Of the source as a whole, JSON; assign to remember. `null` before the first reading. */
  state: unknown;
}

export interface RunSink {
  /** One run, whole or in part: fields left undefined stay as they are. Buffered, written in batches. */
  run(run: ImportedRun): void;
  /**
   * The reading of an item (a file or run folder) reached this far. Written in the same transaction
   * as the runs handed over before it. `state` is JSON.
   */
  done(key: string, stamp: string, state?: unknown): void;
  /** Something was skipped, and why, in a sentence with what to do. */
  skipped(key: string, reason: string): void;
  /** An item that is no longer there, with what was said of it. */
  forget(key: string): void;
  /** A run that is no longer in the source. */
  gone(nativeId: string): void;
  /** All registered models of the source; those of an earlier reading that are not among them go. */
  models(models: readonly ImportedModel[]): void;
}

/** A registered model, with its versions. */
export interface ImportedModel {
  readonly name: string;
  readonly description: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
  /** Alias → version. */
  readonly aliases: Readonly<Record<string, number>>;
  readonly versions: readonly ImportedModelVersion[];
}

export interface ImportedModelVersion {
  /** From 1. */
  readonly version: number;
  readonly description: string;
  readonly user: string;
  readonly stage: string;
  /** Where it was made from, and where its files are, as the tool says. */
  readonly source: string;
  readonly storage: string | null;
  readonly runNativeId: string | null;
  readonly runLink: string | null;
  readonly status: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ImportedSeries {
  readonly key: string;
  readonly points: Points;
  /** Whether `points` replace what was there: set it whenever a series is read from its beginning. */
  readonly reset?: boolean;
}

/** Something to look at that lies in a file of the source: an image, a histogram, a text. */
export interface ImportedMedia {
  readonly kind: 'image' | 'audio' | 'video' | 'histogram' | 'text' | 'table' | 'tensor' | 'figure';
  readonly key: string;
  readonly step: number;
  /** Epoch ms. */
  readonly time: number;
  /** The file, as a path in the workspace. */
  readonly path: string;
  /** Where in the file, in bytes; null for the whole of it. */
  readonly offset: number | null;
  readonly length: number | null;
}

/** A dataset that a run read, in MLflow's terms; `schema` and `profile` are JSON. */
export interface ImportedDataset {
  readonly name: string;
  readonly digest: string;
  readonly sourceType: string;
  readonly source: string;
  readonly schema?: string | null;
  readonly profile?: string | null;
  /** `mlflow.data.context` and the like. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** A model that a run logged, as a thing of its own with files of its own. */
export interface ImportedLoggedModel {
  /** `m-` and 32 hex digits. */
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly status: 'PENDING' | 'READY' | 'FAILED';
  /** A URI. */
  readonly location: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A stage of a run, with what it read and wrote. */
export interface ImportedStage {
  /** Once in a run. */
  readonly stage: string;
  readonly command: string;
  /** `cached`: what it makes was there already. */
  readonly state: 'done' | 'cached';
  readonly files: readonly (TrackedFile & { readonly role: RunFile['role'] })[];
}

export interface ImportedRun {
  /** Stable within the source. */
  readonly nativeId: string;
  /** Under which other tools know the same run (an MLflow run id…): the same run seen twice is merged. */
  readonly aliases?: readonly string[];
  readonly experiment?: string;
  readonly name?: string;
  readonly status?: RunStatus;
  readonly createdAt?: number;
  readonly startedAt?: number | null;
  readonly endedAt?: number | null;
  readonly parentNativeId?: string | null;
  readonly command?: string;
  readonly note?: string;
  readonly user?: string;
  /** What HEAD was when it began. */
  readonly commit?: string | null;
  /** A commit of this repository that holds the code as the run had it. */
  readonly snapshot?: string | null;
  /** Paths in which the snapshot differs from `commit`. */
  readonly dirtyFiles?: readonly string[];
  /** Path in the workspace. */
  readonly notebook?: string | null;
  /** Path in the workspace. */
  readonly artifactRoot?: string | null;
  readonly deleted?: boolean;
  /** When the tool last wrote to it: tells a run that goes on from one whose tool died. */
  readonly writtenAt?: number;
  readonly params?: readonly {
    readonly file?: string;
    readonly key: string;
    readonly value: string;
  }[];
  readonly tags?: Readonly<Record<string, string>>;
  /** Whether `tags` are all that the run has there: one that it had before was taken away. */
  readonly allTags?: boolean;
  readonly series?: readonly ImportedSeries[];
  readonly datasets?: readonly ImportedDataset[];
  /** All that the run has, in their order. */
  readonly stages?: readonly ImportedStage[];
  /** Added to what was there. */
  readonly loggedModels?: readonly ImportedLoggedModel[];
  /** Added to what was there; the same again is ignored. */
  readonly media?: readonly ImportedMedia[];
}
