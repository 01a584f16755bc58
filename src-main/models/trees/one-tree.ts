/** One tree of two models, node by node. */
import { CairnError } from '../../base/errors.ts';
import type { Output } from '../../contract/index.ts';
import type { TreeNode } from '../../contract/model-structure.ts';
import { type BoosterFacts, nodeFlags, nodeKinds } from '../../formats/boosters/types.ts';
import { rangeOf } from './all-trees.ts';
import { columnsOnRight } from './columns.ts';

type Row = Output<'diff.tree'>['nodes'][number];

const maxRows = 20_000;
const operators = {
  xgboost: '<',
  lightgbm: '≤',
  catboost: '>',
  'scikit-learn': '≤',
} as const satisfies Record<BoosterFacts['library'], TreeNode['operator']>;

/**
 * Walks through both trees at once. Where their splits look at different columns, what is below is
 * listed for each side by itself.
 * @param right null for one model
 * @throws CairnError `not-found` when neither model has such a tree
 */
export function compareTree(
  left: BoosterFacts,
  right: BoosterFacts | null,
  index: number,
): Output<'diff.tree'> {
  const [ours, theirs] = [new Cursor(left, index), new Cursor(right ?? left, index)];
  if (ours.atEnd && theirs.atEnd) {
    throw new CairnError('not-found', `There is no tree ${index} in these models.`);
  }
  const rows: Row[] = [];
  let leftOut = 0;
  const add = (row: Row): void => {
    if (rows.length < maxRows) rows.push(row);
    else leftOut++;
  };
  const column = columnsOnRight(left, right ?? left);
  const walk = (left: Cursor, right: Cursor): void => {
    if ((left.symmetric || left.atEnd) && (right.symmetric || right.atEnd)) {
      walkLevels(left, right, column, add);
    } else walkTrees(left, right, column, add);
  };
  if (ours.symmetric === theirs.symmetric || ours.atEnd || theirs.atEnd) walk(ours, theirs);
  else {
    // A list of levels has nothing in common with a tree: one stands below the other.
    walk(ours, Cursor.none);
    walk(Cursor.none, theirs);
  }
  return { nodes: rows, leftOut };
}

interface Entry {
  readonly feature: number;
  readonly isLeaf: boolean;
  readonly node: TreeNode;
}

/** Goes through the nodes of one tree. */
class Cursor {
  /** Of no tree. */
  static get none(): Cursor {
    return new Cursor(null, 0);
  }

  readonly symmetric: boolean;
  readonly #facts: BoosterFacts | null;
  readonly #weight: number;
  #at: number;
  readonly #to: number;

  constructor(facts: BoosterFacts | null, index: number) {
    this.#facts = facts;
    const range = facts && rangeOf(facts, index);
    const tree = facts?.trees[index];
    this.symmetric = tree?.symmetric ?? false;
    this.#weight = tree?.weight ?? 1;
    this.#at = range?.from ?? 0;
    this.#to = range?.to ?? 0;
  }

  get atEnd(): boolean {
    return this.#at >= this.#to;
  }

  next(): Entry | null {
    const facts = this.#facts;
    if (facts === null || this.atEnd) return null;
    const { features, values, flags } = facts.nodes;
    const at = this.#at++;
    const [feature, value, flag] = [features[at]!, values[at]!, flags[at]!];
    if (feature === nodeKinds.leaf) {
      const more: number[] = [];
      while (!this.atEnd && features[this.#at] === nodeKinds.moreOfLeaf) {
        more.push(values[this.#at++]! * this.#weight);
      }
      const node = { feature: null, operator: null, missingFirst: false };
      return { feature, isLeaf: true, node: { ...node, value: value * this.#weight, more } };
    }
    const isSet = (flag & nodeFlags.categories) !== 0;
    return {
      feature,
      isLeaf: false,
      node: {
        feature: facts.features[feature]?.name ?? null,
        operator: isSet ? 'in' : operators[facts.library],
        // Kept beyond being shown: equal sets have equal numbers.
        value,
        more: [],
        missingFirst: (flag & nodeFlags.missingFirst) !== 0,
      },
    };
  }
}

type Task = 'both' | 'left' | 'right';

function walkTrees(
  ours: Cursor,
  theirs: Cursor,
  column: (left: number) => number,
  add: (row: Row) => void,
): void {
  const open: Array<{ readonly task: Task; readonly depth: number }> = [];
  open.push({ task: ours.atEnd ? 'right' : theirs.atEnd ? 'left' : 'both', depth: 0 });
  for (let next = open.pop(); next; next = open.pop()) {
    const { task, depth } = next;
    const mine = task === 'right' ? null : ours.next();
    const their = task === 'left' ? null : theirs.next();
    const fits = mine !== null && their !== null && column(mine.feature) === their.feature;
    add(rowOf(mine, their, depth, fits));
    const below = (kind: Task): void => {
      open.push({ task: kind, depth: depth + 1 }, { task: kind, depth: depth + 1 });
    };
    if (fits) {
      if (!mine.isLeaf) below('both');
      continue;
    }
    // The last pushed is walked first; each cursor only moves in its own subtree.
    if (their && !their.isLeaf) below('right');
    if (mine && !mine.isLeaf) below('left');
  }
}

function walkLevels(
  ours: Cursor,
  theirs: Cursor,
  column: (left: number) => number,
  add: (row: Row) => void,
): void {
  for (let level = 0; !ours.atEnd || !theirs.atEnd; level++) {
    const [mine, their] = [ours.next(), theirs.next()];
    const fits = mine !== null && their !== null && column(mine.feature) === their.feature;
    const row = rowOf(mine, their, 0, fits);
    add(row.kind === 'split' ? { ...row, kind: 'level', depth: level } : row);
  }
}

function rowOf(mine: Entry | null, their: Entry | null, depth: number, fits: boolean): Row {
  const isLeaf = (mine ?? their)?.isLeaf === true && (their ?? mine)?.isLeaf === true;
  let change: Row['change'] = 'structure';
  if (mine === null) change = 'added';
  else if (their === null) change = 'removed';
  else if (fits) change = sameNode(mine.node, their.node) ? 'same' : 'values';
  return {
    depth,
    kind: isLeaf ? 'leaf' : 'split',
    change,
    left: mine && shown(mine.node),
    right: their && shown(their.node),
  };
}

function sameNode(left: TreeNode, right: TreeNode): boolean {
  return (
    Object.is(left.value, right.value) &&
    left.operator === right.operator &&
    left.missingFirst === right.missingFirst &&
    left.more.length === right.more.length &&
    left.more.every((value, index) => Object.is(value, right.more[index]))
  );
}

/** Without the number that only stands for a set of categories, or for a computed column. */
function shown(node: TreeNode): TreeNode {
  const hidden = node.operator === 'in' || (node.operator !== null && node.feature === null);
  return hidden ? { ...node, value: null } : node;
}
