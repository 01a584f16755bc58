/**
 * Where the files of a version come from. The source is the client's word, and whoever loads the
 * version runs what lies there: so nothing in this folder's reach is taken but what the run or the
 * model that the version is of has logged itself (CVE-2025-11201, CVE-2026-2033).
 * Addresses of other stores are kept as they are; nothing here ever reads them.
 */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type LoggedModelRecord, readLoggedModel } from '../store/logged-models.ts';
import { readRunRecord } from '../store/logged-runs.ts';
import type { RunRecord } from '../store/runs.ts';
import type { Store } from '../store/store.ts';
import { artifactFolder, modelArtifactFolder } from '../tracking/index.ts';
import { latestVersions, requireModelVersion, versionOfAlias } from './model-versions.ts';
import { checkLength, hasControl, invalid, isLatest, shown } from './names.ts';
import { isPrompt, promptSources } from './prompts.ts';

export interface VersionOrigin {
  readonly source: string;
  /** Where clients fetch the files from. */
  readonly storageLocation: string;
  readonly runId: string | null;
  readonly modelId: string | null;
}

export interface SourcePlaces {
  readonly store: Store;
  /** Absolute folder of the database. */
  readonly storeDir: string;
  /** Absolute path of the workspace. */
  readonly root: string;
}

export interface SourceRequest {
  readonly source: string;
  /** As the client gave them, or null. */
  readonly runId: string | null;
  readonly modelId: string | null;
}

const maxSource = 2048;

/** Addresses of what is kept here; they have no queries. */
const ownSchemes = ['runs', 'models', 'mlflow-artifacts'];

/**
 * @returns what to keep of a version's source, with the run and model that it belongs to filled in
 * @throws CairnError `invalid` for a source that leads away from them, `not-found` for a version that
 *   it names and that is not there
 */
export function resolveSource(places: SourcePlaces, request: SourceRequest): VersionOrigin {
  const { source } = request;
  checkLength('source', source, maxSource);
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(source)?.[1]?.toLowerCase() ?? null;
  // A single letter before the colon is a drive.
  if (scheme === null || scheme === 'file') return localSource(places, request);
  refuseDetours(source, !ownSchemes.includes(scheme));
  switch (scheme) {
    case 'runs':
      return runSource(places, request);
    case 'models':
      return modelSource(places, request);
    case 'mlflow-artifacts':
      return proxiedSource(places, request);
    default:
      if (!/^[^:]+:\//.test(source) || isProxyAddress(source)) throw wrongOwner(source, 'run_id');
      return { ...request, storageLocation: source };
  }
}

/** Prompts have no files; clients name one of these instead. */
export function promptOrigin({ source, runId }: SourceRequest): VersionOrigin {
  if (!promptSources.includes(source)) {
    throw invalid(
      `Invalid prompt source: '${shown(source)}'. Prompt sources must use an MLflow placeholder.`,
    );
  }
  return { source, storageLocation: source, runId, modelId: null };
}

/** The URI under which clients reach the files of a logged model. */
export function modelArtifactUri(model: Pick<LoggedModelRecord, 'id' | 'artifact_root'>): string {
  return model.artifact_root ?? `mlflow-artifacts:/models/${model.id}`;
}

/** A path on this machine: inside what the run or the model logged, every link on the way followed. */
function localSource(places: SourcePlaces, request: SourceRequest): VersionOrigin {
  const { source } = request;
  const { run, model } = owners(places.store, request);
  const roots = [
    run === undefined ? null : runFolder(places, run),
    model === undefined ? null : modelFolder(places, model),
  ];
  const path = localPath(source);
  const real = path === null ? null : realPathOrNull(path);
  const isOwn =
    real !== null &&
    roots.some((root) => {
      const folder = root === null ? null : realPathOrNull(root);
      return folder !== null && isInside(folder, real);
    });
  if (isOwn) return { ...request, storageLocation: source };
  throw invalid(
    `Invalid model version source: '${shown(source)}'. To use a local path as a model version source, the run_id or model_id request parameter has to be specified and the local path has to be contained within the artifact directory of that run or model.`,
  );
}

/** `runs:/<run id>/<path>` */
function runSource({ store }: SourcePlaces, request: SourceRequest): VersionOrigin {
  const { source } = request;
  const id = /^runs:\/([\w-]+)(?:\/[^/].*)?$/i.exec(source)?.[1];
  const isKnown = id !== undefined && readRunRecord(store, id) !== undefined;
  if (!isKnown || (request.runId ?? id) !== id || request.modelId !== null) {
    throw wrongOwner(source, 'run_id');
  }
  return { ...request, runId: id, storageLocation: source };
}

/** `models:/<model id>`, `models:/<name>/<version or stage>`, `models:/<name>@<alias>` */
function modelSource({ store }: SourcePlaces, request: SourceRequest): VersionOrigin {
  const { source } = request;
  const [first = '', second, ...more] = /^models:\/([^/].*)$/i.exec(source)?.[1]?.split('/') ?? [];
  if (first === '' || second === '' || more.length > 0) throw wrongOwner(source, 'model_id');
  const at = first.lastIndexOf('@');
  if (second === undefined && at === -1) return loggedModelSource(store, first, request);
  const name = second === undefined ? first.slice(0, at) : first;
  if (isPrompt(store, name)) {
    throw invalid(
      `Invalid model version source: '${shown(source)}'. Prompt versions cannot be used as model version sources.`,
    );
  }
  const version =
    second === undefined
      ? versionOfAlias(store, name, first.slice(at + 1))
      : versionNamed(store, name, second);
  const isSame =
    (request.runId === null || request.runId === version.run_id) &&
    (request.modelId === null || request.modelId === version.model_id);
  if (!isSame) {
    throw invalid(
      `Invalid model version source: '${shown(source)}'. The run_id and model_id request parameters must match the referenced model version.`,
    );
  }
  return {
    source: `models:/${name}/${version.version}`,
    storageLocation: version.storage_location ?? version.source,
    runId: version.run_id,
    modelId: version.model_id,
  };
}

/** The version of a number, of `latest`, or the newest one of a stage. @throws CairnError */
export function versionNamed(store: Store, name: string, suffix: string) {
  if (/^\d+$/.test(suffix)) return requireModelVersion(store, name, suffix);
  if (isLatest(suffix)) return versionOfAlias(store, name, suffix);
  const [newest] = latestVersions(store, name, [suffix]);
  if (newest !== undefined) return newest;
  throw invalid(`No versions of model with name '${name}' and stage '${shown(suffix)}' found`);
}

function loggedModelSource(store: Store, id: string, request: SourceRequest): VersionOrigin {
  const model = activeModel(store, id);
  if (model === undefined || (request.modelId ?? id) !== id) {
    throw wrongOwner(request.source, 'model_id');
  }
  return {
    source: request.source,
    storageLocation: modelArtifactUri(model),
    runId: request.runId ?? model.source_run_id,
    modelId: id,
  };
}

/** `mlflow-artifacts:/<run id>/<path>` and `mlflow-artifacts:/models/<model id>/<path>` */
function proxiedSource({ store }: SourcePlaces, request: SourceRequest): VersionOrigin {
  const { source } = request;
  const [first = '', second = ''] =
    /^mlflow-artifacts:\/([^/].*)$/i.exec(source)?.[1]?.split('/') ?? [];
  if (first === 'models') {
    const model = activeModel(store, second);
    if (model === undefined || (request.modelId ?? second) !== second) {
      throw wrongOwner(source, 'model_id');
    }
    const runId = request.runId ?? model.source_run_id;
    return { source, storageLocation: source, runId, modelId: second };
  }
  const known = /^[\w-]+$/.test(first) && readRunRecord(store, first) !== undefined;
  if (!known || (request.runId ?? first) !== first) throw wrongOwner(source, 'run_id');
  return { ...request, storageLocation: source, runId: first };
}

function owners(store: Store, { runId, modelId }: SourceRequest) {
  return {
    run: runId === null ? undefined : readRunRecord(store, runId),
    model: modelId === null ? undefined : activeModel(store, modelId),
  };
}

function activeModel(store: Store, id: string): LoggedModelRecord | undefined {
  const model = readLoggedModel(store, id);
  return model?.deleted_at === null ? model : undefined;
}

function runFolder({ storeDir, root }: SourcePlaces, run: RunRecord): string | null {
  return (
    (run.artifact_root === null ? null : fileUrlPath(run.artifact_root)) ??
    artifactFolder(storeDir, root, run)?.path ??
    null
  );
}

function modelFolder({ storeDir }: SourcePlaces, model: LoggedModelRecord): string | null {
  if (model.artifact_root !== null) return fileUrlPath(model.artifact_root);
  return modelArtifactFolder(storeDir, model.id).path;
}

/** An absolute path, or null for what is none. */
function localPath(source: string): string | null {
  if (/^file:/i.test(source)) {
    return /[?#]/.test(source) ? null : fileUrlPath(source);
  }
  return isAbsolute(source) && !hasControl(source) ? source : null;
}

/** The path of a `file:` URL of this machine. */
function fileUrlPath(url: string): string | null {
  if (!/^file:/i.test(url)) return null;
  try {
    return fileURLToPath(url);
  } catch {
    return null;
  }
}

function realPathOrNull(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || !(way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way));
}

/** However often it is decoded, an address leads down only, and says all in its path. */
function refuseDetours(source: string, hasQuery: boolean): void {
  for (const form of decodings(source)) {
    const leaves = form.split(/[/;:?&]/).some((part) => /^\.{1,2}[. ]*$/.test(part.trim()));
    const odd = hasQuery ? /[\\#]/ : /[\\#?]/;
    if (leaves || odd.test(form) || hasControl(form)) throw detour(source);
  }
}

/** The text, and what becomes of it as it is decoded again and again. */
function decodings(text: string): string[] {
  const forms = [text];
  for (let last = text; ; ) {
    // Every escape by itself: one that is none must not hide the others.
    const next = last.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
    if (next === last) return forms;
    forms.push(next);
    last = next;
  }
}

/** An address of somebody's artifact proxy: it may be this one's, and is no way round the checks. */
function isProxyAddress(source: string): boolean {
  return decodings(source).some((form) =>
    /^https?:.*\/mlflow-artifacts(\/|$)/i.test(form.replace(/\/+/g, '/')),
  );
}

function detour(source: string): Error {
  return invalid(
    `Invalid model version source: '${shown(source)}'. A source must be an absolute path or address without relative path references, queries and fragments.`,
  );
}

function wrongOwner(source: string, field: 'run_id' | 'model_id'): Error {
  return invalid(
    `Invalid model version source: '${shown(source)}'. The ${field} request parameter must identify the resource that contains the source.`,
  );
}
