/** The files that lie with a run: what it logged, and the models that it logged. */
import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CairnError } from '../base/errors.ts';
import type { Output } from '../contract/index.ts';
import { type LoggedModelRecord, readModelsOfRun } from '../store/logged-models.ts';
import { type RunRecord, readRun } from '../store/runs.ts';
import {
  type ArtifactFolder,
  artifactFolder,
  listedParts,
  modelArtifactFolder,
  resolveArtifact,
} from '../tracking/artifacts.ts';
import type { Session } from './session.ts';

const deepest = 16;

type Where = Pick<Session, 'store' | 'workspace'>;
type Run = Pick<RunRecord, 'id' | 'seq' | 'artifact_root'>;

/** A folder with files that were logged. */
export interface FilePlace {
  readonly folder: ArtifactFolder;
  /** Where it should be in the workspace; null for a folder of Cairn's own. */
  readonly root: string | null;
}

interface Place extends FilePlace {
  /** `''` for the run's own folder, `model/` for a model of that name. */
  readonly prefix: string;
}

/** MLflow 3 keeps a model apart from its run, and shows it there below its name; so do we. */
function placesOf({ store, workspace: { storeDir, root } }: Where, run: Run): Place[] {
  const own = artifactFolder(storeDir, root, run);
  const places: Place[] =
    own === null ? [] : [{ prefix: '', folder: own, root: run.artifact_root }];
  const seen = new Map<string, number>();
  for (const model of readModelsOfRun(store, run)) {
    const place = modelFilePlace({ workspace: { storeDir, root } }, model);
    if (place === null) continue;
    const count = (seen.get(model.name) ?? 0) + 1;
    seen.set(model.name, count);
    const name = model.name.replaceAll('/', '_');
    const prefix = count === 1 ? `${name}/` : `${name} ${count}/`;
    places.push({ prefix, ...place });
  }
  return places;
}

interface Folders {
  readonly workspace: Pick<Session['workspace'], 'storeDir' | 'root'>;
}

/** Where a logged model lies; null for one that is elsewhere. */
export function modelFilePlace(
  { workspace }: Folders,
  model: Pick<LoggedModelRecord, 'id' | 'artifact_root'>,
): FilePlace | null {
  if (model.artifact_root !== null) return filePlaceOf({ workspace }, model.artifact_root);
  return { folder: modelArtifactFolder(workspace.storeDir, model.id), root: null };
}

/**
 * A folder by what somebody noted of it, which may be a `file:` URL.
 * @param runId whose own folder it is where nothing was noted
 */
export function filePlaceOf(
  { workspace: { storeDir, root } }: Folders,
  noted: string | null,
  runId = '',
): FilePlace | null {
  const at = noted === null ? null : pathOf(noted);
  const folder = artifactFolder(storeDir, root, { id: runId, artifact_root: at });
  return folder === null ? null : { folder, root: at };
}

/** The files of a place, the nearest first; none where its folder leads out of the workspace. */
export async function filesIn(session: Where, place: FilePlace, limit: number) {
  const own = { ...place, prefix: 'model/' };
  if (!(await isSound(session, own))) return { files: [], cut: false };
  return await filesBelow({ ...place, prefix: '' }, limit);
}

/** The absolute path of a file that was listed, every link followed. @throws CairnError `invalid` */
export async function locateIn(session: Where, place: FilePlace, path: string): Promise<string> {
  await requireInside(session, place);
  return await resolveArtifact(place.folder, listedParts(path));
}

/** A model's place is a URI; one of another machine or kind stays what it is, and leads nowhere here. */
function pathOf(uri: string): string {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  } catch {
    return uri;
  }
}

/**
 * At most `limit` files, the nearest to the folder first. Links are left out.
 * @throws CairnError `not-found` when there is no such run
 */
export async function listRunArtifacts(
  session: Where,
  id: string,
  limit: number,
): Promise<Output<'sources.artifacts'>> {
  const run = readRun(session.store, id);
  if (run === undefined) throw new CairnError('not-found', `There is no run with the id ${id}.`);
  const places = placesOf(session, run).filter(({ folder }) => existsSync(folder.path));
  const found = places.find(({ prefix }) => prefix === '')?.folder.path ?? null;
  const files: Output<'sources.artifacts'>['files'] = [];
  const taken = new Set<string>();
  let cut = false;
  for (const place of places) {
    if (!(await isSound(session, place))) continue;
    const entries = await filesBelow(place, limit - files.length + 1);
    for (const file of entries.files) if (!taken.has(file.path)) files.push(file);
    for (const { path } of entries.files) taken.add(path);
    cut ||= entries.cut;
  }
  return { folder: found, files: files.slice(0, limit), cut: cut || files.length > limit };
}

/**
 * The absolute path of a file that was listed, every link on the way followed.
 * @returns null for one that is not there (any more)
 * @throws CairnError `invalid` when it would lie outside of the folder
 */
export async function locateRunArtifact(
  session: Where,
  run: Run,
  path: string,
): Promise<string | null> {
  for (const place of placesOf(session, run)) {
    if (!path.startsWith(place.prefix)) continue;
    await requireInside(session, place);
    const file = await resolveArtifact(place.folder, listedParts(path.slice(place.prefix.length)));
    if (await stat(file).catch(() => null)) return file;
  }
  return null;
}

/** A model whose place leads elsewhere is left out; the run's own is an error. */
async function isSound(session: Where, place: Place): Promise<boolean> {
  try {
    await requireInside(session, place);
    return true;
  } catch (error) {
    if (place.prefix === '') throw error;
    return false;
  }
}

/** A link in the folder's own place must not lead out of the workspace. */
async function requireInside({ workspace }: Where, { folder, root }: FilePlace): Promise<void> {
  if (!folder.writable) {
    const path = relative(workspace.root, resolve(workspace.root, root ?? ''));
    await resolveArtifact({ path: workspace.root, writable: false }, [path]);
  }
}

async function filesBelow({ prefix: start, folder }: Place, limit: number) {
  const files: Output<'sources.artifacts'>['files'] = [];
  let level = [''];
  for (let depth = 0; depth < deepest && level.length > 0; depth += 1) {
    const next: string[] = [];
    for (const prefix of level) {
      for (const entry of await entriesOf(join(folder.path, prefix))) {
        const path = prefix + entry.name;
        if (entry.isDirectory()) next.push(`${path}/`);
        if (!entry.isFile()) continue;
        if (files.length >= limit) return { files, cut: true };
        const found = await lstat(join(folder.path, path)).catch(() => null);
        if (found !== null) {
          files.push({ path: start + path, size: found.size, modifiedAt: found.mtimeMs });
        }
      }
    }
    level = next;
  }
  return { files, cut: level.length > 0 };
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}
