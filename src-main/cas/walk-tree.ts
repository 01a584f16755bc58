/** The files of a directory that DVC counts, with what `stat` says of each. */
import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { CairnError } from '../base/errors.ts';
import { folderTimesTell } from './folder-times.ts';
import type { HashOptions } from './hash.ts';
import { type FileStat, isSettled, nowNs, statPath, statPlain } from './stat.ts';

/** Entries between two turns of the event loop. */
const turnEntries = 10_000;
const foldersLeftOut = new Set(['.git', '.hg', '.dvc']);

/** Names with inode, size, modified, changed of each in turn. */
export interface Listed {
  readonly names: readonly string[];
  readonly stats: BigInt64Array;
}

export interface Walked extends Listed {
  /** Of all files together. */
  readonly size: number;
  /**
   * Every folder that was listed (the directory itself as `.`). While their stats are the same, the
   * list of files is too; null where that cannot be told.
   */
  readonly folders: Listed | null;
}

/**
 * What DVC counts: symbolic links to files are followed, those to directories left out; so are the
 * folders of version control, and every folder that is a DVC project of its own. Names come in the
 * same order for the same tree.
 * @throws CairnError `not-found` for a link to nothing, `unsupported` for a name that is no text
 */
export async function walkTree(absolute: string, options: HashOptions): Promise<Walked> {
  const files = new List();
  const folders = new FolderList(options.ignore === undefined && folderTimesTell(absolute));
  let size = 0;
  let sinceTurn = 0;
  const pending = [''];
  for (let prefix = pending.pop(); prefix !== undefined; prefix = pending.pop()) {
    const folder = prefix === '' ? absolute : `${absolute}/${prefix.slice(0, -1)}`;
    folders.add(prefix === '' ? '.' : prefix.slice(0, -1), folder);
    const entries = readdirSync(folder, { withFileTypes: true });
    if (prefix !== '' && entries.some((one) => one.name === '.dvc' && one.isDirectory())) continue;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      const path = prefix + entry.name;
      const isFolder = entry.isDirectory();
      if (isFolder ? foldersLeftOut.has(entry.name) : entry.name === '.git') continue;
      if (options.ignore?.(path, isFolder) === true) continue;
      if (isFolder) {
        pending.push(`${path}/`);
        continue;
      }
      const link = entry.isSymbolicLink();
      // What a link leads to changes without the folder of the link.
      if (link) folders.giveUp();
      if (!link && !entry.isFile()) continue;
      const stat = link
        ? statPath(`${folder}/${entry.name}`)
        : statPlain(`${folder}/${entry.name}`);
      if (stat === null) {
        refuseUnreadable(`${folder}/${entry.name}`, link);
        folders.giveUp();
        continue;
      }
      if ('kind' in stat && stat.kind !== 'file') continue;
      files.add(path, stat);
      size += Number(stat.size);
    }
    sinceTurn += entries.length;
    if (sinceTurn > turnEntries) {
      sinceTurn = 0;
      await setImmediate();
      options.signal?.throwIfAborted();
    }
  }
  return { ...files.listed(), size, folders: folders.listed() };
}

/** What is listed and then not found: gone in between, which is no error, or one of these. */
function refuseUnreadable(path: string, link: boolean): void {
  if (link) {
    throw new CairnError(
      'not-found',
      `${path} is a link to something that does not exist. Bring that back, or remove the link.`,
    );
  }
  if (path.includes('\ufffd')) {
    throw new CairnError(
      'unsupported',
      `The name of ${path} is not valid UTF-8, and DVC cannot record it. Rename the file.`,
    );
  }
}

class List {
  readonly #names: string[] = [];
  #stats = new BigInt64Array(1024);

  add(name: string, stat: FileStat): void {
    const at = this.#names.length * 4;
    if (at === this.#stats.length) {
      const grown = new BigInt64Array(this.#stats.length * 2);
      grown.set(this.#stats);
      this.#stats = grown;
    }
    this.#stats[at] = stat.inode;
    this.#stats[at + 1] = stat.size;
    this.#stats[at + 2] = stat.modified;
    this.#stats[at + 3] = stat.changed;
    this.#names.push(name);
  }

  listed(): Listed {
    return { names: this.#names, stats: this.#stats.slice(0, this.#names.length * 4) };
  }
}

/** Folders as they were before they were listed, as long as their times can be believed. */
class FolderList {
  readonly #list = new List();
  #believed: boolean;
  #device: bigint | null = null;

  constructor(believed: boolean) {
    this.#believed = believed;
  }

  giveUp(): void {
    this.#believed = false;
  }

  add(name: string, absolute: string): void {
    if (!this.#believed) return;
    const stat = statSync(absolute, { bigint: true, throwIfNoEntry: false });
    if (stat === undefined || !this.#isPlain(stat)) this.giveUp();
    else this.#list.add(name, fileStat(stat));
  }

  /** One that changed just now may change again without a trace; another disk has other customs. */
  #isPlain(stat: BigIntStats): boolean {
    this.#device ??= stat.dev;
    return stat.dev === this.#device && isSettled(fileStat(stat), nowNs());
  }

  listed(): Listed | null {
    return this.#believed ? this.#list.listed() : null;
  }
}

function fileStat(stat: BigIntStats): FileStat {
  const { ino: inode, size, mtimeNs: modified, ctimeNs: changed } = stat;
  return { inode, size, modified, changed, executable: false };
}
