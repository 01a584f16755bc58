/** What goes into a bundle, grouped and counted. */
import type { Output } from '../../client/index.ts';

type BundleFile = Output<'bundles.preview'>['files'][number];
export type Role = BundleFile['role'];

/** In the order in which they are shown: what can be left out comes first. */
const roles = ['output', 'input', 'code', 'environment', 'log', 'record'] as const;

/** One line of the list: a file, or a tracked directory with all its files. */
export interface Item {
  readonly path: string;
  readonly role: Role;
  readonly files: number;
  /** Sum of the sizes that are known; null when none is. */
  readonly bytes: number | null;
  readonly available: boolean;
  /** Only tracked data can be left out; without its code or its record a bundle is none. */
  readonly optional: boolean;
}

export interface Group {
  readonly role: Role;
  readonly items: readonly Item[];
  readonly files: number;
  readonly bytes: number;
}

/** The files of one tracked path as one item, everything else as it is; in the order given. */
export function itemsOf(files: readonly BundleFile[]): Item[] {
  const items = new Map<string, Item>();
  for (const file of files) {
    const path = file.tracked ?? file.path;
    const key = `${file.role} ${path}`;
    const before = items.get(key);
    items.set(key, {
      path,
      role: file.role,
      files: (before?.files ?? 0) + 1,
      bytes:
        file.size === null && before?.bytes == null
          ? null
          : (before?.bytes ?? 0) + (file.size ?? 0),
      available: file.available,
      optional: file.tracked !== null,
    });
  }
  return [...items.values()];
}

export function groupItems(items: readonly Item[]): Group[] {
  return roles.flatMap((role) => {
    const members = items.filter((item) => item.role === role);
    if (members.length === 0) return [];
    return [{ role, items: members, ...count(members) }];
  });
}

export interface Totals {
  readonly files: number;
  readonly bytes: number;
  /** Chosen to be left out, or not to be had any more. */
  readonly omitted: number;
  readonly omittedBytes: number;
}

/** What the bundle will hold, before compression, when the paths in `leaveOut` are left out. */
export function totalsOf(items: readonly Item[], leaveOut: ReadonlySet<string>): Totals {
  const stays = (item: Item): boolean =>
    item.available && !(item.optional && leaveOut.has(item.path));
  const kept = count(items.filter(stays));
  const omitted = count(items.filter((item) => !stays(item)));
  return { ...kept, omitted: omitted.files, omittedBytes: omitted.bytes };
}

function count(items: readonly Item[]): { files: number; bytes: number } {
  return {
    files: items.reduce((total, item) => total + item.files, 0),
    bytes: items.reduce((total, item) => total + (item.bytes ?? 0), 0),
  };
}
