/** Builds the trees for a list of files. Source: git-mktree(1). */
import type { ObjectWriter } from './object-writer.ts';
import { directoryMode } from './tree-reader.ts';
import type { FileMode, TreeEntry } from './types.ts';

interface Folder {
  readonly entries: Map<string, TreeEntry>;
  readonly folders: Map<string, Folder>;
}

/** Stores the trees of `files` (by path) that are not stored yet. @returns the root tree's id */
export function writeTrees(files: ReadonlyMap<string, TreeEntry>, writer: ObjectWriter): string {
  const root: Folder = newFolder();
  /** Paths come sorted: the folder of the one before is mostly that of this one. */
  let lastPath = '';
  let last = root;
  for (const [path, entry] of files) {
    const slash = path.lastIndexOf('/');
    const folderPath = slash < 0 ? '' : path.slice(0, slash);
    if (folderPath !== lastPath) {
      last = folderPath === '' ? root : descend(root, folderPath);
      lastPath = folderPath;
    }
    last.entries.set(path.slice(slash + 1), entry);
  }
  return write(root, writer);
}

function newFolder(): Folder {
  return { entries: new Map(), folders: new Map() };
}

function descend(root: Folder, path: string): Folder {
  let at = root;
  for (const name of path.split('/')) {
    let next = at.folders.get(name);
    if (next === undefined) {
      next = newFolder();
      at.folders.set(name, next);
    }
    at = next;
  }
  return at;
}

function write(folder: Folder, writer: ObjectWriter): string {
  const lines: { key: Buffer; name: Buffer; mode: FileMode; oid: string }[] = [];
  for (const [text, { mode, oid }] of folder.entries) {
    const name = Buffer.from(text);
    lines.push({ key: mode === directoryMode ? slashed(name) : name, name, mode, oid });
  }
  for (const [text, below] of folder.folders) {
    const name = Buffer.from(text);
    lines.push({ key: slashed(name), name, mode: directoryMode, oid: write(below, writer) });
  }
  // Git compares bytes, and a folder as if its name ended in a slash.
  lines.sort((a, b) => a.key.compare(b.key));
  const bytes = lines.flatMap(({ name, mode, oid }) => [
    Buffer.from(`${mode} `),
    name,
    Buffer.from(`\0${'\0'.repeat(20)}`).fill(oid, 1, 21, 'hex'),
  ]);
  return writer.add('tree', Buffer.concat(bytes));
}

function slashed(name: Buffer): Buffer {
  return Buffer.concat([name, Buffer.from('/')]);
}
