/** Which node of one structure corresponds to which of the other. */
import { diffArrays } from 'diff';
import type { SideNode, StructureSide } from './side.ts';

/** Sequences that differ more than this are not aligned: it would take minutes. */
const maxEdits = 2000;

/**
 * Pairs nodes by name and operator; then by the tensors they use; by the modules they stand in; by
 * neighbours that were paired; by names that an exporter counts up; by the order of what is left; and
 * at last those at the same place, or of the same name, with another operator.
 * @returns for each node of the right the place of its partner on the left, or −1
 */
export function matchNodes(left: StructureSide, right: StructureSide): Int32Array {
  const pairing = new Pairing(left, right);
  const layers = right.kind === 'layers';
  pairing.byKey((node) =>
    layers || !isCounted(node) ? `${node.role} ${node.op} ${node.name}` : null,
  );
  pairing.ends('input');
  pairing.ends('output');
  pairing.byKey((node, side) => tensorsKey(node, side));
  pairing.byKey(({ scope, op }) => (scope.length > 0 ? `${op} ${scope.join('/')}` : null));
  pairing.byNeighbours();
  pairing.byKey((node) => (node.name === '' ? null : `${node.op} ${node.name}`));
  pairing.byNeighbours();
  pairing.byOrder((node) => `${node.op} ${node.settings.join(' ')}`);
  pairing.byOrder((node) => node.op);
  pairing.byPlace();
  pairing.byKey((node) => (layers || !isCounted(node) ? node.name : null));
  return pairing.partners;
}

/** Names that exporters make by counting: one node more, and all behind it have other names. */
export function isCounted({ name, op }: SideNode): boolean {
  const plain = name.replace(/[_:]?\d+$/, '').toLowerCase();
  return plain === '' || plain === op.toLowerCase() || /^(node|n\d*)[_.]/i.test(name);
}

/** The names of the tensors that a node uses, unless they were counted up as well. */
function tensorsKey(node: SideNode, side: StructureSide): string | null {
  const names = node.inputs.filter((name) => side.tensor(name) !== null);
  const telling = names.filter((name) => /[./]/.test(name) && !name.startsWith('onnx::'));
  return telling.length === 0 ? null : `${node.op} ${telling.join(' ')}`;
}

class Pairing {
  readonly partners: Int32Array;
  readonly #taken: Uint8Array;
  readonly #left: StructureSide;
  readonly #right: StructureSide;
  /** Pairs whose neighbours were not looked at yet. */
  #fresh: Array<readonly [ours: number, theirs: number]> = [];

  constructor(left: StructureSide, right: StructureSide) {
    this.#left = left;
    this.#right = right;
    this.partners = new Int32Array(right.nodes.length).fill(-1);
    this.#taken = new Uint8Array(left.nodes.length);
  }

  /** Pairs those that alone have a key on both sides. */
  byKey(keyOf: (node: SideNode, side: StructureSide) => string | null): void {
    const once = (side: StructureSide, free: (index: number) => boolean) => {
      const found = new Map<string, number>();
      for (const [index, node] of side.nodes.entries()) {
        const key = free(index) ? keyOf(node, side) : null;
        if (key !== null) found.set(key, found.has(key) ? -1 : index);
      }
      return found;
    };
    const ours = once(this.#left, (index) => this.#freeLeft(index));
    for (const [key, theirs] of once(this.#right, (index) => this.#freeRight(index))) {
      const our = ours.get(key) ?? -1;
      if (our >= 0 && theirs >= 0) this.#pair(our, theirs);
    }
  }

  /** What goes in or comes out, by its place, when there are as many on both sides. */
  ends(role: SideNode['role']): void {
    const all = ({ nodes }: StructureSide) => nodes.flatMap((n, i) => (n.role === role ? [i] : []));
    const [ours, theirs] = [all(this.#left), all(this.#right)];
    if (ours.length !== theirs.length) return;
    for (const [at, our] of ours.entries()) this.#pair(our, theirs[at]!);
  }

  /** From pairs on: what uses their values in the same place, or makes what they use. */
  byNeighbours(): void {
    for (let next = this.#fresh.pop(); next; next = this.#fresh.pop()) {
      const [ours, theirs] = next;
      const [used, uses] = [this.#usesOf(this.#left, ours), this.#usesOf(this.#right, theirs)];
      for (const [key, our] of used) {
        const their = uses.get(key) ?? -1;
        if (our >= 0 && their >= 0) this.#pairAlike(our, their);
      }
      const [from, to] = [this.#left.nodes[ours]!, this.#right.nodes[theirs]!];
      for (const [place, value] of from.inputs.entries()) {
        const our = this.#left.producer(value);
        const their = this.#right.producer(to.inputs[place] ?? '');
        if (our !== null && their !== null) this.#pairAlike(our, their);
      }
    }
  }

  /** What is left, in the order of the files, where the keys are the same. */
  byOrder(keyOf: (node: SideNode) => string): void {
    const rest = ({ nodes }: StructureSide, free: (index: number) => boolean) =>
      nodes.flatMap((node, index) => (free(index) && node.role === 'node' ? [index] : []));
    const ours = rest(this.#left, (index) => this.#freeLeft(index));
    const theirs = rest(this.#right, (index) => this.#freeRight(index));
    const keys = (side: StructureSide, indices: readonly number[]) =>
      indices.map((index) => keyOf(side.nodes[index]!));
    const parts = diffArrays(keys(this.#left, ours), keys(this.#right, theirs), {
      maxEditLength: maxEdits,
    });
    let [our, their] = [0, 0];
    for (const part of parts ?? []) {
      if (part.added) their += part.count;
      else if (part.removed) our += part.count;
      else {
        for (let index = 0; index < part.count; index++) {
          this.#pair(ours[our++]!, theirs[their++]!);
        }
      }
    }
  }

  /** Between the same neighbours: one operator that took the place of another. */
  byPlace(): void {
    const before = ({ nodes }: StructureSide, index: number) => nodes[index]!.inputs[0] ?? '';
    const placeOf = (side: StructureSide, index: number, asRight: (node: number) => number) => {
      const producer = side.producer(before(side, index));
      const use = side.uses(index)[0];
      if (producer === null || use === undefined) return null;
      const [from, to] = [asRight(producer), asRight(use.node)];
      return from < 0 || to < 0 ? null : `${from} ${to} ${use.place}`;
    };
    const asRight = new Int32Array(this.#left.nodes.length).fill(-1);
    for (const [theirs, ours] of this.partners.entries()) if (ours >= 0) asRight[ours] = theirs;
    const places = new Map<string, number>();
    for (const index of this.#left.nodes.keys()) {
      if (!this.#freeLeft(index)) continue;
      const place = placeOf(this.#left, index, (node) => asRight[node]!);
      if (place !== null) places.set(place, index);
    }
    for (const index of this.#right.nodes.keys()) {
      if (!this.#freeRight(index)) continue;
      const place = placeOf(this.#right, index, (node) => (this.#freeRight(node) ? -1 : node));
      const ours = place === null ? undefined : places.get(place);
      if (ours !== undefined) this.#pair(ours, index);
    }
  }

  /** Those that alone use the value at a place with an operator; −1 where there are several. */
  #usesOf(side: StructureSide, node: number): Map<string, number> {
    const free = (index: number) =>
      side === this.#left ? this.#freeLeft(index) : this.#freeRight(index);
    const found = new Map<string, number>();
    for (const use of side.uses(node)) {
      if (!free(use.node)) continue;
      const key = `${use.place} ${side.nodes[use.node]!.op}`;
      found.set(key, found.has(key) ? -1 : use.node);
    }
    return found;
  }

  #pairAlike(ours: number, theirs: number): void {
    const [a, b] = [this.#left.nodes[ours]!, this.#right.nodes[theirs]!];
    if (a.op === b.op && a.role === b.role) this.#pair(ours, theirs);
  }

  #pair(ours: number, theirs: number): void {
    if (!this.#freeLeft(ours) || !this.#freeRight(theirs)) return;
    this.partners[theirs] = ours;
    this.#taken[ours] = 1;
    this.#fresh.push([ours, theirs]);
  }

  #freeLeft(index: number): boolean {
    return this.#taken[index] === 0;
  }

  #freeRight(index: number): boolean {
    return this.partners[index] === -1;
  }
}
