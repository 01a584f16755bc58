/** Refs as files and packed refs. Source: gitrepository-layout(5), git-pack-refs(1). */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { corrupt } from './errors.ts';
import { unlessMissing } from './files.ts';
import type { Layout } from './layout.ts';
import { isOid } from './parse.ts';

/** Folders of refs that a linked worktree has for itself. */
const ownRefs = /^refs\/(?:bisect|worktree|rewritten)\//;
const deepestSymbolicRef = 5;

/** A ref's own content: an object, or the name of another ref. */
export type RefValue = { readonly oid: string } | { readonly target: string };

export class RefReader {
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  /** One ref as it is written; null when it is not there. */
  read(name: string): RefValue | null {
    const text = unlessMissing(() => readFileSync(this.#file(name), 'latin1'));
    if (text !== null) return parseRef(name, text);
    const packed = name.startsWith('refs/') ? this.#packed().get(name) : undefined;
    return packed === undefined ? null : { oid: packed };
  }

  /** The object a ref leads to through symbolic refs; null when it leads nowhere. */
  follow(name: string): string | null {
    let at = name;
    for (let depth = 0; depth < deepestSymbolicRef; depth += 1) {
      const value = this.read(at);
      if (value === null) return null;
      if ('oid' in value) return value.oid;
      at = value.target;
    }
    throw corrupt(`the ref ${name} leads in a circle`);
  }

  /** Every ref below one of `folders` (`refs/heads`), with the object it leads to. */
  list(folders: readonly string[]): Map<string, string> {
    const found = new Map<string, string>();
    for (const [name, oid] of this.#packed()) {
      if (folders.some((folder) => name.startsWith(`${folder}/`))) found.set(name, oid);
    }
    for (const folder of folders) {
      const path = join(this.#layout.commonDir, ...folder.split('/'));
      const entries =
        unlessMissing(() => readdirSync(path, { recursive: true, withFileTypes: true })) ?? [];
      for (const entry of entries) {
        if (!entry.isFile() || entry.name.endsWith('.lock')) continue;
        const file = join(entry.parentPath, entry.name);
        const name = folder + file.slice(path.length).replaceAll('\\', '/');
        const oid = this.follow(name);
        if (oid !== null) found.set(name, oid);
      }
    }
    return found;
  }

  #file(name: string): string {
    const own = !name.startsWith('refs/') || ownRefs.test(name);
    const folder = own ? this.#layout.gitDir : this.#layout.commonDir;
    return join(folder, ...name.split('/'));
  }

  #packed(): Map<string, string> {
    const text = unlessMissing(() =>
      readFileSync(join(this.#layout.commonDir, 'packed-refs'), 'utf8'),
    );
    const found = new Map<string, string>();
    for (const line of (text ?? '').split('\n')) {
      const match = /^([0-9a-f]{40}) (refs\/.+)$/.exec(line);
      if (match !== null) found.set(match[2] as string, match[1] as string);
      else if (line !== '' && !/^[#^]/.test(line)) throw corrupt('its packed refs are malformed');
    }
    return found;
  }
}

function parseRef(name: string, text: string): RefValue {
  const target = /^ref:\s*(\S.*?)\s*$/.exec(text)?.[1];
  if (target !== undefined) {
    // The name becomes a path: it may not lead out of the git folder.
    if (!/^(?:refs\/|HEAD$)/.test(target) || target.split('/').includes('..')) {
      throw corrupt(`the ref ${name} names "${target}"`);
    }
    return { target };
  }
  const oid = text.trim();
  if (!isOid(oid)) throw corrupt(`the ref ${name} does not name a commit`);
  return { oid };
}
