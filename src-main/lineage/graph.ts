/**
 * What a run came from and what came of it, as columns: what went in and the runs that made it to the
 * left, what came out and the runs that used it to the right. Files are linked by their contents, not
 * by their names.
 */
import { readEvents } from '../store/lineage.ts';
import * as links from '../store/lineage-links.ts';
import type { Store } from '../store/store.ts';

export interface LineageNode {
  /** Unique in the graph. */
  readonly key: string;
  readonly kind: 'run' | 'file' | 'dataset' | 'model' | 'version' | 'bundle';
  /** 0 is the run that was asked for. */
  readonly column: number;
  /** A run's id, a path, a name. */
  readonly name: string;
  /** Further paths of the same content. */
  readonly also: readonly string[];
  /** Digest, version, id of a model; empty for others. */
  readonly detail: string;
  /** Bytes; null where it is not known or makes no sense. */
  readonly size: number | null;
  /** A run through which it can be looked at. */
  readonly runId: string | null;
}

export interface LineageGraph {
  readonly nodes: LineageNode[];
  readonly edges: { readonly from: string; readonly to: string }[];
  /** Whether there is something beyond the first and the last column. */
  readonly more: { readonly up: boolean; readonly down: boolean };
  /** How many nodes were left out of columns that are full. */
  readonly hidden: { readonly column: number; readonly count: number }[];
}

const mostInColumn = 60;

/**
 * @param up how many runs far back, at least 1
 * @param down how many runs far on, at least 1
 */
export function traceRun(store: Store, runId: string, up: number, down: number): LineageGraph {
  const graph = new Builder();
  graph.add({ ...bare, key: runKey(runId), kind: 'run', column: 0, name: runId, runId });
  const more = {
    up: walk(store, graph, runId, up, 'INPUT'),
    down: walk(store, graph, runId, down, 'OUTPUT'),
  };
  return { nodes: graph.nodes, edges: graph.edges, more, hidden: graph.hidden };
}

const bare = { also: [], detail: '', size: null, runId: null } as const;
const runKey = (id: string): string => `run ${id}`;
const modelKey = (id: string): string => `model ${id}`;

type Way = 'INPUT' | 'OUTPUT';

/** @returns whether the runs at the end have anything beyond them */
function walk(store: Store, graph: Builder, runId: string, far: number, way: Way): boolean {
  const sign = way === 'INPUT' ? -1 : 1;
  let runs = [runId];
  for (let level = 0; level < far; level++) {
    const column = sign * (2 * level + 1);
    const things = thingsOf(store, runs, way);
    for (const { node, runId: owner } of things) {
      if (graph.add({ ...node, column })) graph.link(runKey(owner), node.key, way);
    }
    const next = new Set<string>();
    const shown = things.filter(({ node }) => graph.has(node.key));
    for (const { runId: other, key } of runsBeyond(store, shown, way)) {
      if (runs.includes(other)) continue;
      const isNew = !graph.has(runKey(other));
      const node = { ...bare, kind: 'run', name: other, runId: other } as const;
      if (!graph.add({ ...node, key: runKey(other), column: column + sign })) continue;
      graph.link(runKey(other), key, way === 'INPUT' ? 'OUTPUT' : 'INPUT');
      if (isNew) next.add(other);
    }
    if (way === 'OUTPUT') addVersions(store, graph, runs, column);
    runs = [...next];
    if (runs.length === 0) return false;
  }
  return thingsOf(store, runs, way).length > 0;
}

interface Thing {
  /** The run that it went into or came out of. */
  readonly runId: string;
  readonly node: Omit<LineageNode, 'column'>;
  /** What other runs are found by: a content, or a logged model. */
  readonly hash: string | null;
  readonly modelId: string | null;
}

function thingsOf(store: Store, runs: readonly string[], way: Way): Thing[] {
  const found: Thing[] = [...filesOf(store, runs, way)];
  for (const { run_id, model_id, name, direction } of links.readModelsOfRuns(store, runs)) {
    if (direction !== way) continue;
    const node = {
      ...bare,
      key: modelKey(model_id),
      kind: 'model',
      name,
      detail: model_id,
    } as const;
    found.push({ runId: run_id, node: { ...node, runId: run_id }, hash: null, modelId: model_id });
  }
  if (way === 'INPUT') {
    for (const { run_id, name, digest } of links.readDatasetsOfRuns(store, runs)) {
      const key = `dataset ${digest} ${name}`;
      const node = { ...bare, key, kind: 'dataset', name, detail: digest, runId: run_id } as const;
      found.push({ runId: run_id, node, hash: null, modelId: null });
    }
  }
  for (const { id, direction, path, run_id } of links.readBundlesOfRuns(store, runs)) {
    if ((direction === 'reproduced') !== (way === 'INPUT')) continue;
    const node = { ...bare, key: `bundle ${id}`, kind: 'bundle', name: path } as const;
    found.push({ runId: run_id, node, hash: null, modelId: null });
  }
  return found;
}

/** Of what stages hand to each other within a run, only what comes out counts. */
function filesOf(store: Store, runs: readonly string[], way: Way): Thing[] {
  const events = readEvents(store, runs);
  const written = new Set(
    events.filter((one) => one.type === 'OUTPUT').map((one) => `${one.run_id} ${one.path}`),
  );
  const byKey = new Map<string, Thing & { node: { also: string[] } }>();
  for (const event of events) {
    if (event.type !== way) continue;
    if (way === 'INPUT' && written.has(`${event.run_id} ${event.path}`)) continue;
    // Every empty file is the same content as every other.
    const linked = event.hash !== null && event.size !== 0;
    const key = linked ? `file ${event.hash}` : `path ${event.run_id} ${event.path}`;
    const known = byKey.get(`${event.run_id} ${key}`);
    if (known !== undefined) {
      if (known.node.name !== event.path && !known.node.also.includes(event.path))
        known.node.also.push(event.path);
      continue;
    }
    byKey.set(`${event.run_id} ${key}`, {
      runId: event.run_id,
      node: {
        key,
        kind: 'file',
        name: event.path,
        also: [],
        detail: event.hash ?? '',
        size: event.size,
        runId: event.run_id,
      },
      hash: linked ? event.hash : null,
      modelId: null,
    });
  }
  return [...byKey.values()];
}

/** The runs that made what went in, or used what came out, with the node that leads to each. */
function runsBeyond(
  store: Store,
  things: readonly Thing[],
  way: Way,
): { runId: string; key: string }[] {
  const other: Way = way === 'INPUT' ? 'OUTPUT' : 'INPUT';
  const keys = new Map(
    things.flatMap(({ hash, node }) => (hash === null ? [] : [[hash, node.key]])),
  );
  const uses = links.readUsesOfContents(store, [...keys.keys()], other);
  const chosen = way === 'INPUT' ? makers(store, things, uses) : users(store, things, uses);
  const byContent = chosen.map(({ run_id, hash }) => ({
    runId: run_id,
    key: keys.get(hash) as string,
  }));
  const models = new Set(things.flatMap(({ modelId }) => modelId ?? []));
  const byModel = links
    .readRunsOfModels(store, [...models])
    .filter(({ direction }) => direction === other)
    .map(({ run_id, model_id }) => ({ runId: run_id, key: modelKey(model_id) }));
  return [...byContent, ...byModel];
}

/**
 * Several runs may have made the same content: the last before the run that read it is meant, and
 * of a pipeline that found it in its cache, the run that made it.
 */
function makers(
  store: Store,
  things: readonly Thing[],
  uses: readonly links.ContentUse[],
): links.ContentUse[] {
  const starts = links.readStarts(
    store,
    things.map(({ runId }) => runId),
  );
  const found = new Map<string, links.ContentUse>();
  for (const { hash, runId } of things) {
    if (hash === null) continue;
    const at = starts.get(runId) ?? Number.POSITIVE_INFINITY;
    const before = uses.filter((use) => use.hash === hash && use.run_id !== runId && use.at <= at);
    const maker = before.findLast((use) => use.cached === 0) ?? before[0];
    if (maker !== undefined) found.set(`${hash} ${maker.run_id}`, maker);
  }
  return [...found.values()];
}

/** A run that read the same content before this one had written it has it from elsewhere. */
function users(
  store: Store,
  things: readonly Thing[],
  uses: readonly links.ContentUse[],
): links.ContentUse[] {
  const starts = links.readStarts(
    store,
    things.map(({ runId }) => runId),
  );
  const writtenAt = new Map<string, number>();
  for (const { hash, runId } of things) {
    if (hash === null) continue;
    const at = starts.get(runId) ?? Number.NEGATIVE_INFINITY;
    writtenAt.set(hash, Math.min(at, writtenAt.get(hash) ?? at));
  }
  return uses.filter((use) => use.at >= (writtenAt.get(use.hash) ?? 0));
}

/** Registered versions hang on the logged model that they were made from, or on the run. */
function addVersions(store: Store, graph: Builder, runs: readonly string[], column: number): void {
  for (const { name, version, run_id, model_id } of links.readVersionsOfRuns(store, runs)) {
    const model = model_id === null ? null : modelKey(model_id);
    const hangs = model !== null && graph.has(model);
    const key = `version ${version} ${name}`;
    const at = hangs ? column + 1 : column;
    const node = { ...bare, key, kind: 'version', column: at, name, runId: run_id } as const;
    if (graph.add({ ...node, detail: String(version) }))
      graph.link(hangs ? (model as string) : runKey(run_id as string), key, 'OUTPUT');
  }
}

class Builder {
  readonly #nodes = new Map<string, LineageNode>();
  readonly #edges = new Map<string, { from: string; to: string }>();
  readonly #counts = new Map<number, number>();
  readonly #hidden = new Map<number, Set<string>>();

  /** @returns whether the node is there now; a column that is full takes no more */
  add(node: LineageNode): boolean {
    if (this.#nodes.has(node.key)) return true;
    const count = this.#counts.get(node.column) ?? 0;
    if (count >= mostInColumn) {
      const left = this.#hidden.get(node.column) ?? new Set();
      this.#hidden.set(node.column, left.add(node.key));
      return false;
    }
    this.#counts.set(node.column, count + 1);
    this.#nodes.set(node.key, node);
    return true;
  }

  has(key: string): boolean {
    return this.#nodes.has(key);
  }

  /** @param way whether the thing went into the run, or came out of what made it */
  link(run: string, thing: string, way: Way): void {
    const [from, to] = way === 'INPUT' ? [thing, run] : [run, thing];
    this.#edges.set(`${from}\n${to}`, { from, to });
  }

  get nodes(): LineageNode[] {
    return [...this.#nodes.values()];
  }

  get edges(): { from: string; to: string }[] {
    return [...this.#edges.values()];
  }

  get hidden(): { column: number; count: number }[] {
    return [...this.#hidden].map(([column, keys]) => ({ column, count: keys.size }));
  }
}
