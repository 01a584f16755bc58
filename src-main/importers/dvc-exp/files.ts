/** Params, metrics and curves in the tree of an experiment, and what it changed of its baseline's. */
import { CairnError } from '../../base/errors.ts';
import { parseYaml } from '../../formats/yaml.ts';
import type { Repository } from '../../git/index.ts';
import { flattenParams, parseParams, readMetricsFile } from '../../pipelines/index.ts';
import { PointColumns } from '../points.ts';
import { folderOf, pointsOf } from '../text-files.ts';
import type { ImportedSeries, ImportedStage } from '../types.ts';
import { stagesOf } from './stages.ts';

export type Experiments = Pick<
  Repository,
  | 'experimentRefs'
  | 'refLog'
  | 'readCommit'
  | 'readBlob'
  | 'readObject'
  | 'treeOf'
  | 'listTree'
  | 'changedPaths'
>;

interface Param {
  readonly file: string;
  readonly key: string;
  readonly value: string;
}

export interface ExperimentContent {
  readonly params: readonly Param[];
  /** Paths of files that differ from the baseline's. */
  readonly files: readonly string[];
  /** Params that differ from those of the baseline. */
  readonly changed: readonly Param[];
  readonly stages: readonly ImportedStage[];
  /** Metrics as one point each, DVCLive's as curves. `at` stands where nothing says the time. */
  series(at: number): ImportedSeries[];
}

/** By path: the blob in a tree. */
type Blobs = ReadonlyMap<string, string>;

const telling =
  /(?:^|\/)(?:dvc\.(?:yaml|lock)|[^/]+\.(?:ya?ml|json|toml|py))$|\/plots\/metrics\/.+\.tsv$/;
const curve = /(?:^|\/)plots\/metrics\/(.+)\.tsv$/;
const isDvclive = /(?:^|\/)dvclive\/metrics\.json$/;
const largestFile = 32 << 20;

export class ExperimentFiles {
  readonly #repository: Experiments;
  readonly #baselines = new Map<string, { tree: string | null; blobs: Blobs }>();

  constructor(repository: Experiments) {
    this.#repository = repository;
  }

  /** @throws CairnError `corrupt` where an object is missing or damaged */
  read(commit: string, baseline: string): ExperimentContent {
    const before = this.#baseline(baseline);
    const blobs = new Map(before.blobs);
    const tree = this.#repository.treeOf(commit);
    const files: string[] = [];
    for (const { path, newOid } of this.#repository.changedPaths(before.tree, tree)) {
      files.push(path);
      if (newOid === null) blobs.delete(path);
      else if (telling.test(path)) blobs.set(path, newOid);
    }
    const declared = this.#declared(blobs);
    const params = this.#params(blobs, declared.params);
    const old = new Map(
      this.#params(before.blobs, declared.params).map((one) => [
        `${one.file}:${one.key}`,
        one.value,
      ]),
    );
    return {
      params,
      files: files.sort(),
      changed: params.filter((one) => old.get(`${one.file}:${one.key}`) !== one.value),
      stages: stagesOf(
        [...blobs.keys()].filter((path) => /(?:^|\/)dvc\.lock$/.test(path)),
        (path) => this.#text(blobs.get(path)),
        (path) => this.#text(before.blobs.get(path)),
      ),
      series: (at) => this.#series(blobs, declared.metrics, at),
    };
  }

  /** The baseline's files are listed once; of an experiment only what differs. */
  #baseline(commit: string): { tree: string | null; blobs: Blobs } {
    const known = this.#baselines.get(commit);
    if (known !== undefined) return known;
    const made = this.#listBaseline(commit);
    this.#baselines.set(commit, made);
    return made;
  }

  #listBaseline(commit: string): { tree: string | null; blobs: Blobs } {
    try {
      const tree = this.#repository.treeOf(commit);
      if (tree === null) return { tree, blobs: new Map() };
      const blobs = [...this.#repository.listTree(commit)]
        .filter(([path, { mode }]) => telling.test(path) && mode !== '120000' && mode !== '160000')
        .map(([path, { oid }]) => [path, oid] as const);
      return { tree, blobs: new Map(blobs) };
    } catch (error) {
      // A shallow clone has experiments whose baseline it has not.
      if (error instanceof CairnError) return { tree: null, blobs: new Map() };
      throw error;
    }
  }

  /** The files that dvc.yaml and dvc.lock name; templates in dvc.yaml are resolved in dvc.lock. */
  #declared(blobs: Blobs): { params: Set<string>; metrics: Set<string> } {
    const params = new Set(['params.yaml']);
    const metrics = new Set<string>();
    for (const [path, oid] of blobs) {
      if (!/(?:^|\/)dvc\.(?:yaml|lock)$/.test(path)) continue;
      const folder = folderOf(path);
      const file = recordOf(this.#yaml(oid, path));
      for (const name of namesOf(file.params)) params.add(joined(folder, '', name));
      for (const name of namesOf(file.metrics)) metrics.add(joined(folder, '', name));
      for (const [name, one] of Object.entries(recordOf(file.stages))) {
        const stage = recordOf(one);
        const directory = this.#directoryOf(blobs, folder, name);
        for (const key of Object.keys(recordOf(stage.params))) {
          params.add(joined(folder, directory, key));
        }
        for (const key of namesOf(stage.metrics)) metrics.add(joined(folder, directory, key));
        // Of what a lock lists, only metrics and plots are in Git, and plots hold no single numbers.
        for (const key of path.endsWith('.lock') ? namesOf(stage.outs) : []) {
          metrics.add(joined(folder, directory, key));
        }
      }
    }
    return { params, metrics };
  }

  /** A stage's working directory, which only dvc.yaml names; `train@1` is of the stage `train`. */
  #directoryOf(blobs: Blobs, folder: string, stage: string): string {
    const path = folder === '' ? 'dvc.yaml' : `${folder}/dvc.yaml`;
    const oid = blobs.get(path);
    if (oid === undefined) return '';
    const stages = recordOf(recordOf(this.#yaml(oid, path)).stages);
    const found = recordOf(stages[stage] ?? stages[stage.split('@')[0] as string]);
    const { wdir } = { ...recordOf(found.do), ...found };
    return typeof wdir === 'string' && !wdir.includes('${') ? wdir : '';
  }

  #params(blobs: Blobs, files: ReadonlySet<string>): Param[] {
    return [...files].flatMap((file) => {
      const text = this.#text(blobs.get(file));
      if (text === null) return [];
      try {
        return flattenParams(parseParams(text, file).values).map((one) => ({ file, ...one }));
      } catch {
        return [];
      }
    });
  }

  #series(blobs: Blobs, metrics: ReadonlySet<string>, at: number): ImportedSeries[] {
    const curves = [...blobs].flatMap(([path, oid]) => {
      const key = curve.exec(path)?.[1];
      const text = key === undefined ? null : this.#text(oid);
      if (key === undefined || text === null) return [];
      const own = (column: string) => column === key || key.endsWith(`/${column}`);
      return pointsOf(text, path, at, { keyOf: (column) => (own(column) ? key : null) }).series;
    });
    const taken = new Set(curves.map(({ key }) => key));
    const columns = new PointColumns();
    for (const file of metrics) {
      for (const { key, value } of this.#metrics(blobs.get(file), file)) {
        // DVCLive nests what has slashes in its name, and its file has the last of each curve.
        const curve = key.replaceAll('.', '/');
        const name = isDvclive.test(file) ? curve : key;
        if (!taken.has(curve) && name !== '') columns.add(name, 0, at, value);
      }
    }
    return [...curves, ...columns.series({ reset: true })];
  }

  #metrics(oid: string | undefined, file: string): { key: string; value: number }[] {
    if (!/\.(?:json|ya?ml|toml)$/i.test(file)) return [];
    const text = this.#text(oid);
    if (text === null) return [];
    try {
      return readMetricsFile(text, file);
    } catch {
      return [];
    }
  }

  #yaml(oid: string, path: string): unknown {
    const text = this.#text(oid);
    if (text === null) return null;
    try {
      return parseYaml(text, path).value;
    } catch {
      return null;
    }
  }

  #text(oid: string | undefined): string | null {
    if (oid === undefined) return null;
    const bytes = this.#repository.readObject(oid);
    return bytes.length > largestFile ? null : Buffer.from(bytes).toString('utf8');
  }
}

/** Of a list whose entries are paths, or paths with settings, or `{path: …}` as in a lock. */
function namesOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return (value as unknown[]).flatMap((entry) => {
    if (typeof entry === 'string') return [entry];
    const { path, ...rest } = recordOf(entry);
    return typeof path === 'string' ? [path] : Object.keys(rest);
  });
}

function joined(...parts: string[]): string {
  const path: string[] = [];
  for (const part of parts.join('/').split('/')) {
    if (part === '..') path.pop();
    else if (part !== '' && part !== '.') path.push(part);
  }
  return path.join('/');
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}
