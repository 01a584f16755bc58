/** Tracked files and, of unfolded directories, their files, as the rows of one table. */
import type { ChangeKind, DataChange, Output } from '../../client/index.ts';
import { matching, type RowFilter } from './rows.ts';

export type Directory = Output<'diff.directory'>;

/** What is known of a directory that was unfolded. */
export type DirectoryState =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly message: string }
  | { readonly status: 'read'; readonly directory: Directory };

export type DirectoryMessage =
  | { readonly kind: 'loading' | 'same' }
  | { readonly kind: 'error' | 'note'; readonly text: string }
  | {
      readonly kind: 'totals';
      readonly added: number;
      readonly removed: number;
      readonly modified: number;
      readonly same: number;
    };

interface RowBase {
  readonly path: string;
  /** What stands in the path column. */
  readonly name: string;
  readonly change: ChangeKind;
  /** Hashes. */
  readonly left: string | null;
  readonly right: string | null;
}

export type DataRow =
  | (RowBase & { readonly kind: 'tracked'; readonly item: DataChange })
  | (RowBase & { readonly kind: 'entry' })
  | { readonly kind: 'message'; readonly path: string; readonly message: DirectoryMessage };

export function rowKeyOf(row: DataRow): string {
  return row.kind === 'message'
    ? `${row.kind} ${row.path} ${row.message.kind}`
    : `${row.kind} ${row.path}`;
}

/**
 * The rows in order. The text filter also narrows the files of a directory, unless the directory's
 * own path matches it: then all of them are meant.
 */
export function flattenData(
  items: readonly DataChange[],
  open: ReadonlySet<string>,
  directories: ReadonlyMap<string, DirectoryState>,
  filter: RowFilter,
): DataRow[] {
  return items.flatMap((item): DataRow[] => {
    const row: DataRow = {
      kind: 'tracked',
      item,
      path: item.path,
      name: item.path,
      change: item.change,
      left: item.left?.hash ?? null,
      right: item.right?.hash ?? null,
    };
    if (item.kind !== 'directory' || !open.has(item.path)) return [row];
    return [row, ...contents(item.path, directories.get(item.path), filter)];
  });
}

function contents(path: string, state: DirectoryState | undefined, filter: RowFilter): DataRow[] {
  const say = (message: DirectoryMessage): DataRow => ({ kind: 'message', path, message });
  if (state === undefined || state.status === 'loading') return [say({ kind: 'loading' })];
  if (state.status === 'failed') return [say({ kind: 'error', text: state.message })];
  const { entries, note, ...totals } = state.directory;
  const whole = matching(path, filter.text);
  const shown = entries.filter((entry) => whole || matching(entry.path, filter.text));
  const rows: DataRow[] = [];
  const changed = totals.added + totals.removed + totals.modified;
  rows.push(
    changed === 0 && note === null ? say({ kind: 'same' }) : say({ kind: 'totals', ...totals }),
  );
  for (const entry of shown) {
    const full = `${path}/${entry.path}`;
    rows.push({ kind: 'entry', ...entry, path: full, name: entry.path });
  }
  if (note !== null) rows.push(say({ kind: 'note', text: note }));
  return rows;
}
