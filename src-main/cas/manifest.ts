/**
 * `.dir` manifests: the content of a directory as DVC names it. Byte for byte what DVC 3 writes:
 * Python's `json.dumps(sort_keys=True)` over `{"md5", "relpath"}`, sorted by path in code-point order.
 */
import { createHash } from 'node:crypto';
import { CairnError } from '../base/errors.ts';

export interface ManifestEntry {
  /** Relative to the directory, `/` between its parts. */
  readonly path: string;
  /** MD5 of the file, 32 hex digits. */
  readonly hash: string;
}

/** The bytes of the manifest. Entries may come in any order. */
export function serialiseManifest(entries: readonly ManifestEntry[]): Buffer {
  const sorted = entries.toSorted((a, b) => compareCodePoints(a.path, b.path));
  const items = sorted.map(
    (entry) => `{"md5": "${entry.hash}", "relpath": ${pythonString(entry.path)}}`,
  );
  return Buffer.from(`[${items.join(', ')}]`, 'latin1');
}

/** `<md5 of the manifest>.dir` */
export function manifestHash(manifest: Uint8Array): string {
  return `${createHash('md5').update(manifest).digest('hex')}.dir`;
}

/**
 * Reads a manifest. Nothing in it is trusted: a path that leads out of the directory is an error.
 * @param name of the manifest, for errors
 * @throws CairnError `corrupt`
 */
export function parseManifest(
  bytes: Uint8Array,
  name = 'A .dir manifest',
  platform: NodeJS.Platform = process.platform,
): ManifestEntry[] {
  let items: unknown;
  try {
    items = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new CairnError('corrupt', `${name} is not whole. Fetch it from a remote again.`, {
      cause,
    });
  }
  if (!Array.isArray(items)) throw new CairnError('corrupt', `${name} is not a list of files.`);
  const files = new Set<string>();
  const entries = items.map((item: unknown): ManifestEntry => {
    const { md5, relpath } = (item ?? {}) as { md5?: unknown; relpath?: unknown };
    if (typeof md5 !== 'string' || !/^[0-9a-f]{32}$/.test(md5) || typeof relpath !== 'string') {
      throw new CairnError('corrupt', `${name} has an entry without a hash or a path.`);
    }
    if (!isInside(relpath, platform)) {
      throw new CairnError(
        'corrupt',
        `${name} names “${relpath}”, which leads out of its directory or cannot be a file here.`,
      );
    }
    if (files.has(relpath)) throw new CairnError('corrupt', `${name} names “${relpath}” twice.`);
    files.add(relpath);
    return { path: relpath, hash: md5 };
  });
  refuseFilesAsFolders(entries, files, name);
  return entries;
}

/** `a` and `a/b` cannot both be files. */
function refuseFilesAsFolders(
  entries: readonly ManifestEntry[],
  files: ReadonlySet<string>,
  name: string,
): void {
  const checked = new Set<string>();
  for (const { path } of entries) {
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1)) {
      const folder = path.slice(0, at);
      if (checked.has(folder)) break;
      if (files.has(folder)) {
        throw new CairnError('corrupt', `${name} has “${folder}” as a file and as a folder.`);
      }
      checked.add(folder);
    }
  }
}

/**
 * Whether a relative path stays below where it starts. Elsewhere than on Windows a backslash and a
 * colon are letters like others, but what would lead out on Windows is refused everywhere.
 */
function isInside(path: string, platform: NodeJS.Platform): boolean {
  if (path.includes('\0') || /^[a-zA-Z]:[\\/]/.test(path)) return false;
  if (platform === 'win32' && /[\\:*?"<>|]/.test(path)) return false;
  const climbs = path.split(/[\\/]/).includes('..') || path.startsWith('\\');
  return !climbs && path.split('/').every((part) => part !== '' && part !== '.');
}

/** JavaScript sorts by UTF-16 units, which is another order above U+FFFF. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index++) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left === right) continue;
    // Halves of characters above U+FFFF come after every other unit.
    return rank(left) - rank(right);
  }
  return a.length - b.length;
}

function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}

function pythonString(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
