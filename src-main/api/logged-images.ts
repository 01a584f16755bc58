/**
 * Pictures over steps as MLflow's `log_image(key, step)` names them among a run's artifacts:
 * `images/<key>+step+<step>+timestamp+<ms>+<uuid>.png` with `~` for the slashes of the key; older
 * versions wrote `%` for `+` and `#` for slashes. Beside each lies a smaller copy for lists, `…+compressed.webp`.
 */
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readRun } from '../store/runs.ts';
import { artifactFolder, resolveArtifact } from '../tracking/artifacts.ts';
import type { Session } from './session.ts';

export interface LoggedImage {
  readonly key: string;
  readonly step: number;
  /** Within the folder `images`. */
  readonly name: string;
}

const named =
  /^(.+)([+%])step[+%](\d+)[+%]timestamp[+%]\d+[+%][0-9a-f-]{8,}\.(?:png|jpe?g|webp|gif)$/i;
const mostImages = 20_000;

/** @returns null for a file that is no picture over steps, or only the small copy of one */
export function parseImageName(name: string): LoggedImage | null {
  const match = named.exec(name);
  if (match === null) return null;
  const [, key, separator, step] = match as unknown as [string, string, string, string];
  return { key: key.replaceAll(separator === '+' ? '~' : '#', '/'), step: Number(step), name };
}

/** The pictures of a run, by key and step. Empty where it has none, or they are not here. */
export async function listLoggedImages(
  { store, workspace }: Pick<Session, 'store' | 'workspace'>,
  runId: string,
): Promise<LoggedImage[]> {
  const run = readRun(store, runId);
  const folder = run && artifactFolder(workspace.storeDir, workspace.root, run);
  if (!folder) return [];
  const names = await readdir(join(folder.path, 'images')).catch(() => []);
  return names
    .slice(0, mostImages)
    .flatMap((name) => parseImageName(name) ?? [])
    .sort((a, b) => (a.key === b.key ? a.step - b.step : a.key < b.key ? -1 : 1));
}

/**
 * @returns null for what is gone, or larger than `mostBytes`
 * @throws CairnError `invalid` where a link leads out of the run's folder
 */
export async function readLoggedImage(
  { store, workspace }: Pick<Session, 'store' | 'workspace'>,
  runId: string,
  name: string,
  mostBytes: number,
): Promise<Buffer | null> {
  const run = readRun(store, runId);
  const folder = run && artifactFolder(workspace.storeDir, workspace.root, run);
  if (!folder) return null;
  const path = await resolveArtifact(folder, ['images', name]);
  const found = await stat(path).catch(() => null);
  return found?.isFile() && found.size <= mostBytes ? await readFile(path) : null;
}
