/** The executed copy of a notebook in a bundle: outputs as they are, params as they travel. */
import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { asArray, asObject, maxNotebookBytes } from '../formats/ipynb.ts';
import type { Collected, Collection } from './collect.ts';
import { isSafeName } from './entry-name.ts';
import { names } from './layout.ts';

/** The tag of the cell that the params were put into. */
const injected = 'injected-parameters';

/**
 * @param path absolute, of the copy that the run kept
 * @param hidden changes a text so that it names no place of this machine
 */
export function addExecuted(
  collection: Collection,
  path: string,
  leaveOut: ReadonlySet<string>,
  hidden: (text: string) => string,
): Collection {
  const name = names.executed + basename(path);
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  const omit = (reason: string): Collection => ({
    ...collection,
    omitted: [...collection.omitted, { path: name, size: size ?? null, reason, role: 'output' }],
  });
  if (leaveOut.has(name)) return omit('left out on request');
  if (size === undefined) return omit('the run kept no executed copy of its notebook');
  if (!isSafeName(name)) return omit('its name cannot be used on every system');
  if (size > maxNotebookBytes) return omit('it is larger than 200 MB');
  const text = withoutPlaces(readFileSync(path, 'utf8'), hidden);
  if (text === null) return omit('it is no whole notebook');
  const bytes = Buffer.from(text);
  const entry = { name, source: { bytes } };
  const file: Collected = { entry, role: 'output', size: bytes.length, tracked: name };
  return { ...collection, files: [...collection.files, file] };
}

/** Null for what is no JSON. */
function withoutPlaces(text: string, hidden: (text: string) => string): string | null {
  let root: Readonly<Record<string, unknown>>;
  try {
    root = asObject(JSON.parse(text));
  } catch {
    return null;
  }
  const change = (value: unknown): unknown =>
    typeof value === 'string' ? hidden(value) : Array.isArray(value) ? value.map(change) : value;
  const cells = asArray(root.cells).map((cell) => {
    const own = asObject(cell);
    const tags = asArray(asObject(own.metadata).tags);
    return tags.includes(injected) ? { ...own, source: change(own.source) } : cell;
  });
  return `${JSON.stringify({ ...root, cells }, null, 1)}\n`;
}
