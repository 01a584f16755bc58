/**
 * Git's objects: loose files, packs, and the same of alternates. Written here because isomorphic-git
 * reads a whole pack into memory, parses its whole index, knows neither alternates nor linked
 * worktrees, and takes about 1 ms per tree: too slow to compare thousands of commits.
 * Source: gitrepository-layout(5), gitformat-pack(5).
 */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { inflateSync } from 'node:zlib';
import { CairnError, errnoOf } from '../base/errors.ts';
import { corrupt, missingObject } from './errors.ts';
import { unlessMissing } from './files.ts';
import { type GitObject, type ObjectType, Pack } from './pack.ts';

/** No loose object that Cairn needs is larger; a larger one is not inflated into memory. */
const largestLoose = 2 ** 30;
const mostAlternates = 16;

interface ObjectFolder {
  readonly path: string;
  packs: Pack[];
  /** Modification time of `pack/` when its packs were listed. */
  stamp: string;
}

export class ObjectDatabase {
  readonly #folders: ObjectFolder[];

  /** @param objectsDir absolute `objects` folder */
  constructor(objectsDir: string) {
    this.#folders = withAlternates(objectsDir).map((path) => ({ path, packs: [], stamp: '' }));
  }

  /** @throws CairnError `corrupt` when it is missing or unreadable. */
  read(oid: string): GitObject {
    const found = this.#find(oid);
    if (found !== null) return found;
    // Git may have packed it, or fetched it, since we looked.
    if (this.refresh()) {
      const late = this.#find(oid);
      if (late !== null) return late;
    }
    throw missingObject(oid);
  }

  /** @throws CairnError `corrupt` when it is missing, unreadable or of another type. */
  readAs(oid: string, type: ObjectType): Buffer {
    const object = this.read(oid);
    if (object.type !== type) throw corrupt(`object ${oid} is a ${object.type}, not a ${type}`);
    return object.data;
  }

  has(oid: string): boolean {
    return this.#folders.some(
      (folder) =>
        this.#packs(folder).some((pack) => pack.has(oid)) ||
        existsSync(join(folder.path, oid.slice(0, 2), oid.slice(2))),
    );
  }

  /** At most `limit` ids that begin with `prefix` (hex, at least 4 digits). */
  startingWith(prefix: string, limit: number): string[] {
    const found = new Set<string>();
    for (const folder of this.#folders) {
      const head = prefix.slice(0, 2);
      const loose = unlessMissing(() => readdirSync(join(folder.path, head))) ?? [];
      for (const name of loose) {
        if (/^[0-9a-f]{38}$/.test(name) && `${head}${name}`.startsWith(prefix)) {
          found.add(head + name);
        }
      }
      for (const pack of this.#packs(folder)) {
        for (const oid of pack.startingWith(prefix, limit)) found.add(oid);
      }
    }
    return [...found].sort().slice(0, limit);
  }

  /** Lists packs again where they changed. @returns whether any did. */
  refresh(): boolean {
    return this.#folders.map((folder) => this.#list(folder)).some((changed) => changed);
  }

  close(): void {
    for (const folder of this.#folders) {
      for (const pack of folder.packs) pack.close();
      folder.packs = [];
      folder.stamp = '';
    }
  }

  #find(oid: string): GitObject | null {
    for (const folder of this.#folders) {
      for (const pack of this.#packs(folder)) {
        const object = pack.read(oid, (base) => this.read(base));
        if (object !== null) return object;
      }
      const object = readLoose(folder.path, oid);
      if (object !== null) return object;
    }
    return null;
  }

  #packs(folder: ObjectFolder): readonly Pack[] {
    if (folder.stamp === '') this.#list(folder);
    return folder.packs;
  }

  #list(folder: ObjectFolder): boolean {
    const packDir = join(folder.path, 'pack');
    const stat = unlessMissing(() => statSync(packDir, { bigint: true }));
    const stamp = String(stat?.mtimeNs ?? 'none');
    if (stamp === folder.stamp) return false;
    const names = stat === null ? [] : readdirSync(packDir).filter((name) => name.endsWith('.idx'));
    const before = new Map(folder.packs.map((pack) => [pack.file, pack]));
    const packs: Pack[] = [];
    for (const name of names) {
      const file = join(packDir, name);
      const open = before.get(file.replace(/\.idx$/, '.pack'));
      if (open !== undefined) before.delete(open.file);
      const pack = open ?? openPack(file);
      if (pack !== null) packs.push(pack);
    }
    for (const gone of before.values()) gone.close();
    folder.packs = packs;
    folder.stamp = stamp;
    return true;
  }
}

/** Null when the pack is gone: a repack under way. What is missed then is reported by object. */
function openPack(file: string): Pack | null {
  try {
    return new Pack(file);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return null;
    throw error;
  }
}

function withAlternates(objectsDir: string): string[] {
  const folders = [objectsDir];
  for (let at = 0; at < folders.length && folders.length < mostAlternates; at += 1) {
    const folder = folders[at] as string;
    const text = unlessMissing(() => readFileSync(join(folder, 'info', 'alternates'), 'utf8'));
    for (const line of (text ?? '').split('\n')) {
      if (line === '' || line.startsWith('#')) continue;
      const path = resolve(folder, line);
      if (!folders.includes(path)) folders.push(path);
    }
  }
  return folders;
}

function readLoose(objectsDir: string, oid: string): GitObject | null {
  const file = join(objectsDir, oid.slice(0, 2), oid.slice(2));
  const bytes = unlessMissing(() => readFileSync(file));
  if (bytes === null) return null;
  try {
    const plain = inflateSync(bytes, { maxOutputLength: largestLoose });
    const end = plain.indexOf(0);
    const header = /^(commit|tree|blob|tag) (\d+)$/.exec(plain.toString('latin1', 0, end));
    if (header === null || plain.length - end - 1 !== Number(header[2])) {
      throw corrupt(`object ${oid} is malformed`);
    }
    return { type: header[1] as ObjectType, data: plain.subarray(end + 1) };
  } catch (error) {
    if (error instanceof CairnError) throw error;
    throw corrupt(`object ${oid} cannot be read`, error);
  }
}
