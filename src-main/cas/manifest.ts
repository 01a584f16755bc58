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
 * @throws CairnError `corrupt`
 */
export function parseManifest(bytes: Uint8Array, name = 'A .dir manifest'): ManifestEntry[] {
  let items: unknown;
  try {
    items = JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch (cause) {
    throw new CairnError('corrupt', `${name} is not whole. Fetch it from a remote again.`, {
      cause,
    });
  }
  if (!Array.isArray(items)) throw new CairnError('corrupt', `${name} is not a list of files.`);
  return items.map((item: unknown) => {
    const { md5, relpath } = (item ?? {}) as { md5?: unknown; relpath?: unknown };
    if (typeof md5 !== 'string' || !/^[0-9a-f]{32}$/.test(md5) || typeof relpath !== 'string') {
      throw new CairnError('corrupt', `${name} has an entry without a hash or a path.`);
    }
    if (!isInside(relpath)) {
      throw new CairnError(
        'corrupt',
        `${name} names “${relpath}”, which leads out of its directory.`,
      );
    }
    return { path: relpath, hash: md5 };
  });
}

/** Whether a relative path stays below where it starts, on every system. */
function isInside(path: string): boolean {
  if (path.includes('\0') || path.includes('\\') || /^[a-zA-Z]:/.test(path)) return false;
  return path.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
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
  return JSON.stringify(text).replace(/[\u007f-\uffff]/g, (unit) =>
    unit === '\u007f' ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
