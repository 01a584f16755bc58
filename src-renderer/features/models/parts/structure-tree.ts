/** Nodes of a graph, or layers, as rows of a tree: by the modules that they stand in. */
import type { Structure } from '../../../client/index.ts';

export interface StructureRow {
  readonly id: string;
  /** From 1. */
  readonly level: number;
  /** Of a module: whether it is open; null for a node. */
  readonly open: boolean | null;
  /** Of a node: its place in the structure. */
  readonly node: number | null;
  /** Of a module. */
  readonly name: string;
  readonly nodes: number;
  readonly changed: number;
}

interface Branch {
  readonly id: string;
  readonly name: string;
  readonly entries: Array<Branch | number>;
  readonly branches: Map<string, Branch>;
  nodes: number;
  changed: number;
}

export interface TreeOptions {
  /** Leaves out what is the same on both sides. */
  readonly onlyDifferences: boolean;
  /** Words that must all be in the name or operator. */
  readonly text: string;
  /** Modules that the user opened or folded; others are open while the whole is small. */
  readonly folds: ReadonlyMap<string, boolean>;
}

/** Beyond so many nodes, modules are folded until they are opened. */
const openLimit = 300;

export function structureRows(structure: Structure, options: TreeOptions): StructureRow[] {
  const words = options.text.toLowerCase().split(/\s+/).filter(Boolean);
  const root: Branch = newBranch('', '');
  for (const [index, node] of structure.nodes.entries()) {
    if (options.onlyDifferences && node.change === 'same') continue;
    const text = `${node.name} ${node.from ?? ''} ${node.op}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    let at = root;
    const path = [root];
    for (const step of node.scope) {
      let next = at.branches.get(step);
      if (!next) {
        next = newBranch(`${at.id}\u0000${step}`, step);
        at.branches.set(step, next);
        at.entries.push(next);
      }
      at = next;
      path.push(at);
    }
    at.entries.push(index);
    for (const branch of path) {
      branch.nodes++;
      if (node.change !== 'same') branch.changed++;
    }
  }
  const rows: StructureRow[] = [];
  const isSmall = root.nodes <= openLimit;
  const visit = (branch: Branch, level: number): void => {
    for (const entry of branch.entries) {
      if (typeof entry === 'number') {
        const changed = structure.nodes[entry]!.change === 'same' ? 0 : 1;
        rows.push({
          id: `n${entry}`,
          level,
          open: null,
          node: entry,
          name: '',
          nodes: 1,
          changed,
        });
        continue;
      }
      const open = options.folds.get(entry.id) ?? (isSmall || words.length > 0);
      const { id, name, nodes, changed } = entry;
      rows.push({ id, level, open, node: null, name, nodes, changed });
      if (open) visit(entry, level + 1);
    }
  };
  visit(root, 1);
  return rows;
}

function newBranch(id: string, name: string): Branch {
  return { id, name, entries: [], branches: new Map(), nodes: 0, changed: 0 };
}
