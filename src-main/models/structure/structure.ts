/** Two structures as one: every node with what differs about it. */
import type { Output } from '../../contract/index.ts';
import type { Structure, StructureNode } from '../../contract/model-structure.ts';
import type { TensorFile } from '../../formats/tensors.ts';
import { isCounted, matchNodes } from './match-nodes.ts';
import { type SideNode, StructureSide, takenBy } from './side.ts';

type Both = StructureNode['settings'][number];

/**
 * @param right null to describe one file
 * @param titles what to call the files in a note
 */
export function diffStructure(
  left: TensorFile,
  right: TensorFile | null,
  titles: { readonly left: string; readonly right: string },
): Output<'diff.structure'> {
  const metadata = bothOf(
    [...left.metadata].filter(([key]) => !tellsOtherwise.has(key)),
    [...(right ?? left).metadata].filter(([key]) => !tellsOtherwise.has(key)),
  );
  const [ours, theirs] = [left, right ?? left].map(
    (file) => file.structure && new StructureSide(file.structure, file),
  );
  if (ours && theirs && ours.kind === theirs.kind) {
    return { structure: compare(ours, theirs), note: null, metadata };
  }
  const only = theirs ?? ours;
  if (!only) return { structure: null, note: null, metadata };
  const title = theirs ? titles.right : titles.left;
  const note =
    ours && theirs
      ? `One file has a graph of operators and the other layers, which cannot be compared. Shown is ${title}.`
      : `Only ${title} says how its tensors are used.`;
  return { structure: compare(only, only), note, metadata };
}

/** Metadata that is the structure itself, as text. */
const tellsOtherwise: ReadonlySet<string> = new Set(['config', 'inputs', 'outputs']);

function compare(left: StructureSide, right: StructureSide): Structure {
  const partners = left === right ? right.nodes.map((_, index) => index) : matchNodes(left, right);
  const asRight = new Int32Array(left.nodes.length).fill(-1);
  for (const [theirs, ours] of partners.entries()) if (ours >= 0) asRight[ours] = theirs;
  const rows: Array<{ readonly ours: number; readonly theirs: number }> = [];
  const behind = removedBehind(asRight);
  for (const ours of behind.get(-1) ?? []) rows.push({ ours, theirs: -1 });
  for (const [theirs, ours] of partners.entries()) {
    rows.push({ ours, theirs });
    for (const removed of ours < 0 ? [] : (behind.get(ours) ?? [])) {
      rows.push({ ours: removed, theirs: -1 });
    }
  }
  const rowOfRight = new Int32Array(right.nodes.length);
  const rowOfLeft = new Int32Array(left.nodes.length);
  for (const [row, { ours, theirs }] of rows.entries()) {
    if (ours >= 0) rowOfLeft[ours] = row;
    if (theirs >= 0) rowOfRight[theirs] = row;
  }
  const edges = new Edges();
  edges.add(left, rowOfLeft, 'removed');
  edges.add(right, rowOfRight, 'added');
  return {
    kind: right.kind,
    nodes: rows.map(({ ours, theirs }) => {
      const [mine, their] = [left.nodes[ours] ?? null, right.nodes[theirs] ?? null];
      const rewired =
        mine && their
          ? wiresOf(
              { side: left, node: mine, row: rowOfLeft },
              { side: right, node: their, row: rowOfRight },
            )
          : [];
      return describe({ left, mine, right, their, rewired });
    }),
    edges: edges.list(),
    leftOut: Math.max(left.leftOut, right.leftOut),
  };
}

/** Nodes of the left without a partner, by the one with a partner that they follow; −1 for none. */
function removedBehind(asRight: Int32Array): Map<number, number[]> {
  const behind = new Map<number, number[]>();
  let last = -1;
  for (const [ours, theirs] of asRight.entries()) {
    if (theirs >= 0) {
      last = ours;
      continue;
    }
    const group = behind.get(last);
    if (group) group.push(ours);
    else behind.set(last, [ours]);
  }
  return behind;
}

/** One edge per pair of rows, on one side or on both. */
class Edges {
  readonly #found = new Map<string, Structure['edges'][number]>();

  add(side: StructureSide, rows: Int32Array, otherwise: 'added' | 'removed'): void {
    for (const [index, node] of side.nodes.entries()) {
      for (const value of takenBy(node)) {
        const producer = side.producer(value);
        if (producer === null) continue;
        const [from, to] = [rows[producer]!, rows[index]!];
        const key = `${from} ${to}`;
        const known = this.#found.get(key);
        if (known === undefined) this.#found.set(key, { from, to, change: otherwise });
        else if (known.change !== otherwise) this.#found.set(key, { from, to, change: 'same' });
      }
    }
  }

  list(): Structure['edges'] {
    return [...this.#found.values()];
  }
}

interface Wired {
  readonly side: StructureSide;
  readonly node: SideNode;
  readonly row: Int32Array;
}

/** Inputs that come from elsewhere than on the left. */
function wiresOf(left: Wired, right: Wired): Both[] {
  const from = ({ side, node, row }: Wired, place: number) => {
    const producer = side.producer(node.inputs[place] ?? '');
    return producer === null ? null : { row: row[producer]!, title: titleOf(side, producer) };
  };
  const count = Math.max(left.node.inputs.length, right.node.inputs.length);
  return Array.from({ length: count }, (_, place) => place).flatMap((place): Both[] => {
    const [before, after] = [from(left, place), from(right, place)];
    if (before?.row === after?.row) return [];
    return [{ name: String(place + 1), left: before?.title ?? null, right: after?.title ?? null }];
  });
}

function titleOf({ nodes }: StructureSide, index: number): string {
  const { name, outputs, op } = nodes[index]!;
  return name || outputs[0] || op;
}

interface Pair {
  readonly left: StructureSide;
  readonly mine: SideNode | null;
  readonly right: StructureSide;
  readonly their: SideNode | null;
  readonly rewired: Both[];
}

function describe({ left, mine, right, their, rewired }: Pair): StructureNode {
  const shown = (their ?? mine)!;
  const settings = bothOf(mine?.settings ?? null, their?.settings ?? null);
  const tensors = tensorsOf(left, mine, right, their);
  const type = {
    name: shown.outputs[0] ?? '',
    left: mine && left.typeOf(mine),
    right: their && right.typeOf(their),
  };
  const fromOp = mine && their && mine.op !== their.op ? mine.op : null;
  const from = mine && their && mine.name !== their.name ? mine.name : null;
  const changed = [...settings, ...tensors].some((one) => one.left !== one.right);
  // A name that was only counted up says nothing.
  const renamed = from !== null && !(isCounted(mine!) && isCounted(shown));
  let change: StructureNode['change'] = renamed ? 'renamed' : 'same';
  if (!mine) change = 'added';
  else if (!their) change = 'removed';
  else if (fromOp !== null || changed || rewired.length > 0 || endChanged(shown, type)) {
    change = 'modified';
  }
  return {
    name: shown.name,
    from,
    op: shown.op,
    fromOp,
    role: shown.role,
    scope: [...shown.scope],
    change,
    settings,
    tensors,
    inputs: rewired,
    type: type.left === null && type.right === null ? null : type,
    code: right.kind === 'layers' && shown.op === 'Lambda',
  };
}

/** What goes in and comes out has nothing but its type. */
function endChanged({ role }: SideNode, { left, right }: Both): boolean {
  return role !== 'node' && left !== right;
}

/** By key, in the order of the right, with what is only on the left at the end. */
function bothOf(
  left: ReadonlyArray<readonly [string, string]> | null,
  right: ReadonlyArray<readonly [string, string]> | null,
): Both[] {
  const [ours, theirs] = [new Map(left), new Map(right)];
  return [...new Set([...theirs.keys(), ...ours.keys()])].map((name) => ({
    name,
    left: ours.get(name) ?? null,
    right: theirs.get(name) ?? null,
  }));
}

/** Types of the file's own tensors at the node's inputs, by place. */
function tensorsOf(
  left: StructureSide,
  mine: SideNode | null,
  right: StructureSide,
  their: SideNode | null,
): Both[] {
  const count = Math.max(mine?.inputs.length ?? 0, their?.inputs.length ?? 0);
  return Array.from({ length: count }, (_, place) => place).flatMap((place): Both[] => {
    const [ours, theirs] = [mine?.inputs[place] ?? '', their?.inputs[place] ?? ''];
    const [before, after] = [left.tensor(ours), right.tensor(theirs)];
    if (before === null && after === null) return [];
    return [{ name: after === null ? ours : theirs, left: before, right: after }];
  });
}
