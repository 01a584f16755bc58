/** An opened folder. */

/** The user's folders, all absolute. */
export interface Folders {
  /** Stores of untrusted and read-only folders. */
  readonly data: string;
  /** Machine-specific caches; may be deleted at any time. */
  readonly cache: string;
  /** Trust and recent folders. */
  readonly config: string;
}

export interface Workspace {
  /** Real absolute path. */
  readonly root: string;
  readonly name: string;
  readonly trusted: boolean;
  readonly readOnly: boolean;
  /** Holds `cairn.db`, `runs/` and `shadow.git`: `<root>/.cairn`, or below the user's data folder. */
  readonly storeDir: string;
  /** `<storeDir>/cairn.db` */
  readonly storePath: string;
  /** This workspace's own folder below the user's cache folder. */
  readonly cacheDir: string;
  /** Stat cache for Git snapshots, in `cacheDir`. */
  readonly statCacheFile: string;
  /** Hash cache for data files, in `cacheDir`. */
  readonly hashCacheFile: string;
}

/** What views refetch by. */
export type Topic = 'runs' | 'git' | 'workspace' | 'pipeline' | 'notes' | 'bundles';
