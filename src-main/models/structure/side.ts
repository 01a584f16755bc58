/** One side of a comparison of structures, with its connections looked up. */
import type { GraphNode, ModelStructure } from '../../formats/model-structure.ts';
import type { TensorFile } from '../../formats/tensors.ts';

export type Role = 'node' | 'input' | 'output';

export interface SideNode extends GraphNode {
  readonly role: Role;
}

/** Where a node's value goes: to which input of which node. */
interface Use {
  readonly node: number;
  readonly place: number;
}

export class StructureSide {
  readonly nodes: readonly SideNode[];
  readonly kind: ModelStructure['kind'];
  readonly leftOut: number;
  readonly #types: ReadonlyMap<string, string>;
  readonly #producers = new Map<string, number>();
  readonly #uses: Use[][] = [];
  readonly #tensors: ReadonlyMap<string, string>;

  constructor(structure: ModelStructure, file: Pick<TensorFile, 'tensors'>) {
    this.kind = structure.kind;
    this.leftOut = structure.leftOut;
    this.#types = structure.types;
    this.nodes = structure.kind === 'graph' ? withEnds(structure) : structure.nodes.map(asNode);
    this.#tensors = new Map(
      file.tensors.map(({ name, dtype, shape }) => [name, `${dtype.name}[${shape.join(', ')}]`]),
    );
    for (const [index, node] of this.nodes.entries()) {
      for (const value of node.outputs) {
        if (value !== '' && !this.#producers.has(value)) this.#producers.set(value, index);
      }
    }
    for (const [index, node] of this.nodes.entries()) {
      for (const [place, value] of takenBy(node).entries()) {
        const producer = this.#producers.get(value);
        if (producer === undefined) continue;
        this.#uses[producer] ??= [];
        this.#uses[producer].push({ node: index, place });
      }
    }
  }

  /** The node that makes a value; null for tensors of the file and unknown ones. */
  producer(value: string): number | null {
    return this.#producers.get(value) ?? null;
  }

  uses(node: number): readonly Use[] {
    return this.#uses[node] ?? [];
  }

  /** `f32[3, 4]` of a tensor that the file brings along; null for other values. */
  tensor(value: string): string | null {
    return this.#producers.has(value) ? null : (this.#tensors.get(value) ?? null);
  }

  /** The type of a node's first output, as far as the file says. */
  typeOf(node: SideNode): string | null {
    return this.#types.get(node.outputs[0] ?? node.inputs[0] ?? '') || null;
  }
}

/** What a node takes: its inputs, then what the graphs of its own give back. */
export function takenBy({ inputs, yields = [] }: GraphNode): readonly string[] {
  return [...inputs, ...yields];
}

function asNode(node: GraphNode): SideNode {
  return { ...node, role: 'node' };
}

/** What goes in and comes out as nodes before and behind the others. */
function withEnds({ inputs, outputs, nodes }: ModelStructure): SideNode[] {
  const end = { op: '', settings: [], scope: [] };
  return [
    ...inputs.map(
      ({ name }): SideNode => ({ ...end, role: 'input', name, inputs: [], outputs: [name] }),
    ),
    ...nodes.map(asNode),
    ...outputs.map(
      ({ name }): SideNode => ({ ...end, role: 'output', name, inputs: [name], outputs: [] }),
    ),
  ];
}
