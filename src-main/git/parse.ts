/** The text of commits and tags, and the entries of trees. Source: gitformat docs, git-mktree(1). */
import { corrupt } from './errors.ts';
import type { Commit, FileMode, Signature } from './types.ts';

export interface NamedEntry {
  readonly name: string;
  readonly mode: FileMode;
  readonly oid: string;
}

const newline = 10;

/** @throws CairnError `corrupt` when it has no tree or an id is malformed. */
export function parseCommit(oid: string, data: Buffer): Commit {
  const parents: string[] = [];
  let tree = '';
  let author = '';
  let committer = '';
  let encoding = 'utf-8';
  let at = 0;
  while (at < data.length && data[at] !== newline) {
    const end = lineEnd(data, at);
    // Header lines are few and ASCII except for names; those are decoded below.
    const line = data.toString('latin1', at, end);
    if (line.startsWith('tree ')) tree = line.slice(5);
    else if (line.startsWith('parent ')) parents.push(line.slice(7));
    else if (line.startsWith('author ')) author = line.slice(7);
    else if (line.startsWith('committer ')) committer = line.slice(10);
    else if (line.startsWith('encoding ')) encoding = line.slice(9).trim();
    at = end + 1;
  }
  if (![tree, ...parents].every(isOid)) throw corrupt(`commit ${oid} is malformed`);
  const decode = decoder(encoding);
  const message = decode(data.subarray(Math.min(at + 1, data.length))).replace(/^\n+/, '');
  const subjectEnd = message.indexOf('\n');
  const signature = (raw: string) => parseSignature(decode(Buffer.from(raw, 'latin1')));
  return {
    oid,
    tree,
    parents,
    author: signature(author),
    committer: signature(committer),
    subject: (subjectEnd < 0 ? message : message.slice(0, subjectEnd)).trim(),
    body: subjectEnd < 0 ? '' : message.slice(subjectEnd).trim(),
  };
}

/** What an annotated tag points to: a commit, or anything else, or another tag. */
export function parseTag(oid: string, data: Buffer): { object: string } {
  const object = /^object ([0-9a-f]{40})\n/.exec(data.toString('latin1', 0, 64))?.[1];
  if (object === undefined) throw corrupt(`tag ${oid} is malformed`);
  return { object };
}

const modes: Readonly<Record<string, FileMode>> = {
  '40000': '40000',
  '040000': '40000',
  '100644': '100644',
  // Old tools wrote these; they are plain files.
  '100664': '100644',
  '100600': '100644',
  '100640': '100644',
  '100755': '100755',
  '120000': '120000',
  '160000': '160000',
};

export function parseTree(oid: string, data: Buffer): NamedEntry[] {
  const entries: NamedEntry[] = [];
  let at = 0;
  while (at < data.length) {
    const space = data.indexOf(32, at);
    const end = space < 0 ? -1 : data.indexOf(0, space);
    const mode = modes[data.toString('latin1', at, Math.max(at, space))];
    if (end < 0 || end + 21 > data.length || mode === undefined) {
      throw corrupt(`tree ${oid} is malformed`);
    }
    entries.push({
      name: data.toString('utf8', space + 1, end),
      mode,
      oid: data.toString('hex', end + 1, end + 21),
    });
    at = end + 21;
  }
  return entries;
}

export function isOid(text: string): boolean {
  return /^[0-9a-f]{40}$/.test(text);
}

function parseSignature(text: string): Signature {
  const match = /^(.*?)\s*<([^>]*)>(?:\s*(-?\d+)(?:\s+[+-]\d+)?)?/.exec(text);
  if (match === null) return { name: text.trim(), email: '', at: 0 };
  return { name: match[1] as string, email: match[2] as string, at: Number(match[3] ?? 0) * 1000 };
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Commits say when they are not UTF-8; a name that nobody knows is read as UTF-8. */
function decoder(encoding: string): (bytes: Uint8Array) => string {
  if (/^utf-?8$/i.test(encoding)) return (bytes) => utf8.decode(bytes);
  try {
    const named = new TextDecoder(encoding);
    return (bytes) => named.decode(bytes);
  } catch {
    return (bytes) => utf8.decode(bytes);
  }
}

function lineEnd(data: Buffer, from: number): number {
  const end = data.indexOf(newline, from);
  return end < 0 ? data.length : end;
}
