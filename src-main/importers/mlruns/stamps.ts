/** Whether a run's folder changed since it was read: a quick look, and a close one. */
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import { eachKeyFile } from './key-files.ts';

/** What is remembered of a run's folder. */
export interface RunState {
  /** When the reading began, epoch ms. */
  readonly at: number;
  /** Newest file seen by a close look; nothing that old is new again. */
  readonly newest?: number;
  /** Bytes read of each metric file, for a run that goes on. */
  readonly offsets?: Readonly<Record<string, number>>;
}

const keyFolders = ['params', 'metrics', 'tags'] as const;
/** Coarse clocks of file systems, and of the machine that wrote. */
const slackMs = 2500;

/**
 * Times of the folder, of `meta.yaml` and of the folders of keys: changes with the status and with
 * every new key. A value that is written anew, or a metric that grows, needs {@link closeLook}.
 */
export function quickStamp(folder: string): string {
  const times = ['', `${sep}meta.yaml`, ...keyFolders.map((name) => sep + name)].map(
    (name) => statSync(folder + name, { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  return times.join(' ');
}

export interface CloseLook {
  readonly files: number;
  readonly bytes: number;
  /** The newest time of any of the files, epoch ms. */
  readonly newest: number;
}

/** Looks at every file of the run but its artifacts. */
export function closeLook(folder: string): CloseLook {
  let files = 0;
  let bytes = 0;
  let newest = 0;
  const note = (_key: string, absolute: string) => {
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined) return;
    files += 1;
    bytes += stat.size;
    if (stat.mtimeMs > newest) newest = stat.mtimeMs;
  };
  note('', `${folder}${sep}meta.yaml`);
  for (const name of [...keyFolders, 'inputs']) eachKeyFile(folder + sep + name, note);
  return { files, bytes, newest };
}

/** Whether something was written after the run was read. */
export function isNewer(look: CloseLook, state: RunState): boolean {
  return look.newest > state.at - slackMs && look.newest !== state.newest;
}
