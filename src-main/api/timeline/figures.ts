/** Pictures that runs logged, or that came out of them, for the cells of the timeline. */
import { type Dirent, readdirSync, statSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { CairnError } from '../../base/errors.ts';
import { type EventRecord, readEvents } from '../../store/lineage.ts';
import { type NewestPicture, readNewestPictures } from '../../store/media.ts';
import { type RunRecord, readRun } from '../../store/runs.ts';
import { artifactFolder, listedParts, resolveArtifact } from '../../tracking/artifacts.ts';
import { readPicture } from '../media.ts';
import type { Session } from '../session.ts';

export interface Figure {
  readonly path: string;
  readonly size: number;
}

/** What a cell shows as it is. SVG is text that a stranger wrote, and is left to the run's page. */
const types: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};
const shownTypes = new Set(Object.values(types));
const shown = 4;
/** Larger pictures are left to the run's page. */
const largestBytes = 4 << 20;
/** Names looked at for one run: a cell is not worth more. */
const mostEntries = 400;
const deepest = 3;

/**
 * The first pictures of a run and how many were seen.
 * @param outputs what came out of it
 * @param overSteps pictures that it logged over steps, the last of each key
 */
export function figuresOf(
  session: Session,
  run: Pick<RunRecord, 'id' | 'artifact_root'>,
  outputs: readonly EventRecord[],
  overSteps: readonly NewestPicture[],
): { figures: Figure[]; figureCount: number } {
  const { storeDir, root } = session.workspace;
  const folder = artifactFolder(storeDir, root, run);
  const logged = folder === null ? [] : listPictures(folder.path);
  const came = outputs.flatMap(({ path, hash, size }) =>
    isPicture(path, size ?? 0) && hash !== null && session.available(path, hash)
      ? { path: `out:${path}`, size: size ?? 0 }
      : [],
  );
  const all = [...came, ...logged, ...keptAway(overSteps, run)];
  return { figures: all.slice(0, shown), figureCount: all.length };
}

/** Pictures among the files that the run's folder has are listed with these. */
function keptAway(
  overSteps: readonly NewestPicture[],
  { artifact_root: root }: Pick<RunRecord, 'artifact_root'>,
): Figure[] {
  return overSteps
    .filter(({ path, at }) => at >= 0 || root === null || !path.startsWith(`${root}/`))
    .filter(({ length }) => (length ?? 0) <= largestBytes)
    .map(({ key, length }) => ({ path: `step:${key}`, size: length ?? 0 }));
}

/** @throws CairnError `not-found` for what is no picture of the run's cell */
export async function readFigure(
  session: Session,
  runId: string,
  path: string,
): Promise<{ type: string; bytes: Uint8Array<ArrayBuffer> }> {
  if (path.startsWith('step:')) return await readOverSteps(session, runId, path.slice(5));
  const type = types[extname(path).toLowerCase()];
  const absolute = type === undefined ? null : await locate(session, runId, path);
  if (type === undefined || absolute === null) throw gone();
  try {
    const { size } = await stat(absolute);
    if (size <= largestBytes) return { type, bytes: new Uint8Array(await readFile(absolute)) };
  } catch {
    // Deleted since the cell was made, or not to be read.
  }
  throw gone();
}

async function readOverSteps(session: Session, runId: string, key: string) {
  const place = readNewestPictures(session.store, [runId]).find((one) => one.key === key);
  const found =
    place && (await readPicture({ session: () => session }, runId, key, place).catch(() => null));
  if (!found || !shownTypes.has(found.mime) || found.bytes.length > largestBytes) throw gone();
  return { type: found.mime, bytes: new Uint8Array(found.bytes) };
}

async function locate(session: Session, runId: string, path: string): Promise<string | null> {
  const run = readRun(session.store, runId);
  if (run === undefined) return null;
  if (path.startsWith('out:')) {
    const event = readEvents(session.store, [runId]).find(
      (one) => one.type === 'OUTPUT' && one.path === path.slice('out:'.length),
    );
    const hash = event?.hash ?? null;
    return hash === null ? null : (session.objects.path(hash) ?? session.kept.path(hash));
  }
  const { storeDir, root } = session.workspace;
  const folder = artifactFolder(storeDir, root, run);
  return folder === null ? null : resolveArtifact(folder, listedParts(path));
}

/** The nearest to the folder first; links are left out. */
function listPictures(folder: string): Figure[] {
  const found: Figure[] = [];
  let seen = 0;
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const prefix of level) {
      for (const entry of entriesOf(join(folder, prefix))) {
        if (++seen > mostEntries) return found;
        const path = prefix + entry.name;
        if (entry.isDirectory()) next.push(`${path}/`);
        if (!entry.isFile() || types[extname(path).toLowerCase()] === undefined) continue;
        const size = statSync(join(folder, path), { throwIfNoEntry: false })?.size ?? 0;
        if (isPicture(path, size)) found.push({ path, size });
      }
    }
    level = next;
  }
  return found;
}

function isPicture(path: string, size: number): boolean {
  // MLflow lays a small copy beside each picture that it logs by step.
  if (/[+%]compressed\.webp$/.test(path)) return false;
  return types[extname(path).toLowerCase()] !== undefined && size > 0 && size <= largestBytes;
}

function entriesOf(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function gone(): CairnError {
  return new CairnError('not-found', 'This picture is not there any more.');
}
