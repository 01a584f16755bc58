/** What a report on two models says of their graphs and layers, boosted trees and code. */
import type { Item, Output } from '../contract/index.ts';
import type { StructureNode, TreeChange } from '../contract/model-structure.ts';
import { number } from './model-report-page.ts';
import { type Html, html } from './page/html.ts';

type ModelSide = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

/** Null where the files have no such part. */
export interface ModelParts {
  readonly structure: Output<'diff.structure'> | null;
  readonly trees: Output<'diff.trees'> | null;
  readonly code: Output<'diff.modelCode'> | null;
}

/** One thing that is no tensor, in the words of a table. */
interface PartRow {
  readonly kind: 'node' | 'layer' | 'tree' | 'code';
  readonly name: string;
  readonly from: string | null;
  readonly change: string;
  /** What differs about it, each in a few words. */
  readonly said: readonly string[];
}

/** Everything that is there, the same things too; a node of a graph, a layer, a tree, a file of code. */
export function partRows({ structure, trees, code }: ModelParts): PartRow[] {
  const kind = structure?.structure?.kind === 'layers' ? 'layer' : 'node';
  return [
    ...(structure?.structure?.nodes ?? []).map((node): PartRow => {
      const { name, from, change } = node;
      return { kind, name, from, change, said: saidOfNode(node) };
    }),
    ...(trees?.trees ?? []).map((tree, index): PartRow => {
      const name = `tree ${index}`;
      return { kind: 'tree', name, from: null, change: tree.change, said: saidOfTree(tree) };
    }),
    ...(code?.files ?? []).map(({ name, change }): PartRow => {
      return { kind: 'code', name, from: null, change, said: [] };
    }),
  ];
}

function saidOfNode(node: StructureNode): string[] {
  const op = node.fromOp === null ? node.op : `${node.fromOp} → ${node.op}`;
  const differing = [...node.settings, ...node.tensors].filter(({ left, right }) => left !== right);
  const modified = node.change === 'modified' || node.change === 'renamed';
  return [
    ...(op === '' ? [node.role] : [op]),
    ...(modified ? differing.map(({ name, left, right }) => `${name}: ${both(left, right)}`) : []),
    ...node.inputs.map(({ name, left, right }) => `input ${name}: ${both(left, right)}`),
    ...(node.role !== 'node' && node.type && node.type.left !== node.type.right
      ? [both(node.type.left, node.type.right)]
      : []),
  ];
}

function saidOfTree({ change, left, right, thresholds, leaves, maxLeafDelta }: TreeChange) {
  const size = (key: 'splits' | 'leaves'): string =>
    left && right && left[key] === right[key]
      ? `${key}: ${left[key]}`
      : `${key}: ${left?.[key] ?? '–'} → ${right?.[key] ?? '–'}`;
  const sizes = [size('splits'), size('leaves')];
  if (change !== 'values') return sizes;
  const largest = maxLeafDelta === null ? '' : `, at most by ${number(maxLeafDelta)}`;
  return [
    ...sizes,
    `thresholds that differ: ${thresholds}`,
    `leaves that differ: ${leaves}${largest}`,
  ];
}

function both(left: string | null, right: string | null): string {
  return `${left ?? '–'} → ${right ?? '–'}`;
}

/** Beyond this, the CSV has them. */
const mostRows = 2000;
const mostColumns = 200;

/** The sections of the page; nothing for tensors alone. */
export function partSections(parts: ModelParts, sides: readonly ModelSide[]): Html {
  const { structure, trees, code } = parts;
  const rows = partRows(parts);
  const of = (...kinds: ReadonlyArray<PartRow['kind']>) =>
    rows.filter(({ kind }) => kinds.includes(kind));
  const title = structure?.structure?.kind === 'layers' ? 'Layers' : 'Graph';
  const what = structure?.structure?.kind === 'layers' ? 'layers' : 'nodes';
  return html`
${structure?.structure ? html`<h2>${title}</h2>${structure.note === null ? tableOf(of('node', 'layer'), what) : html`<p class="soft">${structure.note}</p>`}` : null}
${trees ? html`<h2>Trees</h2>${trees.trees === null ? html`<p class="soft">Only trees of the same library can be compared.</p>` : html`${tableOf(of('tree'), 'trees')}${trees.leftOut > 0 ? html`<p class="soft">${trees.leftOut} more trees were not compared.</p>` : null}`}` : null}
${sides.some(({ booster }) => booster) ? importanceOf(sides) : null}
${code && code.files.length > 0 ? html`<h2>Code</h2>${tableOf(of('code'), 'files')}${code.notes.map((note) => html`<p class="soft">${note}</p>`)}` : null}`;
}

function tableOf(rows: readonly PartRow[], what: string): Html {
  const differing = rows.filter(({ change }) => change !== 'same');
  const more = differing.length - mostRows;
  if (differing.length === 0) return html`<p>All ${rows.length} ${what} are the same.</p>`;
  return html`<p class="soft">${differing.length} of ${rows.length} ${what} differ.</p>
<div class="scroll"><table><thead><tr><th>Name</th><th>Change</th><th>What</th></tr></thead><tbody>
${differing.slice(0, mostRows).map(({ name, from, change, said }) => html`<tr><td><code>${name}</code>${from === null ? null : html`<br><span class="soft">from <code>${from}</code></span>`}</td><td>${change}</td><td>${said.map((one, index) => html`${index > 0 ? html`<br>` : null}${one}`)}</td></tr>`)}</tbody></table></div>
${more > 0 ? html`<p class="soft">… and ${more} more, which a report as CSV lists.</p>` : null}`;
}

/** What boosted trees split on, the most important first. */
function importanceOf(sides: readonly ModelSide[]): Html {
  const [left, right] = sides.map(
    (side) => new Map(side.booster?.features.map((feature) => [feature.name, feature])),
  );
  const weight = (name: string): number =>
    Math.max(...[left, right].map((one) => one?.get(name)?.gain ?? one?.get(name)?.splits ?? 0));
  const names = [...new Set([...(left?.keys() ?? []), ...(right?.keys() ?? [])])]
    .filter((name) => (left?.get(name)?.splits ?? 0) + (right?.get(name)?.splits ?? 0) > 0)
    .sort((a, b) => weight(b) - weight(a));
  if (names.length === 0) return html``;
  const cells = (name: string, key: 'gain' | 'splits') =>
    [left, right].map((one) => html`<td class="n">${number(one?.get(name)?.[key] ?? null)}</td>`);
  const gain = sides.some(({ booster }) => booster && booster.library !== 'scikit-learn')
    ? 'Gain'
    : 'Importance';
  return html`<h2>Importance of columns</h2>
<div class="scroll"><table><thead><tr><th>Column</th><th class="n">${gain}, from</th><th class="n">${gain}, to</th><th class="n">Splits, from</th><th class="n">Splits, to</th></tr></thead><tbody>
${names.slice(0, mostColumns).map((name) => html`<tr><td><code>${name}</code></td>${cells(name, 'gain')}${cells(name, 'splits')}</tr>`)}</tbody></table></div>`;
}
