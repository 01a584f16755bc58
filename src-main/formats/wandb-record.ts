/**
 * The records of W&B's transaction log that describe a run. Field numbers are from
 * wandb/proto/wandb_internal.proto; what is not asked for is skipped.
 */
import { MessageReader, wire } from './protobuf.ts';

/** Deeper than anything a person logs. */
const deepest = 12;

/** A value by its path: W&B writes `d.x` as the key `d` with an object, or as two nested keys. */
export interface WandbItem {
  readonly path: readonly string[];
  readonly value: unknown;
}

export type WandbRecord =
  | { readonly kind: 'run'; readonly run: WandbRun }
  | { readonly kind: 'history'; readonly step: number | null; readonly items: readonly WandbItem[] }
  | { readonly kind: 'summary' | 'config'; readonly items: readonly WandbItem[] }
  | { readonly kind: 'stats'; readonly time: number; readonly items: readonly WandbItem[] }
  | { readonly kind: 'environment'; readonly environment: WandbEnvironment }
  | { readonly kind: 'exit'; readonly code: number };

export interface WandbRun {
  readonly id: string;
  readonly project: string;
  readonly group: string;
  readonly jobType: string;
  readonly name: string;
  readonly notes: string;
  readonly tags: readonly string[];
  readonly sweep: string;
  /** Epoch ms. */
  readonly startedAt: number | null;
  readonly commit: string | null;
  readonly config: readonly WandbItem[];
}

export interface WandbEnvironment {
  readonly program: string;
  readonly args: readonly string[];
  readonly user: string;
  readonly commit: string | null;
}

/** @throws CairnError `corrupt` for a record cut short; null for records that say nothing here */
export function decodeWandbRecord(bytes: Buffer): WandbRecord | null {
  const record = new MessageReader(bytes);
  while (record.next()) {
    if (record.type !== wire.bytes) {
      record.skip();
      continue;
    }
    if (record.field === 2) return readHistory(record.message());
    if (record.field === 3) return { kind: 'summary', items: readItems(record.message()) };
    if (record.field === 5) return { kind: 'config', items: readItems(record.message()) };
    if (record.field === 7) return readStats(record.message());
    if (record.field === 17) return { kind: 'run', run: readRun(record.message()) };
    if (record.field === 18) return { kind: 'exit', code: readNumber(record.message(), 1) };
    if (record.field === 26)
      return { kind: 'environment', environment: readEnvironment(record.message()) };
    record.skip();
  }
  return null;
}

function readRun(message: MessageReader): WandbRun {
  const texts = new Map<number, string>();
  const tags: string[] = [];
  let config: readonly WandbItem[] = [];
  let startedAt: number | null = null;
  let commit: string | null = null;
  while (message.next()) {
    const { field } = message;
    if (message.type !== wire.bytes) message.skip();
    else if (field === 4) config = readItems(message.message());
    else if (field === 10) tags.push(message.text());
    else if (field === 17) startedAt = readTimestamp(message.message());
    else if (field === 21) commit = readText(message.message(), 2);
    else if (field <= 12)
      texts.set(field, field === 5 || field === 11 ? skipped(message) : message.text());
    else message.skip();
  }
  const text = (field: number) => texts.get(field) ?? '';
  return {
    id: text(1),
    project: text(3),
    group: text(6),
    jobType: text(7),
    name: text(8),
    notes: text(9),
    sweep: text(12),
    tags,
    startedAt,
    commit,
    config,
  };
}

function skipped(message: MessageReader): string {
  message.skip();
  return '';
}

function readHistory(message: MessageReader): WandbRecord {
  const items: WandbItem[] = [];
  let step: number | null = null;
  while (message.next()) {
    if (message.field === 1 && message.type === wire.bytes) items.push(readItem(message.message()));
    else if (message.field === 2 && message.type === wire.bytes)
      step = readNumber(message.message(), 1);
    else message.skip();
  }
  return { kind: 'history', step, items: joinTyped(items) };
}

function readStats(message: MessageReader): WandbRecord {
  const items: WandbItem[] = [];
  let time = 0;
  while (message.next()) {
    if (message.field === 2 && message.type === wire.bytes) time = readTimestamp(message.message());
    else if (message.field === 3 && message.type === wire.bytes)
      items.push(readItem(message.message()));
    else message.skip();
  }
  return { kind: 'stats', time, items };
}

/** The `update`s of a summary or a config. */
function readItems(message: MessageReader): WandbItem[] {
  const items: WandbItem[] = [];
  while (message.next()) {
    if (message.field === 1 && message.type === wire.bytes) items.push(readItem(message.message()));
    else message.skip();
  }
  return items;
}

/** History, summary, config and stats items share their numbers; newer ones have typed values. */
function readItem(message: MessageReader): WandbItem {
  const path: string[] = [];
  let value: unknown;
  while (message.next()) {
    const { field, type } = message;
    // `nested_key` is the whole path and `key` the path of one; stats have their JSON in 16 as well.
    if ((field === 1 || field === 2) && type === wire.bytes) path.push(message.text());
    else if (field === 16 && type === wire.bytes) value = parseJson(message.text());
    else if (field === 4 && type === wire.varint) value = message.varint() !== 0;
    else if (field === 5 && type === wire.varint) value = zigzag(message.varint());
    else if (field === 6 && type === wire.fixed64) value = message.double();
    else if (field === 7 && type === wire.bytes) value = message.text();
    else if (field === 8 && type === wire.bytes) value = parseJson(message.text());
    else message.skip();
  }
  return { path, value };
}

function readEnvironment(message: MessageReader): WandbEnvironment {
  const args: string[] = [];
  let [program, user] = ['', ''];
  let commit: string | null = null;
  while (message.next()) {
    if (message.type !== wire.bytes) message.skip();
    else if (message.field === 5) args.push(message.text());
    else if (message.field === 6) program = message.text();
    else if (message.field === 9) commit = readText(message.message(), 2);
    else if (message.field === 13) user = message.text();
    else message.skip();
  }
  return { program, args, user, commit };
}

/** `google.protobuf.Timestamp` as epoch ms. */
function readTimestamp(message: MessageReader): number {
  let [seconds, nanos] = [0, 0];
  while (message.next()) {
    if (message.field === 1) seconds = message.signed();
    else if (message.field === 2) nanos = message.signed();
    else message.skip();
  }
  return seconds * 1000 + nanos / 1e6;
}

function readNumber(message: MessageReader, field: number): number {
  let value = 0;
  while (message.next()) {
    if (message.field === field && message.type === wire.varint) value = message.signed();
    else message.skip();
  }
  return value;
}

function readText(message: MessageReader, field: number): string | null {
  let text: string | null = null;
  while (message.next()) {
    if (message.field === field && message.type === wire.bytes) text = message.text();
    else message.skip();
  }
  return text === '' ? null : text;
}

/** A sint64. */
function zigzag(coded: number): number {
  return coded % 2 === 1 ? -(coded + 1) / 2 : coded / 2;
}

/** JSON as Python and Go write it: NaN and Infinity among it. Anything else is undefined. */
function parseJson(text: string): unknown {
  const special = { NaN: Number.NaN, Infinity, '-Infinity': -Infinity }[text];
  if (special !== undefined) return special;
  try {
    return JSON.parse(text);
  } catch {
    try {
      return JSON.parse(text.replace(/(?<=^|[[{,:]\s*)(?:NaN|-?Infinity)(?=\s*[\]},]|$)/g, 'null'));
    } catch {
      return undefined;
    }
  }
}

type Fields = Record<string, unknown>;

/** Without a prototype: names come from a file. */
function bare(): Fields {
  return Object.create(null) as Fields;
}

function put(fields: Fields, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    fields[name] = value;
    return;
  }
  const inner = fields[name];
  const known = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
  const next = known ? (inner as Fields) : bare();
  fields[name] = next;
  put(next, rest, value);
}

/**
 * Newer clients write what has a `_type` (a picture, a histogram) as an item for each of its fields:
 * they are put together again, so that its width is not taken for a metric.
 */
function joinTyped(items: readonly WandbItem[]): readonly WandbItem[] {
  const typed = items.flatMap(({ path }) =>
    path.length > 1 && path.at(-1) === '_type' ? [path.slice(0, -1)] : [],
  );
  if (typed.length === 0) return items;
  const things = new Map<string, { path: readonly string[]; value: Fields }>();
  const others: WandbItem[] = [];
  for (const item of items) {
    const path = typed.find((one) => one.every((name, at) => item.path[at] === name));
    if (path === undefined || path.length === item.path.length) {
      others.push(item);
      continue;
    }
    const key = JSON.stringify(path);
    const thing = things.get(key) ?? { path, value: bare() };
    things.set(key, thing);
    put(thing.value, item.path.slice(path.length), item.value);
  }
  return [...others, ...things.values()];
}

/** The leaves of a value with their paths; what has a `_type` is one thing. */
export function flattenItem(
  { path, value }: WandbItem,
  leaf: (path: readonly string[], value: unknown) => void,
): void {
  const nested =
    typeof value === 'object' && value !== null && !Array.isArray(value) && !('_type' in value);
  if (!nested || path.length >= deepest) {
    if (value !== undefined) leaf(path, value);
    return;
  }
  for (const [key, inner] of Object.entries(value)) {
    flattenItem({ path: [...path, key], value: inner }, leaf);
  }
}
