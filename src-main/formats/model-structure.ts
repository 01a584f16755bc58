/** What a model does with its tensors, as far as its file says, in one shape for all formats. */
import { shortened } from './tensor-parts.ts';

/** A setting of a node, and its value as text. */
export type NodeSetting = readonly [name: string, value: string];

/** One operation of a graph, or one layer. Inputs and outputs are names of values. */
export interface GraphNode {
  readonly name: string;
  /** The operator or class. */
  readonly op: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** In the order of the file. */
  readonly settings: readonly NodeSetting[];
  /** What it stands in, outermost first: modules that its name tells of, nodes with graphs of their own. */
  readonly scope: readonly string[];
  /** Of a node with graphs of its own: the values that these give it back. */
  readonly yields?: readonly string[];
}

/** What goes into a model or comes out of it. */
export interface ModelValue {
  readonly name: string;
  /** Such as `f32[batch, 3]`; empty when the file does not say. */
  readonly type: string;
}

export interface ModelStructure {
  /** Operators between which values flow, or layers with their configuration. */
  readonly kind: 'graph' | 'layers';
  readonly inputs: readonly ModelValue[];
  readonly outputs: readonly ModelValue[];
  /** In the order of the file. */
  readonly nodes: readonly GraphNode[];
  /** How many more nodes there are than were kept. */
  readonly leftOut: number;
  /** Types of values between the nodes by their names, as far as the file says. */
  readonly types: ReadonlyMap<string, string>;
}

const maxNodes = 20_000;
const maxText = 16 * 1024 * 1024;
const maxSettings = 100;
const settingCharacters = 200;

/** Nodes as they are found; what goes beyond the limits is only counted. */
export class NodeList<Node extends GraphNode = GraphNode> {
  readonly nodes: Node[] = [];
  #count = 0;
  #text = 0;

  /** @returns its place among those that are kept, or −1 */
  add(node: Node): number {
    this.#count++;
    const settings = node.settings.slice(0, maxSettings).map(shortSetting);
    const words = [node.name, node.op, ...node.inputs, ...node.outputs, ...settings.flat()];
    this.#text += words.join('').length;
    if (this.nodes.length === maxNodes || this.#text >= maxText) return -1;
    return this.nodes.push({ ...node, settings }) - 1;
  }

  get leftOut(): number {
    return this.#count - this.nodes.length;
  }
}

function shortSetting([name, value]: NodeSetting): NodeSetting {
  return [shortened(name, settingCharacters), shortened(value, settingCharacters)];
}
