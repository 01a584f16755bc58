/**
 * Where the artifacts of a run lie, and which file of theirs a path from outside names. Paths are
 * hostile: nothing that they say leads out of the folder, and neither do links in it.
 */
import { realpath } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { CairnError, errnoOf } from '../base/errors.ts';

export interface ArtifactFolder {
  /** Absolute; it may not be there yet. */
  readonly path: string;
  /** Runs of other tools are read where they lie, and never written to. */
  readonly writable: boolean;
}

/**
 * @param storeDir absolute folder of the database
 * @param root absolute path of the workspace
 * @returns null for artifacts that lie elsewhere: outside of the workspace, or behind a URL
 */
export function artifactFolder(
  storeDir: string,
  root: string,
  run: { readonly id: string; readonly artifact_root: string | null },
): ArtifactFolder | null {
  if (run.artifact_root === null) {
    return { path: join(storeDir, 'artifacts', run.id), writable: true };
  }
  // A URL; a single letter before the colon is a drive.
  if (/^[a-z][a-z0-9+.-]+:/i.test(run.artifact_root)) return null;
  const path = resolve(root, run.artifact_root);
  return isInside(root, path) ? { path, writable: false } : null;
}

/** Where the files of a logged model lie. */
export function modelArtifactFolder(storeDir: string, modelId: string): ArtifactFolder {
  return { path: join(storeDir, 'artifacts', 'models', modelId), writable: true };
}

/**
 * Checks a path that came from outside.
 * @param path with `/`, relative to the artifacts; decoded once, as HTTP wants it
 * @returns its parts, none of which leads anywhere but down; empty for the folder itself
 * @throws CairnError `invalid`
 */
export function safeParts(path: string, platform: NodeJS.Platform = process.platform): string[] {
  for (const form of decodings(path)) {
    const parts = form.split(/[/;]/);
    const leavesFolder = parts.some((part) => /^\.\.[. ]*$/.test(part.trim()));
    // Also what another program, which decodes once more, would make of it.
    if (leavesFolder || /[\\#]/.test(form) || hasControl(form) || isRooted(form)) {
      throw new CairnError('invalid', `Invalid path: ${JSON.stringify(path.slice(0, 200))}.`);
    }
  }
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const bad = parts.find((part) => platform === 'win32' && !fitsWindows(part));
  if (bad !== undefined) {
    throw new CairnError('invalid', `Windows cannot store a file called ${JSON.stringify(bad)}.`);
  }
  return parts;
}

/**
 * The parts of a path that was listed from the disk, which may have any name that a file can have there;
 * {@link safeParts} is for what a client of MLflow's protocol sends.
 * @returns parts none of which leads anywhere but down
 * @throws CairnError `invalid`
 */
export function listedParts(path: string, platform: NodeJS.Platform = process.platform): string[] {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const bad = platform === 'win32' ? /^\.\.[. ]*$|[\\:\0]/ : /^\.\.$|\0/;
  if (path.startsWith('/') || parts.some((part) => bad.test(part))) {
    throw new CairnError('invalid', `Invalid path: ${JSON.stringify(path.slice(0, 200))}.`);
  }
  return parts;
}

/**
 * The absolute path of an artifact, with every link on the way followed.
 * @throws CairnError `invalid` when it would lie outside of the folder
 */
export async function resolveArtifact(
  folder: ArtifactFolder,
  parts: readonly string[],
): Promise<string> {
  const inside = await realOrPlanned(folder.path);
  const real = await realOrPlanned(join(folder.path, ...parts));
  if (!isInside(inside, real)) {
    throw new CairnError('invalid', `Invalid path: ${parts.join('/')} is a link that leads away.`);
  }
  return real;
}

/** Decoded again and again until nothing changes. */
function decodings(path: string): string[] {
  const forms = [path];
  for (let last = path; forms.length < 10; ) {
    let next: string;
    try {
      next = decodeURIComponent(last);
    } catch {
      break;
    }
    if (next === last) break;
    forms.push(next);
    last = next;
  }
  return forms;
}

function isRooted(path: string): boolean {
  return path.startsWith('/') || /^[a-z]:/i.test(path) || /^[a-z][a-z0-9+.-]*:\//i.test(path);
}

function hasControl(path: string): boolean {
  for (const char of path) if (char < ' ' || char === '\x7f') return true;
  return false;
}

/** Microsoft's “Naming Files, Paths, and Namespaces”. */
function fitsWindows(part: string): boolean {
  return (
    !/[<>:"|?*]/.test(part) &&
    !/[. ]$/.test(part) &&
    !/^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i.test(part)
  );
}

/** The real path of what is there, and what is not there yet below it. */
async function realOrPlanned(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (errnoOf(error) !== 'ENOENT' || dirname(path) === path) throw error;
    return join(await realOrPlanned(dirname(path)), basename(path));
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}
