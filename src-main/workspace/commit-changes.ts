/**
 * What a commit changed in data, params and metrics, against its first parent. Only files whose ids
 * differ between the two trees are read.
 */
import type { Repository, TreeChange } from '../git/index.ts';
import type { CommitChangeRecord } from '../store/timeline.ts';
import {
  type DataOut,
  isPipelineFile,
  type PipelineFile,
  parseOuts,
  parsePipelineFile,
  resolvePath,
} from './pipeline-files.ts';
import { flattenValues, isValueFile } from './value-files.ts';

export type CommitChange = Omit<CommitChangeRecord, 'oid'>;

const conventionalParams = /(?:^|\/)params\.(?:ya?ml|json|toml)$/;
const conventionalMetrics = /(?:^|\/)metrics\.(?:ya?ml|json|toml)$/;
/** More says nothing to a reader of the timeline. */
const mostChanges = 500;
const longestValue = 1000;
const mostRemembered = 5000;

/** Params and metrics files that the pipeline files of a tree name. */
interface Named {
  readonly params: ReadonlySet<string>;
  readonly metrics: ReadonlySet<string>;
}

export class CommitExaminer {
  readonly #repository: Repository;
  /** Paths of pipeline files below a tree: neighbouring commits share most trees. */
  readonly #pipelineFiles = new Map<string, readonly string[]>();
  readonly #parsed = new Map<string, PipelineFile>();

  constructor(repository: Repository) {
    this.#repository = repository;
  }

  /** @throws CairnError `corrupt` where an object is missing */
  examine(oid: string): CommitChange[] {
    const repository = this.#repository;
    const { parents } = repository.readCommit(oid);
    const now = repository.treeOf(oid);
    const before = parents[0] === undefined ? null : repository.treeOf(parents[0]);
    const changed = repository
      .changedPaths(before, now)
      .filter((change) => isPipelineFile(change.path) || isValueFile(change.path));
    if (changed.length === 0) return [];
    const named = this.#named(now);
    const namedBefore = this.#named(before);
    const isParams = (path: string): boolean =>
      conventionalParams.test(path) || named.params.has(path) || namedBefore.params.has(path);
    const isMetrics = (path: string): boolean =>
      named.metrics.has(path) || namedBefore.metrics.has(path) || conventionalMetrics.test(path);
    return [
      ...this.#dataChanges(changed, before, now),
      ...changed
        .filter((change) => isValueFile(change.path))
        .flatMap((change) => {
          if (isMetrics(change.path)) return this.#valueChanges(change, 'metric');
          return isParams(change.path) ? this.#valueChanges(change, 'param') : [];
        }),
    ];
  }

  #dataChanges(
    changed: readonly TreeChange[],
    before: string | null,
    now: string | null,
  ): CommitChange[] {
    const old = new Map<string, DataOut>();
    const fresh = new Map<string, DataOut>();
    for (const { path, oldOid, newOid } of changed) {
      for (const out of this.#outs(path, oldOid, before)) old.set(out.path, out);
      for (const out of this.#outs(path, newOid, now)) fresh.set(out.path, out);
    }
    const paths = [...new Set([...old.keys(), ...fresh.keys()])].sort();
    return paths
      .map((path) => ({ path, a: old.get(path), b: fresh.get(path) }))
      .filter(({ a, b }) => a?.hash !== b?.hash)
      .slice(0, mostChanges)
      .map(({ path, a, b }) => ({
        kind: 'data' as const,
        path,
        key: '',
        before: a?.hash ?? null,
        after: b?.hash ?? null,
        size_before: a?.size ?? null,
        size_after: b?.size ?? null,
        files: b === undefined ? (a?.files ?? null) : b.files,
      }));
  }

  /** Outputs that Git itself keeps (`cache: false`) are code or metrics, not data. */
  #outs(file: string, oid: string | null, tree: string | null): DataOut[] {
    if (oid === null || tree === null) return [];
    const isLock = file.endsWith('dvc.lock');
    if (!isLock && !file.endsWith('.dvc')) return [];
    const yamlFile = file.replace(/dvc\.lock$/, 'dvc.yaml');
    const { wdirs } = isLock ? this.#pipelineFile(tree, yamlFile) : { wdirs: new Map() };
    return parseOuts(file, this.#text(oid), wdirs).filter(
      (out) => this.#repository.entryAt(tree, out.path) === null,
    );
  }

  #valueChanges(change: TreeChange, kind: 'param' | 'metric'): CommitChange[] {
    const values = (oid: string | null) =>
      oid === null
        ? new Map<string, string>()
        : flattenValues(change.path, this.#text(oid), kind === 'metric');
    const old = values(change.oldOid);
    const fresh = values(change.newOid);
    const keys = [...new Set([...old.keys(), ...fresh.keys()])];
    return keys
      .filter((key) => old.get(key) !== fresh.get(key))
      .slice(0, mostChanges)
      .map((key) => ({
        kind,
        path: change.path,
        key,
        before: shorten(old.get(key)),
        after: shorten(fresh.get(key)),
        size_before: null,
        size_after: null,
        files: null,
      }));
  }

  #named(tree: string | null): Named {
    const params = new Set<string>();
    const metrics = new Set<string>();
    for (const path of tree === null ? [] : this.#findPipelineFiles(tree, 0)) {
      const file = this.#pipelineFile(tree as string, path);
      for (const { wdir, path: below } of file.params) {
        params.add(resolvePath(path, wdir, below));
      }
      for (const { wdir, path: below } of file.metrics) {
        metrics.add(resolvePath(path, wdir, below));
      }
    }
    return { params, metrics };
  }

  /** `dvc.yaml` and `dvc.lock` at any depth, relative to the tree. */
  #findPipelineFiles(tree: string, depth: number): readonly string[] {
    const known = this.#pipelineFiles.get(tree);
    if (known !== undefined) return known;
    const found: string[] = [];
    for (const { name, mode, oid } of this.#repository.treeEntries(tree)) {
      if (mode === '40000' && depth < 20) {
        for (const path of this.#findPipelineFiles(oid, depth + 1)) found.push(`${name}/${path}`);
      } else if (name === 'dvc.yaml' || name === 'dvc.lock') {
        found.push(name);
      }
    }
    remember(this.#pipelineFiles, tree, found);
    return found;
  }

  #pipelineFile(tree: string, path: string): PipelineFile {
    const entry = this.#repository.entryAt(tree, path);
    if (entry === null || !entry.mode.startsWith('100')) return parsePipelineFile(path, '');
    const key = `${path} ${entry.oid}`;
    const known = this.#parsed.get(key);
    if (known !== undefined) return known;
    const parsed = parsePipelineFile(path, this.#text(entry.oid));
    remember(this.#parsed, key, parsed);
    return parsed;
  }

  #text(oid: string): string {
    return new TextDecoder().decode(this.#repository.readObject(oid));
  }
}

function shorten(value: string | undefined): string | null {
  if (value === undefined) return null;
  return value.length > longestValue ? `${value.slice(0, longestValue)}…` : value;
}

/** The oldest make room. */
function remember<V>(map: Map<string, V>, key: string, value: V): void {
  map.set(key, value);
  if (map.size <= mostRemembered) return;
  const oldest = map.keys().next().value;
  if (oldest !== undefined) map.delete(oldest);
}
