/** What one side says of params, metrics and data. */
import { readFile, stat } from 'node:fs/promises';
import { BundleView } from '../../bundles/index.ts';
import type { TrackedFile } from '../../contract/common.ts';
import type { Side } from '../../contract/diff.ts';
import type { RunFile } from '../../contract/runs.ts';
import { contentPath } from './contents.ts';
import type { DiffSession } from './context.ts';
import { metricsOf, outsOf, type ParamValue, paramsOf } from './file-state.ts';
import { mergeStates } from './groups.ts';
import { bundleFiles, type SideFiles, sideFiles } from './side-files.ts';
import { decodeText } from './text.ts';

export interface SideState {
  readonly params: readonly ParamValue[];
  /** Null for what is no number; NaN and infinities are. */
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
  if (side.bundle !== undefined) return await stateOfBundle(side.bundle, whole);
  if (side.runId === null) {
    const files = sideFiles(session, side);
    return files === null ? emptyState : await stateOfFiles(session, files);
  }
  if (side.runIds !== undefined) {
    const members = side.runIds.map((id) => stateOfRun(session, id, false, null));
    const newest = stateOfRun(session, side.runId, whole, null);
    return mergeStates(await withLock(session, side, newest, whole), members);
  }
  const files = whole ? sideFiles(session, side) : null;
  const unused = files === null ? null : await paramsOf(files);
  return await withLock(session, side, stateOfRun(session, side.runId, whole, unused), whole);
}

/** Nobody recorded what another tool's run read and wrote, but its commit has the lock. */
async function withLock(
  session: DiffSession,
  side: Side,
  state: SideState,
  whole: boolean,
): Promise<SideState> {
  // The commit that it began from has the lock of the run before.
  const run = side.runId === null ? null : session.tracking.commits(side.runId);
  const hasOwn = run?.isImported === true && run.snapshot !== null;
  const files = hasOwn ? sideFiles(session, side) : null;
  if (files === null) return state;
  const made = await outsOf(files);
  const kept = [...made].filter(([path]) => !whole || !files.isCode(path));
  const outputs = new Set([...made.keys(), ...state.outputs]);
  return { ...state, data: new Map([...kept, ...state.data]), outputs };
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
  return {
    params: joined(tracking.params(runId), unused),
    metrics: new Map(run.metrics.map((metric) => [metric.key, metric.last ?? Number.NaN])),
    ...contentsOf(run.files, (path) => tree?.has(path) === true, whole),
  };
}

/** A bundle is its run: compared with another run, by what that used. */
async function stateOfBundle(path: string, whole: boolean): Promise<SideState> {
  using bundle = await BundleView.open(path);
  const { params, inputs, outputs } = bundle.record;
  const metrics = await bundle.metrics();
  const files = bundleFiles(bundle);
  return {
    params: joined(params, whole ? await paramsOf(files) : null),
    metrics,
    ...contentsOf([...inputs, ...outputs], files.isCode, whole),
  };
}

/** The params that were used, and those of the same files that were not. */
function joined(
  used: readonly ParamValue[],
  unused: readonly ParamValue[] | null,
): readonly ParamValue[] {
  const known = new Set(used.map(paramKey));
  return [...used, ...(unused ?? []).filter((param) => !known.has(paramKey(param)))];
}

/** What went in and came out of a run. */
function contentsOf(
  files: readonly (TrackedFile & { readonly role: RunFile['role'] })[],
  isCode: (path: string) => boolean,
  whole: boolean,
): Pick<SideState, 'data' | 'inputs' | 'outputs'> {
  const data = new Map<string, TrackedFile>();
  const inputs = new Set<string>();
  const outputs = new Set<string>();
  // Outputs last: what a stage wrote is newer than what another read under the same name.
  const ordered = files.toSorted((a, b) => Number(a.role !== 'dep') - Number(b.role !== 'dep'));
  for (const { path, hash, size, files: count, role } of ordered) {
    if (role !== 'dep') outputs.add(path);
    // Between two runs, what they wrote is compared as it came out.
    if (isCode(path) && (whole || role === 'dep')) continue;
    data.set(path, { path, hash, size, files: count });
    if (role === 'dep') inputs.add(path);
    else inputs.delete(path);
  }
  return { data, inputs, outputs };
}

export function paramKey({ file, key }: { file: string; key: string }): string {
  return `${file}\n${key}`;
}

async function stateOfFiles(session: DiffSession, files: SideFiles): Promise<SideState> {
  const data = new Map([...(await outsOf(files))].filter(([path]) => !files.isCode(path)));
  return {
    params: await paramsOf(files),
    metrics: await metricsOf(files, (path) => cachedText(session, data.get(path))),
    data,
    outputs: new Set(),
    inputs: new Set(),
  };
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
