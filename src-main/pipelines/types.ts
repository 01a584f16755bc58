/** A pipeline as it was read: every stage of every dvc.yaml and every tracked data file. */
import type { LockFile, LockStage } from '../formats/dvc-lock.ts';

/** Where something was written, for messages. Lines and columns count from 1. */
export interface Place {
  /** Workspace path. */
  readonly file: string;
  readonly line: number | null;
  readonly column: number | null;
}

/** Where a path leads: into the workspace, elsewhere on this machine, or to another one. */
export type Reach = 'workspace' | 'outside' | 'remote';

interface PathEntry {
  /** Workspace path, absolute path, or URL, by `reach`. */
  readonly path: string;
  /** As dvc.lock names it: to the letter as written, relative to the folder of the stage. */
  readonly declared: string;
  readonly reach: Reach;
  readonly place: Place;
}

export interface Dep extends PathEntry {}

export interface ParamsDep {
  /** Workspace path of the params file. */
  readonly file: string;
  readonly declared: string;
  /** Dotted keys; null when the whole file is tracked. */
  readonly keys: readonly string[] | null;
  readonly place: Place;
}

export type OutRole = 'out' | 'metric' | 'plot';

export interface Out extends PathEntry {
  readonly role: OutRole;
  /** Whether its content goes to the object cache (and its name to .gitignore). */
  readonly cache: boolean;
  /** Whether it stays when the stage runs again. */
  readonly persist: boolean;
  /** False for a plot of something else than a course over steps, such as a confusion or bars. */
  readonly overSteps?: false;
}

export interface Stage {
  /** As DVC prints it: `train`, `sub/dvc.yaml:train`, `data/raw.csv.dvc`. Unique. */
  readonly address: string;
  readonly name: string;
  /** Workspace path of the dvc.yaml or .dvc file. */
  readonly file: string;
  readonly place: Place;
  /** `data` is a .dvc file: nothing to run, only content to hold. */
  readonly kind: 'stage' | 'data';
  /** Workspace path of the folder its commands run in; `.` for the root. */
  readonly wdir: string;
  /** Null for data. As dvc.lock records it: a list stays a list. */
  readonly cmd: string | readonly string[] | null;
  /** What is run, one shell each: the list, or the lines of a multi-line command. */
  readonly commands: readonly string[];
  readonly deps: readonly Dep[];
  readonly params: readonly ParamsDep[];
  readonly outs: readonly Out[];
  readonly frozen: boolean;
  readonly alwaysChanged: boolean;
  readonly desc: string;
  /** What was recorded when it last ran; for data, what its .dvc file says. */
  readonly lock: LockStage | null;
}

/** One dvc.yaml and the dvc.lock beside it. */
export interface PipelineFile {
  /** Workspace path of the dvc.yaml. */
  readonly path: string;
  readonly lockPath: string;
  /** Null when there is none yet. */
  readonly lockText: string | null;
  readonly lock: LockFile;
}

/** What dvc.yaml declares beside its stages; workspace paths. */
export interface Declared {
  readonly metrics: readonly string[];
  readonly plots: readonly string[];
  readonly params: readonly string[];
}

export interface Pipeline {
  /** Absolute path of the workspace. */
  readonly root: string;
  readonly stages: readonly Stage[];
  readonly files: readonly PipelineFile[];
  readonly declared: Declared;
  /** Params files whose values stand in for expressions of a dvc.yaml; workspace paths. */
  readonly templateFiles: readonly string[];
}
