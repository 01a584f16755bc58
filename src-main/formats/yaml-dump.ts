/**
 * YAML as DVC writes it, byte for byte what ruamel.yaml's round-trip dumper makes of plain values in
 * block style: lists not indented below their key, null as nothing, texts as in yaml-text.ts.
 */
import { foldPlain, isMultiline, length, writeText } from './yaml-text.ts';
import { pythonFloat, typedEntries, YamlFloat, YamlTimestamp } from './yaml-values.ts';

/** Keys come in the order of the object; undefined values are left out. Ends with a newline. */
export function dumpYaml(value: unknown): string {
  if (isMap(value) || Array.isArray(value)) {
    const empty = Array.isArray(value) ? value.length === 0 : entries(value).length === 0;
    if (empty) return Array.isArray(value) ? '[]\n' : '{}\n';
    return block(value, 0, '');
  }
  const text = scalar(value, 0, 0);
  // A document that is a bare scalar is closed, so that a reader knows that it ended.
  return `${text}\n...\n`;
}

/** Lines of a collection. `first` is what its first line stands behind already (`- ` of a list). */
function block(value: unknown[] | Record<string, unknown>, indent: number, first: string): string {
  const margin = ' '.repeat(indent);
  let out = '';
  let lead = first;
  const items = Array.isArray(value) ? value : entries(value);
  for (const item of items) {
    const start = lead === '' ? margin : lead;
    if (Array.isArray(value)) out += node(item, `${start}-`, indent, indent + 2, 'dash');
    else out += pair(item as [unknown, unknown], start, indent);
    lead = '';
  }
  return out;
}

function pair([key, value]: [unknown, unknown], start: string, indent: number): string {
  if (isSimpleKey(key)) {
    const name = scalar(key, length(start), indent, true);
    const inner = Array.isArray(value) ? indent : indent + 2;
    return node(value, `${start}${name}:`, indent, inner, 'key');
  }
  const name = scalar(key, length(start) + 2, indent + 2);
  const colon = `${' '.repeat(indent)}:`;
  return `${start}? ${name}\n${node(value, colon, indent, indent + 2, 'colon')}`;
}

/** Other keys get a line of their own behind a question mark. The limit counts the tag `!!str`. */
function isSimpleKey(key: unknown): boolean {
  return typeof key !== 'string' || (length(key) + 5 < 128 && !isMultiline(key));
}

/** @param behind what stands before the value, on its line */
function node(
  value: unknown,
  before: string,
  parent: number,
  indent: number,
  behind: 'key' | 'dash' | 'colon',
): string {
  // The dash keeps the space that would stand before a value.
  if (value === null || value === undefined) return `${before}${behind === 'dash' ? ' ' : ''}\n`;
  if (Array.isArray(value) || isMap(value)) {
    const empty = Array.isArray(value) ? value.length === 0 : entries(value).length === 0;
    if (empty) return `${before} ${Array.isArray(value) ? '[]' : '{}'}\n`;
    // A collection that is no value of a simple key begins on the same line.
    if (behind !== 'key') return block(value, indent, `${before} `);
    return `${before}\n${block(value, indent, '')}`;
  }
  return `${before} ${scalar(value, length(before) + 1, parent + 2)}\n`;
}

/** @param column where the text begins @param indent of the lines it may be folded onto */
function scalar(value: unknown, column: number, indent: number, key = false): string {
  const written = otherThanText(value);
  if (written !== null) return key ? written : foldPlain(written, column, indent);
  return writeText(String(value), column, indent, key);
}

/** What needs no quotes because it is to be read as what it is; null for a text. */
function otherThanText(value: unknown): string | null {
  if (value === null) return 'null';
  if (value instanceof YamlFloat) return pythonFloat(value.value);
  if (value instanceof YamlTimestamp) return value.canonical;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'number') return null;
  return Number.isInteger(value) ? String(value) : pythonFloat(value);
}

function isMap(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof YamlFloat) &&
    !(value instanceof YamlTimestamp)
  );
}

function entries(value: Record<string, unknown>): [unknown, unknown][] {
  return typedEntries(value).filter(([, part]) => part !== undefined);
}
