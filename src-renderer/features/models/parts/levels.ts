/**
 * A graph of any size as levels that fit on a screen: modules are folded into cards, a long row of
 * nodes into stretches, and opening a card goes into it.
 */
import type { Structure, StructureNode } from '../../../client/index.ts';

/** Up to so many nodes are shown as they are, whatever modules they stand in. */
const flatLimit = 60;
/** The most cards of one level; laying out many more would take seconds. */
const maxCards = 120;
/** Cards of neighbours outside of the level, of each direction. */
const maxOutside = 8;

export interface Card {
  readonly id: string;
  /** One node; null for a card that stands for several. */
  readonly node: number | null;
  /** What a group is called; empty for a node. */
  readonly label: string;
  /** The level that opening it leads to; null for a single node. */
  readonly path: readonly string[] | null;
  /** How many nodes it stands for, and how many of them differ. */
  readonly nodes: number;
  readonly changed: number;
  /** Whether it is beyond this level, and only shown because something here is connected with it. */
  readonly outside: boolean;
}

export interface Level {
  /** As given, with the modules that have nothing beside them gone through. */
  readonly path: readonly string[];
  readonly cards: readonly Card[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
}

/** A step that is no module but a stretch of the cards of its level: from and to, exclusively. */
const stretch = /^\/\/(\d+)-(\d+)$/;

/** What a step of a path is called; the numbers of the cards, from 1, for a stretch. */
export function stepLabel(step: string): { readonly name: string } | { from: number; to: number } {
  const match = stretch.exec(step);
  return match ? { from: Number(match[1]) + 1, to: Number(match[2]) } : { name: step };
}

/** The card that stands for a module or a stretch of the level it is in. */
export function groupId(step: string): string {
  return `g${step}`;
}

interface Group {
  readonly card: Card;
  readonly members: readonly number[];
}

/** @param path modules and stretches that were gone into, outermost first */
export function levelOf(structure: Structure, path: readonly string[]): Level {
  let members: readonly number[] = structure.nodes.map((_, index) => index);
  let groups = groupsOf(structure, members, []);
  const gone: string[] = [];
  for (const step of path) {
    const match = stretch.exec(step);
    if (match) {
      groups = groups.slice(Number(match[1]), Number(match[2]));
      members = groups.flatMap((group) => group.members);
    } else {
      const group = groups.find((one) => one.card.node === null && lastOf(one.card.path) === step);
      if (!group) break;
      members = group.members;
      groups = groupsOf(structure, members, modulesOf([...gone, step]));
    }
    gone.push(step);
  }
  // A module that has nothing beside it is no level of its own.
  for (let only = groups[0]; groups.length === 1 && only?.card.path; only = groups[0]) {
    gone.push(lastOf(only.card.path));
    members = only.members;
    groups = groupsOf(structure, members, modulesOf(gone));
  }
  const shown = groups.length > maxCards ? stretches(groups) : groups;
  const cards = shown.map(({ card }) => ({
    ...card,
    path: card.path && [...gone, lastOf(card.path)],
  }));
  return { path: gone, ...connect(structure, shown, cards) };
}

function lastOf(path: readonly string[] | null): string {
  return path?.at(-1) ?? '';
}

function modulesOf(path: readonly string[]): string[] {
  return path.filter((step) => !stretch.test(step));
}

/** Nodes by the module that they stand in below `within`; all by themselves when they are few. */
function groupsOf(
  { nodes }: Structure,
  members: readonly number[],
  within: readonly string[],
): Group[] {
  const single = (index: number): Group => ({ card: nodeCard(nodes, index), members: [index] });
  if (members.length <= flatLimit) return members.map(single);
  const depth = within.length;
  const byModule = new Map<string, number[]>();
  for (const index of members) {
    const step = nodes[index]!.scope[depth];
    if (step === undefined) continue;
    const known = byModule.get(step);
    if (known) known.push(index);
    else byModule.set(step, [index]);
  }
  // A node with a graph of its own stands with it, under its name.
  for (const index of members) {
    const { scope, name } = nodes[index]!;
    const own = scope.length === depth ? byModule.get(name.split('/').at(-1) ?? '') : undefined;
    own?.unshift(index);
  }
  const stepOf = new Map<number, string>();
  for (const [step, all] of byModule) for (const index of all) stepOf.set(index, step);
  const groups: Group[] = [];
  const done = new Set<string>();
  for (const index of members) {
    const step = stepOf.get(index);
    const all = step === undefined ? undefined : byModule.get(step);
    if (step === undefined || !all || all.length === 1) groups.push(single(index));
    else if (!done.has(step)) {
      done.add(step);
      groups.push({ card: groupCard(nodes, all, step, [...within, step]), members: all });
    }
  }
  return groups;
}

/** Neighbouring cards of a level that has too many, a stretch each. */
function stretches(groups: readonly Group[]): Group[] {
  const size = Math.max(maxCards / 2, Math.ceil(groups.length / maxCards));
  const found: Group[] = [];
  for (let from = 0; from < groups.length; from += size) {
    const part = groups.slice(from, from + size);
    const step = `//${from}-${from + part.length}`;
    const sum = (key: 'nodes' | 'changed') => part.reduce((all, { card }) => all + card[key], 0);
    found.push({
      members: part.flatMap(({ members }) => members),
      card: {
        id: groupId(step),
        node: null,
        label: '',
        path: [step],
        nodes: sum('nodes'),
        changed: sum('changed'),
        outside: false,
      },
    });
  }
  return found;
}

function nodeCard(nodes: readonly StructureNode[], index: number): Card {
  const changed = nodes[index]!.change === 'same' ? 0 : 1;
  return {
    id: `n${index}`,
    node: index,
    label: '',
    path: null,
    nodes: 1,
    changed,
    outside: false,
  };
}

function groupCard(
  nodes: readonly StructureNode[],
  members: readonly number[],
  label: string,
  path: readonly string[],
): Card {
  const changed = members.filter((index) => nodes[index]!.change !== 'same').length;
  return {
    id: groupId(label),
    node: null,
    label,
    path,
    nodes: members.length,
    changed,
    outside: false,
  };
}

/** Edges between the cards of a level, and to what is outside of it. */
function connect(structure: Structure, groups: readonly Group[], cards: readonly Card[]) {
  const cardOf = new Map<number, string>();
  for (const [at, { members }] of groups.entries()) {
    for (const index of members) cardOf.set(index, cards[at]!.id);
  }
  const outside = new Map<number, Card>();
  const counts = { in: 0, out: 0 };
  const beyond = (index: number, way: 'in' | 'out'): string | null => {
    const known = outside.get(index);
    if (known) return known.id;
    if (++counts[way] > maxOutside) return null;
    const card = { ...nodeCard(structure.nodes, index), outside: true };
    outside.set(index, card);
    return card.id;
  };
  const edges = new Map<string, { from: string; to: string }>();
  for (const edge of structure.edges) {
    const [inside, target] = [cardOf.get(edge.from), cardOf.get(edge.to)];
    if (inside === undefined && target === undefined) continue;
    const from = inside ?? beyond(edge.from, 'in');
    const to = target ?? beyond(edge.to, 'out');
    if (from !== null && to !== null && from !== to) edges.set(`${from} ${to}`, { from, to });
  }
  return { cards: [...cards, ...outside.values()], edges: [...edges.values()] };
}
