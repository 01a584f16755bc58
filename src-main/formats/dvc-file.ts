/**
 * `*.dvc`: data that is tracked by its content. Reading gives the entries; writing changes the
 * hashes in place, so that comments and the order of keys stay as they were.
 */
import { CairnError } from '../base/errors.ts';
import { type LockEntry, orderEntry } from './dvc-lock.ts';
import { parseYaml, parseYamlDocument } from './yaml.ts';
import { dumpYaml } from './yaml-dump.ts';
import { editYaml } from './yaml-edit.ts';

export interface DvcFile {
  readonly outs: readonly LockEntry[];
  /** Of a file that was imported. */
  readonly deps: readonly LockEntry[];
  /** Relative to the folder of the file; `.` when not given. */
  readonly wdir: string;
  readonly frozen: boolean;
  readonly desc: string;
}

/** @param file named in errors @throws CairnError `invalid` or `corrupt` */
export function parseDvcFile(text: string, file: string): DvcFile {
  const { value } = parseYaml(text, file);
  if (!isRecord(value)) throw new CairnError('corrupt', `${file} is not a map of YAML.`);
  return {
    outs: entriesOf(value.outs, file),
    deps: entriesOf(value.deps, file),
    wdir: typeof value.wdir === 'string' ? value.wdir : '.',
    frozen: value.frozen === true,
    desc: typeof value.desc === 'string' ? value.desc : '',
  };
}

/** The text of a new file with these outs, as `dvc add` writes it. */
export function serialiseDvcFile(outs: readonly LockEntry[]): string {
  return dumpYaml({ outs: outs.map((out) => pathLast(orderEntry(out))) });
}

const hashKeys = ['md5', 'size', 'nfiles', 'isexec', 'hash'] as const;

/**
 * The text with other hashes for its outs, and every other byte as it was. Keys that an entry did
 * not have come behind its others, as DVC adds them.
 * @throws CairnError `invalid` or `corrupt`
 */
export function updateDvcFile(before: string, file: string, outs: readonly LockEntry[]): string {
  const text = before.replace(/^\ufeff/, '');
  const { document } = parseYamlDocument(text, file);
  const changes = parseDvcFile(text, file).outs.flatMap((out, index) => {
    const now = outs.find((one) => one.path === out.path);
    if (now === undefined) return [];
    return hashKeys.flatMap((key) =>
      now[key] === out[key] ? [] : [{ path: ['outs', index, key], value: now[key] }],
    );
  });
  const edited = editYaml(text, document, changes);
  if (edited !== null) return edited;
  for (const { path, value } of changes) {
    if (value === undefined) document.deleteIn(path);
    else document.setIn(path, value);
  }
  return document.toString({ lineWidth: 80, indentSeq: false, flowCollectionPadding: false });
}

/** In `.dvc` files the path stands behind the hashes. */
function pathLast(entry: Record<string, unknown>): Record<string, unknown> {
  const { path, hash, ...rest } = entry;
  return { ...rest, ...(hash === undefined ? {} : { hash }), path };
}

function entriesOf(value: unknown, file: string): LockEntry[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value))
    throw new CairnError('corrupt', `The entries of ${file} are not a list.`);
  return value.map((entry: unknown) => {
    if (!isRecord(entry) || typeof entry.path !== 'string') {
      throw new CairnError('corrupt', `An entry of ${file} has no path.`);
    }
    const { md5 } = entry;
    return {
      ...entry,
      path: entry.path,
      ...(md5 === undefined ? {} : { md5: String(md5) }),
    } as LockEntry;
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
