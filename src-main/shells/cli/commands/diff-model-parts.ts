/** What two model files hold beside their tensors: graphs and layers, trees, code. */
import type { Input, Item, Output } from '../../../contract/index.ts';
import { structuredFormats } from '../../../contract/model-files.ts';
import type { StructureNode, TreeChange } from '../../../contract/model-structure.ts';
import { number, oneLine, paint, print, table } from '../output.ts';
import type { CliSession } from '../session.ts';

type Side = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

export interface ModelParts {
  readonly structure?: Output<'diff.structure'>;
  readonly trees?: Output<'diff.trees'>;
  readonly code?: Output<'diff.modelCode'>;
}

const mostShown = 40;

/** Reads what these two files can have. */
export async function readParts(
  cli: CliSession,
  pair: Input<'diff.model'>,
  sides: readonly Side[],
): Promise<ModelParts> {
  return {
    ...(sides.some(({ format }) => structuredFormats.has(format)) && {
      structure: await cli.call('diff.structure', pair),
    }),
    ...(sides.some(({ booster }) => booster) && { trees: await cli.call('diff.trees', pair) }),
    ...(sides.some(({ format }) => format === 'torchscript') && {
      code: await cli.call('diff.modelCode', pair),
    }),
  };
}

export async function printParts(parts: ModelParts, sides: readonly Side[]): Promise<void> {
  if (parts.structure) printStructure(parts.structure);
  if (parts.trees) printTrees(parts.trees);
  if (sides.some(({ booster }) => booster)) printImportance(sides);
  if (parts.code) await printCode(parts.code);
}

function printStructure({ structure, note, metadata }: Output<'diff.structure'>): void {
  print(`\n${paint('bold', structure?.kind === 'layers' ? 'layers' : 'graph')}`);
  if (note !== null) print(paint('dim', `  ${oneLine(note, 200)}`));
  for (const { name, left, right } of metadata) {
    if (left !== right) print(`  ${oneLine(name, 40)}: ${change(left, right)}`);
  }
  if (structure === null || note !== null) return;
  const changed = structure.nodes.filter((node) => node.change !== 'same');
  for (const node of changed.slice(0, mostShown)) printNode(node);
  if (changed.length > mostShown) print(paint('dim', `  … ${changed.length - mostShown} more`));
  const what = structure.kind === 'layers' ? 'layers' : 'nodes';
  print(`  ${changed.length} of ${structure.nodes.length} ${what} differ.`);
}

function printNode(node: StructureNode): void {
  const op = node.fromOp === null ? node.op : `${node.fromOp} → ${node.op}`;
  const name = node.from === null ? node.name : `${node.from} → ${node.name}`;
  const title = node.role === 'node' ? op : node.role;
  print(`  ${signs[node.change]} ${oneLine(name, 80)} ${paint('dim', oneLine(title, 60))}`);
  if (node.change !== 'modified') return;
  for (const row of [...node.settings, ...node.tensors]) {
    if (row.left !== row.right) {
      print(`      ${oneLine(row.name, 40)}: ${change(row.left, row.right)}`);
    }
  }
  for (const { name: place, left, right } of node.inputs) {
    print(`      input ${place}: ${change(left, right)}`);
  }
  if (node.role !== 'node' && node.type) {
    print(`      ${change(node.type.left, node.type.right)}`);
  }
}

const signs: Readonly<Record<StructureNode['change'], string>> = {
  same: ' ',
  added: '+',
  removed: '−',
  modified: '~',
  renamed: '→',
};

function change(left: string | null, right: string | null): string {
  return `${oneLine(left ?? '–', 50)} → ${oneLine(right ?? '–', 50)}`;
}

function printTrees({ trees, counts, leftOut }: Output<'diff.trees'>): void {
  print(`\n${paint('bold', 'trees')}`);
  if (trees === null) {
    print('  Not both files are boosted trees of the same library.');
    return;
  }
  const differing = trees.flatMap((tree, index) =>
    tree.change === 'same' ? [] : [rowOf(tree, index)],
  );
  if (differing.length > 0) {
    const head = [
      'tree',
      'change',
      'splits',
      'leaves',
      'thresholds',
      'leaf values',
      'max |Δ leaf|',
    ];
    const shown = table(head, differing.slice(0, mostShown), [0, 4, 5, 6]);
    print(shown.replace(/^/gm, '  '));
  }
  if (differing.length > mostShown) {
    print(paint('dim', `  … ${differing.length - mostShown} more`));
  }
  print(
    `  ${counts.same} trees are identical, ${counts.values} have other values, ${counts.structure} other splits, ${counts.added} are new, ${counts.removed} are gone.`,
  );
  if (leftOut > 0) print(`  ${leftOut} more trees were not compared.`);
}

function rowOf({ change: kind, left, right, ...values }: TreeChange, index: number): string[] {
  const words = {
    same: 'same',
    values: 'values',
    structure: 'splits',
    added: 'added',
    removed: 'removed',
    unread: 'not compared',
  };
  const both = (key: 'splits' | 'leaves'): string =>
    left && right && left[key] === right[key]
      ? String(left[key])
      : `${left?.[key] ?? '–'} → ${right?.[key] ?? '–'}`;
  const compared = kind === 'values';
  return [
    String(index),
    words[kind],
    both('splits'),
    both('leaves'),
    compared ? String(values.thresholds) : '',
    compared ? String(values.leaves) : '',
    compared ? number(values.maxLeafDelta) : '',
  ];
}

function printImportance(sides: readonly Side[]): void {
  const [left, right] = sides.map(
    (side) => new Map(side.booster?.features.map((feature) => [feature.name, feature])),
  );
  const names = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])];
  const rows = names
    .map((name) => ({ name, before: left?.get(name), after: right?.get(name) }))
    .filter(({ before, after }) => (before?.splits ?? 0) + (after?.splits ?? 0) > 0)
    .sort((a, b) => weight(b) - weight(a));
  if (rows.length === 0) return;
  const both = (before: number | null | undefined, after: number | null | undefined): string =>
    before === after
      ? number(after ?? null)
      : `${number(before ?? null)} → ${number(after ?? null)}`;
  const cells = rows
    .slice(0, mostShown)
    .map(({ name, before, after }) => [
      oneLine(name, 50),
      both(before?.gain, after?.gain),
      both(before?.splits, after?.splits),
    ]);
  print(`\n${paint('bold', 'importance of columns')}`);
  const measure = sides.some(({ booster }) => booster && booster.library !== 'scikit-learn')
    ? 'gain'
    : 'importance';
  print(table(['column', measure, 'splits'], cells, [1, 2]).replace(/^/gm, '  '));
  if (rows.length > mostShown) print(paint('dim', `  … ${rows.length - mostShown} more`));
}

type Feature = NonNullable<Side['booster']>['features'][number];

function weight({ before, after }: { before?: Feature | undefined; after?: Feature | undefined }) {
  const of = (feature?: Feature): number => feature?.gain ?? feature?.splits ?? 0;
  return Math.max(of(before), of(after));
}

async function printCode({ files, notes }: Output<'diff.modelCode'>): Promise<void> {
  print(`\n${paint('bold', 'code')}`);
  for (const note of notes) print(paint('dim', `  ${oneLine(note, 200)}`));
  const changed = files.filter((file) => file.change !== 'same');
  if (changed.length === 0) {
    print(`  The ${files.length} files of code are the same.`);
    return;
  }
  const { createTwoFilesPatch } = await import('diff');
  for (const { name, left, right } of changed) {
    const shown = oneLine(name, 200);
    const patch = createTwoFilesPatch(`a/${shown}`, `b/${shown}`, left ?? '', right ?? '');
    // A file of anybody's: nothing in it may move the cursor or the like.
    print(patch.replaceAll(/[^\P{Cc}\n\t]/gu, '\u{fffd}'));
  }
}
