/**
 * YAML as DVC reads it: YAML 1.2 with the numbers of YAML 1.1 (`1_000`, `0b11`) and dates, parsed
 * with places, so that a complaint can name line and column.
 */
import {
  type Document,
  isCollection,
  isMap,
  isPair,
  isScalar,
  LineCounter,
  type Node,
  parseDocument,
  visit,
} from 'yaml';
import { CairnError } from '../base/errors.ts';
import { parsePlainYaml } from './yaml-plain.ts';
import { numberTags, timestampTag } from './yaml-scalars.ts';
import { rememberKeys, YamlFloat, YamlTimestamp } from './yaml-values.ts';

export interface Position {
  /** From 1. */
  readonly line: number;
  readonly column: number;
}

export interface YamlDocument {
  /** Maps are objects without a prototype, lists arrays, floats {@link YamlFloat}. Null if empty. */
  readonly value: unknown;
  /** Where the value at a path of keys and indices is written; its key, for a map. */
  positionOf(path: readonly (string | number)[]): Position | null;
}

/** Aliases that may stand for each other before it is a bomb. */
const maxAliases = 100_000;
/** Values of a file with its aliases written out. */
const maxValues = 2_000_000;
const maxBytes = 64 * 2 ** 20;

/** @param file named in errors @throws CairnError `invalid`, with its place */
export function parseYaml(text: string, file: string): YamlDocument {
  checkSize(text, file);
  // What programs write is plain, and long; places are seldom asked for.
  const plain = parsePlainYaml(text);
  if (plain === null) return parseAnyYaml(text, file);
  let whole: YamlDocument | null = null;
  return {
    value: plain.value,
    positionOf: (path) => {
      whole ??= parseAnyYaml(text, file);
      return whole.positionOf(path);
    },
  };
}

/** As {@link parseYaml}, for all that YAML has. */
export function parseAnyYaml(text: string, file: string): YamlDocument {
  const { document, lines } = parseYamlDocument(text, file);
  let value: unknown;
  try {
    value = toValue(document.toJS({ maxAliasCount: maxAliases, mapAsMap: true }), {
      left: maxValues,
    });
  } catch (cause) {
    throw new CairnError('invalid', `${file}: its aliases stand for too much. Write them out.`, {
      cause,
    });
  }
  return {
    value,
    positionOf: (path) => {
      const offset = offsetOf(document.contents, path);
      if (offset === null) return null;
      const { line, col } = lines.linePos(offset);
      return { line, column: col };
    },
  };
}

function checkSize(text: string, file: string): void {
  if (text.length > maxBytes) throw new CairnError('invalid', `${file} is too large to be read.`);
}

/**
 * The document with its comments and layout, for changing a value in place and writing the rest as
 * it was.
 */
export function parseYamlDocument(
  text: string,
  file: string,
): { document: Document.Parsed; lines: LineCounter } {
  checkSize(text, file);
  const lines = new LineCounter();
  const document = parseDocument(text.replace(/^\ufeff/, ''), {
    version: '1.2',
    merge: true,
    lineCounter: lines,
    prettyErrors: false,
    intAsBigInt: false,
    // Looked at below: the parser compares every key with every other.
    uniqueKeys: false,
    stringKeys: false,
    customTags: (tags) => [...numberTags, ...tags.filter((tag) => !isNumberTag(tag)), timestampTag],
  });
  const error = document.errors[0];
  const twice = error === undefined ? keyTwice(document) : null;
  if (error !== undefined || twice !== null) {
    const { line, col } = lines.linePos(error?.pos[0] ?? twice?.offset ?? 0);
    const place = { file, line, column: col };
    const why = twice === null ? sentence(error?.message ?? '') : twice.why;
    const message = conflictIn(text, file) ?? `${file}:${line}:${col}: ${why}`;
    throw new CairnError('invalid', message, { cause: error, place });
  }
  return { document, lines };
}

/** The first key that its map has already. */
function keyTwice(document: Document.Parsed): { offset: number; why: string } | null {
  let found: { offset: number; why: string } | null = null;
  visit(document, {
    Map: (_, map) => {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key) || key.value === '<<') continue;
        const identity = key.value instanceof YamlFloat ? key.value.value : key.value;
        if (seen.has(identity)) {
          found = { offset: key.range?.[0] ?? 0, why: `“${String(key.value)}” is here twice.` };
          return visit.BREAK;
        }
        seen.add(identity);
      }
      return undefined;
    },
  });
  return found;
}

/** What a merge leaves in a file is no YAML, and the parser's words would not say why. */
function conflictIn(text: string, file: string): string | null {
  const at = text.split('\n').findIndex((line) => line.startsWith('<<<<<<< '));
  if (at < 0) return null;
  return `${file}:${at + 1}:1: a merge left both of its sides here. Choose one, and finish the merge.`;
}

function isNumberTag(tag: unknown): boolean {
  if (typeof tag !== 'object' || tag === null || !('tag' in tag)) return false;
  return /:(int|float)$/.test(String(tag.tag));
}

/**
 * Maps with other keys than texts get the text of the key, as dotted names do.
 * @throws RangeError when there are more values than are left
 */
function toValue(value: unknown, budget: { left: number }): unknown {
  if (--budget.left < 0) throw new RangeError('too many values');
  if (value instanceof Map) {
    const made: Record<string, unknown> = Object.create(null);
    for (const [key, part] of value) made[textOf(key)] = toValue(part, budget);
    rememberKeys(made, [...value.keys()]);
    return made;
  }
  return Array.isArray(value) ? value.map((item) => toValue(item, budget)) : value;
}

/** A key that is a list or a map has no text that anything could name it by. */
function textOf(key: unknown): string {
  const plain = typeof key !== 'object' || key === null;
  if (plain || key instanceof YamlFloat || key instanceof YamlTimestamp) return String(key);
  return JSON.stringify(key);
}

function offsetOf(contents: Node | null, path: readonly (string | number)[]): number | null {
  let node: unknown = contents;
  let offset = contents?.range?.[0] ?? null;
  for (const step of path) {
    if (!isCollection(node)) return offset;
    const item = isMap(node)
      ? node.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === String(step))
      : node.items[Number(step)];
    if (item === undefined) return offset;
    const place = isPair(item) ? item.key : item;
    offset = (place as Node | null)?.range?.[0] ?? offset;
    node = isPair(item) ? item.value : item;
  }
  return offset;
}

function sentence(message: string): string {
  if (/call stack/.test(message)) return 'It is nested too deeply to be read.';
  const first = message.split('\n')[0] ?? message;
  return /[.!?]$/.test(first) ? first : `${first}.`;
}
