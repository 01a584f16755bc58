/** What one side says of params, metrics and data. */
import { readFile, stat } from 'node:fs/promises';
import { CairnError } from '../../base/errors.ts';
import type { TrackedFile } from '../../contract/common.ts';
import type { Side } from '../../contract/diff.ts';
import { flattenParams, parseParams, readMetricsFile } from '../../pipelines/index.ts';
import { parseOuts, parsePipelineFile, resolvePath } from '../../workspace/index.ts';
import { contentPath } from './contents.ts';
import type { DiffSession } from './context.ts';
import { mergeStates } from './groups.ts';
import { type SideFiles, sideFiles } from './side-files.ts';
import { decodeText } from './text.ts';

export interface ParamValue {
  /** Empty for one that a script logged. */
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

export interface SideState {
  readonly params: readonly ParamValue[];
  /** Null for a value that is no finite number. */
  readonly metrics: ReadonlyMap<string, number | null>;
  /** By path. Files that Git keeps are code and not among them, unless a run wrote them. */
  readonly data: ReadonlyMap<string, TrackedFile>;
  /** Paths that a run wrote: its snapshot, taken before, still has what was there until then. */
  readonly outputs: ReadonlySet<string>;
  /** Paths that went into a run without being anyone's output; only runs know. */
  readonly inputs: ReadonlySet<string>;
}

/** Metrics files are small; what is larger is something else. */
const maxMetricsBytes = 1 << 20;

/**
 * Reads one side.
 * @param whole for a run, adds the params of its params files that no stage used, to compare it
 *   with a commit or the workspace, which have them all
 */
export async function readState(
  session: DiffSession,
  side: Side,
  whole: boolean,
): Promise<SideState> {
  if (side.runId === null) {
    const files = sideFiles(session, side);
    return files === null ? emptyState : await stateOfFiles(session, files);
  }
  if (side.runIds !== undefined) {
    const members = side.runIds.map((id) => stateOfRun(session, id, false, null));
    return mergeStates(stateOfRun(session, side.runId, whole, null), members);
  }
  const files = whole || isImported(session, side.runId) ? sideFiles(session, side) : null;
  const unused = whole && files !== null ? await paramsOf(files) : null;
  const state = stateOfRun(session, side.runId, whole, unused);
  if (files === null || !isImported(session, side.runId)) return state;
  // Nobody recorded what another tool's run read and wrote, but its commit has the lock.
  const made = await outsOf(files);
  const kept = [...made].filter(([path]) => !whole || !files.isCode(path));
  const outputs = new Set([...made.keys(), ...state.outputs]);
  return { ...state, data: new Map([...kept, ...state.data]), outputs };
}

function isImported({ tracking }: DiffSession, runId: string): boolean {
  return tracking.get(runId).kind === 'imported';
}

const emptyState: SideState = {
  params: [],
  metrics: new Map(),
  data: new Map(),
  outputs: new Set(),
  inputs: new Set(),
};

function stateOfRun(
  session: DiffSession,
  runId: string,
  whole: boolean,
  unused: readonly ParamValue[] | null,
): SideState {
  const { tracking, code } = session;
  const run = tracking.get(runId);
  const recorded = run.kind === 'imported' ? null : run.snapshot;
  const tree = recorded === null ? undefined : code?.listTree(recorded);
  const data = new Map<string, TrackedFile>();
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  // Outputs last: what a stage wrote is newer than what another read under the same name.
  const files = run.files.toSorted((a, b) => Number(a.role !== 'dep') - Number(b.role !== 'dep'));
  for (const { path, hash, size, files: count, role } of files) {
    if (role !== 'dep') outputs.add(path);
    // Between two runs, what they wrote is compared as it came out.
    if (tree?.has(path) && (whole || role === 'dep')) continue;
    data.set(path, { path, hash, size, files: count });
    if (role === 'dep') inputs.add(path);
    else inputs.delete(path);
  }
  const used = tracking.params(runId);
  const known = new Set(used.map(paramKey));
  return {
    params: [...used, ...(unused ?? []).filter((param) => !known.has(paramKey(param)))],
    metrics: new Map(run.metrics.map((metric) => [metric.key, metric.last])),
    data,
    outputs,
    inputs,
  };
}

export function paramKey({ file, key }: { file: string; key: string }): string {
  return `${file}\n${key}`;
}

async function stateOfFiles(session: DiffSession, files: SideFiles): Promise<SideState> {
  const data = new Map([...(await outsOf(files))].filter(([path]) => !files.isCode(path)));
  return {
    params: await paramsOf(files),
    metrics: await metricsOf(session, files, data),
    data,
    outputs: new Set(),
    inputs: new Set(),
  };
}

/** What dvc.lock and .dvc files say that there is. */
async function outsOf(files: SideFiles): Promise<Map<string, TrackedFile>> {
  const data = new Map<string, TrackedFile>();
  for (const file of files.pipelineFiles) {
    if (file.endsWith('dvc.yaml')) continue;
    const text = await files.text(file);
    if (text === null) continue;
    const outline = await files.text(file.replace(/dvc\.lock$/, 'dvc.yaml'));
    const { wdirs } = parsePipelineFile(file, file.endsWith('dvc.lock') ? (outline ?? '') : '');
    for (const out of parseOuts(file, text, wdirs)) {
      data.set(out.path, { ...out });
    }
  }
  return data;
}

/** Files that dvc.yaml and dvc.lock name, relative to the root. */
async function namedFiles(files: SideFiles, kind: 'params' | 'metrics'): Promise<Set<string>> {
  const named = new Set<string>();
  for (const file of files.pipelineFiles) {
    if (file.endsWith('.dvc')) continue;
    const text = await files.text(file);
    for (const { wdir, path } of text === null ? [] : parsePipelineFile(file, text)[kind]) {
      named.add(resolvePath(file, wdir, path));
    }
  }
  for (const extension of ['yaml', 'yml', 'json', 'toml']) named.add(`${kind}.${extension}`);
  return named;
}

async function paramsOf(files: SideFiles): Promise<ParamValue[]> {
  const params: ParamValue[] = [];
  for (const file of await namedFiles(files, 'params')) {
    const text = await files.text(file);
    const values = text === null ? null : readable(() => parseParams(text, file).values);
    if (values === null) continue;
    for (const param of flattenParams(values)) params.push({ file, ...param });
  }
  return params;
}

async function metricsOf(
  session: DiffSession,
  files: SideFiles,
  data: ReadonlyMap<string, TrackedFile>,
): Promise<Map<string, number | null>> {
  const metrics = new Map<string, number | null>();
  for (const file of await namedFiles(files, 'metrics')) {
    if (!/\.(json|ya?ml|toml)$/i.test(file)) continue;
    const text = (await files.text(file)) ?? (await cachedText(session, data.get(file)));
    const values = text === null ? null : readable(() => readMetricsFile(text, file));
    for (const { key, value } of values ?? []) {
      // A run knows its metrics by key alone; where two files have the same key, the first has it.
      const name = metrics.has(key) ? `${file}:${key}` : key;
      metrics.set(name, Number.isFinite(value) ? value : null);
    }
  }
  return metrics;
}

/** Null for a file that is not what it says: the rest of the comparison is worth having. */
function readable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof CairnError) return null;
    throw error;
  }
}

/** The text of a small file whose content lies in the object cache. */
async function cachedText(
  session: DiffSession,
  tracked: TrackedFile | undefined,
): Promise<string | null> {
  const path = tracked?.hash ? contentPath(session, tracked.hash) : null;
  if (path === null || (await stat(path)).size > maxMetricsBytes) return null;
  return decodeText(await readFile(path));
}
