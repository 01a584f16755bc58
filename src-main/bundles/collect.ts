/** What goes into the bundle of a run, where it comes from, and what has to stay out. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import type { HashCache, ObjectStore } from '../cas/index.ts';
import { hashDirectory, hashPath } from '../cas/index.ts';
import type { Omission } from '../contract/bundles.ts';
import type { RunDetail, RunFile } from '../contract/runs.ts';
import type { CodeStore } from '../git/index.ts';
import { type BundleContent, names } from './layout.ts';
import type { ZipEntry } from './zip-writer.ts';

export interface ContentSources {
  /** Absolute root of the workspace. */
  readonly root: string;
  readonly code: CodeStore | null;
  /** Where contents may be kept, best first. */
  readonly objects: readonly ObjectStore[];
  readonly cache: HashCache;
  /** Absolute path of the log of a stage. */
  readonly logPath: (stage: string) => string;
}

/** A file of the bundle, with what it is for. */
export interface Collected {
  readonly entry: ZipEntry;
  readonly role: 'code' | 'input' | 'output' | 'environment' | 'log' | 'record';
  readonly size: number | null;
  /** The input or output it is, or is a part of: what can be left out. */
  readonly tracked?: string;
}

export interface Collection {
  readonly files: Collected[];
  readonly inputs: BundleContent[];
  readonly outputs: BundleContent[];
  readonly omitted: Omission[];
}

/** @param leaveOut paths of inputs and outputs that the user does not want to send */
export async function collect(
  run: RunDetail,
  sources: ContentSources,
  leaveOut: ReadonlySet<string>,
): Promise<Collection> {
  const collection: Collection = { files: [], inputs: [], outputs: [], omitted: [] };
  const code = collectCode(run, sources, collection);
  const outputs = uniqueByPath(run.files.filter((file) => file.role !== 'dep'));
  const inputs = uniqueByPath(run.files.filter((file) => file.role === 'dep')).filter(
    (file) =>
      !outputs.some((out) => file.path === out.path || file.path.startsWith(`${out.path}/`)),
  );
  for (const file of inputs) {
    // What the snapshot holds is there already.
    const included =
      code.has(file.path) ||
      (await place(file, names.project, 'input', sources, collection, leaveOut));
    collection.inputs.push(toContent(file, included));
  }
  for (const file of outputs) {
    const included = await place(file, names.outputs, 'output', sources, collection, leaveOut);
    collection.outputs.push(toContent(file, included));
  }
  for (const execution of run.executions) {
    const path = sources.logPath(execution.stage);
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat === undefined) continue;
    const name = `${names.logs}${execution.stage === '' ? 'command' : execution.stage.replace(/[^\w.@-]/g, '_')}.log`;
    collection.files.push({
      entry: { name, source: { file: path } },
      role: 'log',
      size: stat.size,
    });
  }
  return collection;
}

/** The files of the snapshot, under `project/`. @returns their paths in the workspace */
function collectCode(run: RunDetail, sources: ContentSources, collection: Collection): Set<string> {
  const paths = new Set<string>();
  if (run.snapshot === null || sources.code === null) {
    collection.omitted.push({
      path: '(code)',
      size: null,
      reason: 'the run has no snapshot of the code',
    });
    return paths;
  }
  for (const [path, { oid, mode }] of sources.code.listTree(run.snapshot)) {
    if (mode === '160000' || mode === '120000') {
      const what = mode === '160000' ? 'a Git submodule' : 'a symbolic link';
      collection.omitted.push({ path, size: null, reason: `${what} is not put into bundles` });
      continue;
    }
    const bytes = sources.code.readObject(oid);
    const entry = { name: names.project + path, source: { bytes }, executable: mode === '100755' };
    collection.files.push({ entry, role: 'code', size: bytes.length });
    paths.add(path);
  }
  for (const file of run.largeFiles) {
    collection.omitted.push({
      path: file.path,
      size: file.size,
      reason: 'too large for the snapshot of the code; track it with DVC, or declare it as a dep',
    });
  }
  return paths;
}

/** Adds a file or directory, or says why not. @returns whether all of it is in the bundle */
async function place(
  file: RunFile,
  prefix: string,
  role: Collected['role'],
  sources: ContentSources,
  collection: Collection,
  leaveOut: ReadonlySet<string>,
): Promise<boolean> {
  const omit = (reason: string) => {
    collection.omitted.push({ path: file.path, size: file.size, reason });
    return false;
  };
  if (leaveOut.has(file.path)) return omit('left out on request');
  if (file.hash === null) return omit('its content was not recorded');
  const found = await locate(file.path, file.hash, sources);
  if (found === null) {
    return omit(
      'its content is not in the cache any more, and the file in the folder is another by now',
    );
  }
  for (const part of found) {
    const name = prefix + (part.path === '' ? file.path : `${file.path}/${part.path}`);
    const size = statSync(part.absolute).size;
    const entry = { name, source: { file: part.absolute } };
    collection.files.push({ entry, role, size, tracked: file.path });
  }
  return true;
}

interface Part {
  /** Relative to the directory; empty for a file. */
  readonly path: string;
  readonly absolute: string;
}

/** The content with this hash: from a cache, or from the workspace while it is still the same. */
async function locate(path: string, hash: string, sources: ContentSources): Promise<Part[] | null> {
  for (const objects of sources.objects) {
    const parts = await fromObjects(hash, objects);
    if (parts !== null) return parts;
  }
  const absolute = join(sources.root, path);
  const now = await hashPath(absolute, { cache: sources.cache });
  if (now?.hash !== hash) return null;
  if (now.files === null) return [{ path: '', absolute }];
  const { entries } = await hashDirectory(absolute, { cache: sources.cache });
  return entries.map((entry) => ({ path: entry.path, absolute: join(absolute, entry.path) }));
}

async function fromObjects(hash: string, objects: ObjectStore): Promise<Part[] | null> {
  if (!hash.endsWith('.dir')) {
    const absolute = objects.path(hash);
    return absolute === null ? null : [{ path: '', absolute }];
  }
  const entries = await objects.readManifest(hash);
  if (entries === null) return null;
  const parts = entries.map((entry) => ({ path: entry.path, absolute: objects.path(entry.hash) }));
  return parts.every((part): part is Part => part.absolute !== null) ? parts : null;
}

function uniqueByPath(files: readonly RunFile[]): RunFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function toContent(file: RunFile, included: boolean): BundleContent {
  const { path, hash, size, files, role, stage } = file;
  return { path, hash, size, files, role, stage, included };
}
