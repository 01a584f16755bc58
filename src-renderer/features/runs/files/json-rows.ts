/** A value of JSON as the rows of a tree. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

interface JsonRow {
  /** JSON Pointer (RFC 6901). */
  readonly id: string;
  readonly level: number;
  readonly open: boolean | null;
  /** Null for the root. */
  readonly name: string | null;
  readonly text: string;
  readonly kind: 'map' | 'list' | 'string' | 'number' | 'other';
}

export const rootPath = '';
const openLevels = 2;
/** Children of one value that are shown; nobody reads on beyond. */
const mostChildren = 10_000;
const longestText = 2000;
/** A list or map with more is folded at first. */
const largeCount = 200;

/** @param folded by id, where the user opened or closed something */
export function jsonRows(value: JsonValue, folded: ReadonlyMap<string, boolean>): JsonRow[] {
  const rows: JsonRow[] = [];
  const add = (one: JsonValue, name: string | null, id: string, level: number): void => {
    const children = childrenOf(one);
    if (children === null) {
      const kind =
        typeof one === 'string' ? 'string' : typeof one === 'number' ? 'number' : 'other';
      const text = JSON.stringify(typeof one === 'string' ? one.slice(0, longestText) : one);
      rows.push({ id, level, open: null, name, text, kind });
      return;
    }
    const count = children.length;
    const open = folded.get(id) ?? (level <= openLevels && count <= largeCount);
    const isList = Array.isArray(one);
    const text = isList ? `[${count}]` : `{${count}}`;
    const kind = isList ? 'list' : 'map';
    rows.push({ id, level, open: count === 0 ? null : open, name, text, kind });
    if (!open) return;
    for (const [key, child] of children.slice(0, mostChildren)) {
      const step = key.replaceAll('~', '~0').replaceAll('/', '~1');
      add(child, key, `${id}/${step}`, level + 1);
    }
    if (count > mostChildren) {
      const more = `… ${count - mostChildren}`;
      rows.push({
        id: `${id}/…`,
        level: level + 1,
        open: null,
        name: null,
        text: more,
        kind: 'other',
      });
    }
  };
  add(value, null, rootPath, 1);
  return rows;
}

function childrenOf(value: JsonValue): (readonly [string, JsonValue])[] | null {
  if (value === null || typeof value !== 'object') return null;
  return Object.entries(value);
}
