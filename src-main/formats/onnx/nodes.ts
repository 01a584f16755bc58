/** Nodes of all graphs of a model, under names that are theirs alone, and what they stand in. */
import {
  type GraphNode,
  type ModelStructure,
  type ModelValue,
  NodeList,
} from '../model-structure.ts';
import { readEntry } from './tensor.ts';
import type { Field, Source } from './wire.ts';

/** What a graph is part of. */
export interface Place {
  /** The nodes and attributes that lead to it, outermost first. */
  readonly scope: readonly string[];
  readonly depth: number;
  /** The prefix of the graph around it, whose values it may use; null for none. */
  readonly within: string | null;
  /** The node that it belongs to, by its place among those kept; −1 for none. */
  readonly owner: number;
}

export const outermost: Place = { scope: [], depth: 0, within: null, owner: -1 };

/** A graph in an attribute of a node. */
export function within(place: Place, attribute: string): Place {
  return { ...place, scope: [...place.scope, attribute] };
}

const maxValues = 500_000;
/** Outputs of the graphs of one node that are kept. */
const maxYields = 256;
/** No model is nested deeper. */
const maxScope = 32;
/** PyTorch's exporter notes the modules around a node: `['', 'encoder', 'encoder.0', 'linear']`. */
const scopesKey = 'pkg.torch.onnx.name_scopes';

/** Longer entries are stack traces and the like. */
const maxEntryBytes = 8192;

/** The module that an entry of a node's metadata puts it in; empty when it is another entry. */
export function modulesIn(source: Source, entry: Field): string {
  if (entry.to - entry.from > maxEntryBytes) return '';
  const [key, value] = readEntry(source, entry);
  if (key !== scopesKey) return '';
  const names = [...value.matchAll(/'((?:[^'\\]|\\.)*)'/g)].map(([, name = '']) => name);
  // The last one is the operation itself.
  return names.at(-2) ?? '';
}

interface Kept extends GraphNode {
  readonly prefix: string;
}

export class NodeCollector {
  readonly #list = new NodeList<Kept>();
  readonly #places = new Map<string, Place>();
  readonly #known = new Set<string>();
  readonly #types = new Map<string, string>();
  readonly #yields = new Map<number, string[]>();

  /** Begins a graph. */
  enter(prefix: string, place: Place): void {
    this.#places.set(prefix, place);
  }

  /**
   * An input or output of a graph, or a value inside whose type is known.
   * @param isOutput whether the graph gives it to the node that it belongs to
   */
  value(prefix: string, { name, type }: ModelValue, isOutput: boolean): void {
    if (this.#known.size >= maxValues) return;
    const owner = isOutput ? (this.#places.get(prefix)?.owner ?? -1) : -1;
    const yields = owner < 0 ? undefined : this.#yields.get(owner);
    if (yields === undefined && owner >= 0) this.#yields.set(owner, [prefix + name]);
    else if (yields && yields.length < maxYields) yields.push(prefix + name);
    this.#known.add(prefix + name);
    if (type) this.#types.set(prefix + name, type);
  }

  /**
   * `/encoder/layers.0/MatMul` stands in `encoder`, `layers` and `0`.
   * @param modules around the node as its writer noted them, with dots; empty when it did not
   * @returns what it stands in, and its place among those kept (−1 for none)
   */
  add(node: Omit<GraphNode, 'scope'>, prefix: string, modules: string) {
    const around = this.#places.get(prefix)?.scope ?? [];
    const path =
      modules === '' ? node.name.slice(0, Math.max(0, node.name.lastIndexOf('/'))) : modules;
    const scope = [...around, ...path.split(/[./]/).filter(Boolean)].slice(0, maxScope);
    const outputs = node.outputs.map((name) => (name === '' ? '' : prefix + name));
    for (const name of outputs) this.#known.add(name);
    const owner = this.#list.add({ ...node, name: prefix + node.name, outputs, scope, prefix });
    return { scope, owner };
  }

  /** @param tensors names of the values that the file brings along */
  structure(
    inputs: readonly ModelValue[],
    outputs: readonly ModelValue[],
    tensors: ReadonlySet<string>,
  ): ModelStructure {
    const resolve = (name: string, prefix: string): string => {
      if (name === '') return name;
      for (let at: string | null = prefix; at !== null; at = this.#places.get(at)?.within ?? null) {
        if (this.#known.has(at + name) || tensors.has(at + name)) return at + name;
      }
      return prefix + name;
    };
    const nodes = this.#list.nodes.map(({ prefix, ...node }, index) => {
      const yields = this.#yields.get(index);
      const inputs = node.inputs.map((name) => resolve(name, prefix));
      return { ...node, inputs, ...(yields && { yields }) };
    });
    const { leftOut } = this.#list;
    return { kind: 'graph', inputs, outputs, nodes, leftOut, types: this.#types };
  }
}
