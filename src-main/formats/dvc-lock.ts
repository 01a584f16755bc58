/**
 * `dvc.lock`: what each stage read and wrote when it last ran. Schema 2.0 as DVC 3 writes it, byte
 * for byte; schema 1 is read too. Source: DVC's reference, “dvc.yaml files”, and its own output.
 */
import { CairnError } from '../base/errors.ts';
import { parseYaml } from './yaml.ts';
import { dumpYaml } from './yaml-dump.ts';
import { entriesInOrder, inOrder } from './yaml-values.ts';

/** One dep or out. Without `hash` the MD5 is DVC 2's, of text with its line ends changed. */
export interface LockEntry {
  readonly path: string;
  readonly hash?: string;
  readonly md5?: string;
  readonly size?: number;
  readonly nfiles?: number;
  readonly isexec?: boolean;
  /** Keys that this program does not use, kept as they are. */
  readonly [other: string]: unknown;
}

export interface LockStage {
  readonly cmd?: string | readonly string[];
  readonly deps?: readonly LockEntry[];
  /** File → key → value as it was read; floats are YamlFloat. */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly outs?: readonly LockEntry[];
}

export interface LockFile {
  readonly schema: '2.0';
  readonly datasets?: unknown;
  readonly stages: Readonly<Record<string, LockStage>>;
}

export const emptyLock: LockFile = { schema: '2.0', stages: {} };

/** @param file named in errors @throws CairnError `corrupt` */
export function parseLock(text: string, file: string): LockFile {
  const { value } = parseYaml(text, file);
  if (value === null || value === undefined) return emptyLock;
  if (!isRecord(value)) throw broken(file, 'it is not a map');
  const { schema, stages, datasets } = value;
  if (schema !== undefined && !/^2\./.test(String(schema))) {
    throw broken(file, `its schema is ${String(schema)}, and this program knows 2.0`);
  }
  // Schema 1 had the stages at the top level.
  const found = schema === undefined ? value : (stages ?? {});
  if (!isRecord(found)) throw broken(file, 'its stages are not a map');
  const read = inOrder(
    entriesInOrder(found).map(([name, stage]) => [name, readStage(stage, name, file)]),
  );
  return { schema: '2.0', ...(datasets === undefined ? {} : { datasets }), stages: read };
}

/** The text of the file. Stages keep their order; entries are sorted by path. */
export function serialiseLock(lock: LockFile): string {
  const stages = entriesInOrder(lock.stages).map(
    ([name, stage]) => [name, orderStage(stage)] as const,
  );
  return dumpYaml({
    schema: lock.schema,
    datasets: lock.datasets,
    stages: inOrder(stages),
  });
}

/** The stage as it stands in the file: keys in DVC's order, entries and params sorted. */
export function orderStage(stage: LockStage): Record<string, unknown> {
  return {
    cmd: stage.cmd,
    deps: stage.deps === undefined || stage.deps.length === 0 ? undefined : sortEntries(stage.deps),
    params: stage.params === undefined ? undefined : sortParams(stage.params),
    outs: stage.outs === undefined || stage.outs.length === 0 ? undefined : sortEntries(stage.outs),
  };
}

const entryKeys = ['path', 'hash', 'md5', 'size', 'nfiles', 'isexec'];

/** The keys of an entry in DVC's order; others follow. */
export function orderEntry(entry: LockEntry): Record<string, unknown> {
  const others = Object.keys(entry).filter((key) => !entryKeys.includes(key));
  return Object.fromEntries(
    [...entryKeys, ...others].flatMap((key) =>
      entry[key] === undefined ? [] : [[key, entry[key]]],
    ),
  );
}

function sortEntries(entries: readonly LockEntry[]): Record<string, unknown>[] {
  return entries.toSorted((a, b) => order(a.path, b.path)).map(orderEntry);
}

/** `params.yaml` first, then the other files; the keys of each sorted, the values not. */
function sortParams(params: NonNullable<LockStage['params']>): Record<string, unknown> | undefined {
  const files = Object.keys(params).sort(
    (a, b) => Number(b === 'params.yaml') - Number(a === 'params.yaml') || order(a, b),
  );
  if (files.length === 0) return undefined;
  return inOrder(
    files.map((file) => {
      const values = params[file] ?? {};
      const keys = Object.keys(values).sort(order);
      return [file, inOrder(keys.map((key) => [key, values[key]]))];
    }),
  );
}

/** Python sorts by code points; UTF-8 has the same order. */
function order(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function readStage(value: unknown, name: string, file: string): LockStage {
  if (!isRecord(value)) throw broken(file, `the stage “${name}” is not a map`);
  const { cmd, deps, params, outs } = value;
  return {
    ...(cmd === undefined ? {} : { cmd: readCommand(cmd) }),
    ...(deps === undefined ? {} : { deps: readEntries(deps, name, file) }),
    ...(params === undefined ? {} : { params: readParams(params, name, file) }),
    ...(outs === undefined ? {} : { outs: readEntries(outs, name, file) }),
  };
}

function readCommand(value: unknown): string | string[] {
  return Array.isArray(value) ? value.map(String) : String(value);
}

function readEntries(value: unknown, name: string, file: string): LockEntry[] {
  if (!Array.isArray(value)) throw broken(file, `the entries of “${name}” are not a list`);
  return value.map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry.path !== 'string') {
      throw broken(file, `an entry of “${name}” has no path`);
    }
    const { md5 } = entry;
    // An MD5 of digits only, written without quotes, was read as a number.
    return {
      ...entry,
      path: entry.path,
      ...(md5 === undefined ? {} : { md5: String(md5) }),
    } as LockEntry;
  });
}

function readParams(
  value: unknown,
  name: string,
  file: string,
): Record<string, Record<string, unknown>> {
  if (!isRecord(value)) throw broken(file, `the params of “${name}” are not a map`);
  return Object.fromEntries(
    Object.entries(value).map(([path, values]) => [path, isRecord(values) ? values : {}]),
  );
}

function broken(file: string, why: string): CairnError {
  return new CairnError(
    'corrupt',
    `${file} cannot be used: ${why}. Restore it from Git, or delete it to run everything again.`,
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
