/**
 * Where a text names notebooks that get another name. Only the name changes, never the folder, so a
 * reference is found by the name and believed when the path around it leads to that very file.
 */
import { posix } from 'node:path';

/** Replaces `[from, to)` of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface RenameSet {
  /** Folder of the workspace that all of them lie in, '' for the root. */
  readonly folder: string;
  /** Old base name → new base name. */
  readonly names: ReadonlyMap<string, string>;
  /** Whether there is such a file in the workspace. */
  has(path: string): boolean;
}

/** Characters that a path in a command, a link or a quoted string may have before the name. */
const pathCharacter = /[^\s"'`()[\]{}<>,;|&=:*?!]/u;
/** What may follow a name. */
const behind = /^(?:$|[\s"'`()[\]{}<>,;|&#?:*\\]|\.(?:$|\s))/u;

/**
 * @param bases folders of the workspace that relative paths in the text may start from
 * @returns spans in the order of the text
 */
export function findPaths(text: string, bases: readonly string[], set: RenameSet): Span[] {
  const spans: Span[] = [];
  for (const [from, to] of set.names) {
    for (const [oldForm, newForm] of forms(from, to)) {
      for (let at = text.indexOf(oldForm); at >= 0; at = text.indexOf(oldForm, at + 1)) {
        const end = at + oldForm.length;
        if (!behind.test(text.slice(end, end + 2))) continue;
        const lead = leadOf(text, at);
        if (lead === null || !leadsTo(lead, from, bases, set)) continue;
        spans.push({ from: at, to: end, text: newForm });
      }
    }
  }
  return withoutOverlap(spans);
}

/** Names of Python modules that `import_ipynb` and `importlib` find: without the ending. */
export function findModules(
  text: string,
  bases: readonly string[],
  set: RenameSet,
): { spans: Span[]; unwritable: string[] } {
  const spans: Span[] = [];
  const unwritable: string[] = [];
  if (!bases.includes(set.folder)) return { spans, unwritable };
  for (const [from, to] of set.names) {
    const [old, next] = [stem(from), stem(to)];
    const called = new RegExp(
      `((?:import_module|__import__|find_spec)\\(\\s*(["']))${escaped(old)}(?=\\2)`,
      'g',
    );
    for (const match of text.matchAll(called)) {
      const at = match.index + (match[1] ?? '').length;
      spans.push({ from: at, to: at + old.length, text: next });
    }
    if (!/^[A-Za-z_]\w*$/.test(old)) continue;
    const imported = new RegExp(`^([ \\t]*(?:import|from)[ \\t]+)${old}(?![\\w])`, 'gm');
    for (const match of text.matchAll(imported)) {
      if (!/import_ipynb|ipynb\.fs/.test(text)) continue;
      // A module that begins with a digit cannot be named by an import statement.
      if (/^[A-Za-z_]\w*$/.test(next)) {
        const at = match.index + (match[1] ?? '').length;
        spans.push({ from: at, to: at + old.length, text: next });
      } else unwritable.push(old);
    }
  }
  return { spans: withoutOverlap(spans), unwritable: [...new Set(unwritable)] };
}

export function applySpans(text: string, spans: readonly Span[]): string {
  let out = '';
  let at = 0;
  for (const span of spans) {
    out += text.slice(at, span.from) + span.text;
    at = span.to;
  }
  return out + text.slice(at);
}

/** The spans that turn the changed text back into `text`. */
export function invertSpans(text: string, spans: readonly Span[]): Span[] {
  let shift = 0;
  return spans.map(({ from, to, text: inserted }) => {
    const start = from + shift;
    shift += inserted.length - (to - from);
    return { from: start, to: start + inserted.length, text: text.slice(from, to) };
  });
}

/** A name as it is, as a link writes it, and as a shell does. */
function forms(from: string, to: string): Map<string, string> {
  const found = new Map([[from, to]]);
  for (const write of [encodeURI, encodeURIComponent, shellWord]) {
    try {
      if (!found.has(write(from))) found.set(write(from), write(to));
    } catch {
      // Half a surrogate pair has no such form.
    }
  }
  return found;
}

function shellWord(name: string): string {
  return name.replace(/[ ()&;'"$]/g, '\\$&');
}

/** The part of a path before a name; null when the name is the end of a longer one. */
function leadOf(text: string, at: number): string | null {
  let start = at;
  while (start > 0 && at - start < 1000 && pathCharacter.test(text[start - 1] ?? '')) start -= 1;
  const lead = text.slice(start, at);
  // `my01_a.ipynb` is another file.
  return lead === '' || lead.endsWith('/') ? lead : null;
}

/** Whether a path leads into the folder: from the first base where there is such a file. */
function leadsTo(lead: string, name: string, bases: readonly string[], set: RenameSet): boolean {
  let path = lead;
  try {
    path = decodeURIComponent(lead);
  } catch {
    // A percent sign that stands for itself.
  }
  const targets = bases.map((base) => posix.join(base === '' ? '.' : base, path, name));
  const found = targets.find((target) => set.has(target));
  return found !== undefined && found === posix.join(set.folder === '' ? '.' : set.folder, name);
}

function withoutOverlap(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Span[] = [];
  for (const span of sorted) if (span.from >= (kept.at(-1)?.to ?? 0)) kept.push(span);
  return kept;
}

function stem(name: string): string {
  return name.replace(/\.ipynb$/i, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
