/** What goes into the bundle of a run, where it comes from, and what has to stay out. */
import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Work } from '../base/progress.ts';
import type { Omission } from '../contract/bundles.ts';
import type { RunDetail, RunFile } from '../contract/runs.ts';
import type { CodeStore } from '../git/index.ts';
import { isSafeName, namesCollide } from './entry-name.ts';
import { type BundleContent, names } from './layout.ts';
import { type ContentPlaces, locate } from './locate.ts';
import { Snapshot } from './snapshot.ts';
import type { ZipEntry } from './zip-writer.ts';

export interface ContentSources extends ContentPlaces {
  readonly code: CodeStore | null;
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

/** What stays out, with what it would have been in the bundle. */
export interface Missing extends Omission {
  readonly role: Collected['role'];
}

export interface Collection {
  readonly files: readonly Collected[];
  readonly inputs: readonly BundleContent[];
  readonly outputs: readonly BundleContent[];
  readonly omitted: readonly Missing[];
}

/** @param leaveOut paths of inputs and outputs that the user does not want to send */
export async function collect(
  run: RunDetail,
  sources: ContentSources,
  leaveOut: ReadonlySet<string>,
  work: Work = {},
): Promise<Collection> {
  const outputs = uniqueByPath(run.files.filter((file) => file.role !== 'dep'));
  const inputs = uniqueByPath(run.files.filter((file) => file.role === 'dep')).filter(
    (file) =>
      !outputs.some((out) => file.path === out.path || file.path.startsWith(`${out.path}/`)),
  );
  const collector = new Collector(sources, leaveOut, work);
  const snapshot = collector.addCode(run);
  const contents = { inputs: [] as BundleContent[], outputs: [] as BundleContent[] };
  for (const file of inputs) {
    // What the snapshot holds is there already.
    const code = file.hash !== null && snapshot?.holds(file.path, file.hash) === true;
    const there = code || (await collector.addTracked(file, names.project, 'input'));
    contents.inputs.push({ ...toContent(file, there), ...(code && { code }) });
  }
  for (const file of outputs) {
    const there = await collector.addTracked(file, names.outputs, 'output');
    contents.outputs.push(toContent(file, there));
  }
  for (const { stage } of run.executions) collector.addLog(stage);
  return { ...contents, files: [...collector.files.values()], omitted: collector.omitted };
}

class Collector {
  /** By name in the bundle. */
  readonly files = new Map<string, Collected>();
  readonly omitted: Missing[] = [];
  readonly #sources: ContentSources;
  readonly #leaveOut: ReadonlySet<string>;
  readonly #work: Work;
  readonly #folded = new Map<string, string>();

  constructor(sources: ContentSources, leaveOut: ReadonlySet<string>, work: Work) {
    this.#sources = sources;
    this.#leaveOut = leaveOut;
    this.#work = work;
  }

  /** The files of the snapshot, under `project/`. */
  addCode(run: RunDetail): Snapshot | null {
    const { code } = this.#sources;
    for (const { path, size } of run.largeFiles) {
      const reason =
        'too large for the snapshot of the code; track it with DVC, or declare it as a dep';
      this.omitted.push({ path, size, reason, role: 'code' });
    }
    if (run.snapshot === null || code === null) {
      const reason = 'the run has no snapshot of the code';
      this.omitted.push({ path: '(code)', size: null, reason, role: 'code' });
      return null;
    }
    const snapshot = new Snapshot(code, run.snapshot);
    for (const [path, { oid, mode }] of snapshot.files) {
      this.#work.signal?.throwIfAborted();
      if (mode === '160000' || mode === '120000') {
        const what = mode === '160000' ? 'a Git submodule' : 'a symbolic link';
        const reason = `${what} is not put into bundles`;
        this.omitted.push({ path, size: null, reason, role: 'code' });
        continue;
      }
      // Read again when it is written: all of the code at once may not fit into memory.
      const source = { read: () => code.readObject(oid) };
      const entry = { name: names.project + path, source, executable: mode === '100755' };
      const size = code.readObject(oid).length;
      const problem = this.#add({ entry, role: 'code', size });
      if (problem !== null) this.omitted.push({ path, size, reason: problem, role: 'code' });
    }
    return snapshot;
  }

  /** Adds a file or directory, or says why not. @returns whether all of it is in the bundle */
  async addTracked(file: RunFile, prefix: string, role: Collected['role']): Promise<boolean> {
    this.#work.signal?.throwIfAborted();
    const { path, hash, size } = file;
    const omit = (reason: string, what = path) => {
      this.omitted.push({ path: what, size: what === path ? size : null, reason, role });
      return false;
    };
    if (this.#leaveOut.has(path)) return omit('left out on request');
    if (hash === null) return omit('its content was not recorded');
    const parts = await locate(path, hash, this.#sources, this.#work);
    if (parts === null) {
      return omit(
        'its content is not in the cache any more, and the file in the folder is another by now',
      );
    }
    let whole = true;
    for (const part of parts) {
      const inside = part.path === '' ? path : `${path}/${part.path}`;
      const entry = { name: prefix + inside, source: { file: part.absolute } };
      const problem = this.#add({ entry, role, size: statSync(part.absolute).size, tracked: path });
      if (problem !== null) whole = omit(problem, inside);
    }
    return whole;
  }

  addLog(stage: string): void {
    const path = this.#sources.logPath(stage);
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return;
    const entry = { name: names.logs + basename(path), source: { file: path } };
    this.#add({ entry, role: 'log', size });
  }

  /** @returns why it cannot be in a bundle, or null */
  #add(file: Collected): string | null {
    const { name } = file.entry;
    // A directory that went in holds files of the code, and directories may overlap.
    if (this.files.has(name)) return null;
    if (!isSafeName(name)) return 'its name cannot be used on every system';
    const other = namesCollide(this.#folded, name);
    if (other !== null) {
      const twin = other.slice(other.indexOf('/') + 1);
      return `some systems cannot tell its name from that of ${twin}`;
    }
    this.files.set(name, file);
    return null;
  }
}

function uniqueByPath(files: readonly RunFile[]): RunFile[] {
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function toContent(file: RunFile, included: boolean): BundleContent {
  const { path, hash, size, files, role, stage } = file;
  return { path, hash, size, files, role, stage, included };
}
