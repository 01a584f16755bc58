/**
 * A comparison of two models to be kept, with all that they hold: tensors, graphs and layers, trees,
 * code. As JSON for programs, as CSV for spreadsheets, as one HTML file that opens offline, runs no
 * script and asks the network for nothing.
 */
import type { TensorChange } from '../contract/diff.ts';
import type { Item, Output } from '../contract/index.ts';
import { csvLine } from './csv.ts';
import { filesTable, number, reportPage } from './model-report-page.ts';
import { type ModelParts, partRows, partSections } from './model-report-parts.ts';
import { type Html, html } from './page/html.ts';

type ModelSide = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

export interface ModelComparison {
  readonly left: ModelSide;
  readonly right: ModelSide;
  /** In the order of the right file. */
  readonly tensors: readonly TensorChange[];
  readonly totals: Output<'diff.model'>;
  readonly parts: ModelParts;
  /** Epoch ms. */
  readonly madeAt: number;
}

export type ModelReportFormat = 'json' | 'csv' | 'html';

/** The whole text of a report. */
export function modelReport(comparison: ModelComparison, format: ModelReportFormat): string {
  if (format === 'csv') return asCsv(comparison);
  if (format === 'html') return asHtml(comparison);
  const { madeAt, totals, left, right, tensors, parts } = comparison;
  const at = new Date(madeAt).toISOString();
  const head = { format: 'cairn-model-comparison', version: 1, madeAt: at };
  return `${JSON.stringify({ ...head, totals, left, right, tensors, ...parts }, null, 2)}\n`;
}

const columns: ReadonlyArray<readonly [string, (tensor: TensorChange) => string | number | null]> =
  [
    ['name', ({ name }) => name],
    ['name_left', ({ from }) => from],
    ['change', ({ change }) => change],
    ['dtype_left', ({ left }) => left?.dtype ?? null],
    ['shape_left', ({ left }) => left?.shape.join(' ') ?? null],
    ['dtype_right', ({ right }) => right?.dtype ?? null],
    ['shape_right', ({ right }) => right?.shape.join(' ') ?? null],
    ['axis_order', ({ order }) => order?.join(' ') ?? null],
    ['elements', ({ elements }) => elements],
    ['relative_l2', ({ relativeL2 }) => relativeL2],
    ['cosine', ({ cosine }) => cosine],
    ['max_abs_delta', ({ maxAbs }) => maxAbs],
    ['mean_abs_delta', ({ meanAbs }) => meanAbs],
    ['changed_share', ({ changedShare }) => changedShare],
    ['sign_flips', ({ signFlips }) => signFlips],
    ...(['left', 'right'] as const).flatMap((side) => [
      [`nonfinite_${side}`, (tensor: TensorChange) => tensor.nonFinite?.[side] ?? null] as const,
      ...(['mean', 'std', 'min', 'max'] as const).map(
        (stat) =>
          [
            `${stat}_${side}`,
            (tensor: TensorChange) => tensor.stats?.[side][stat] ?? null,
          ] as const,
      ),
    ]),
    ['note', ({ note }) => note],
  ];

/** A line for each tensor, then for each node, layer, tree and file of code, with few columns filled. */
function asCsv({ tensors, parts }: ModelComparison): string {
  const names = columns.map(([name]) => name);
  const lines = tensors.map((tensor) =>
    csvLine(['tensor', ...columns.map(([, cellOf]) => String(cellOf(tensor) ?? ''))]),
  );
  const more = partRows(parts).map(({ kind, name, from, change, said }) => {
    const cells: Readonly<Record<string, string>> = {
      name,
      name_left: from ?? '',
      change,
      note: said.join('; '),
    };
    return csvLine([kind, ...names.map((column) => cells[column] ?? '')]);
  });
  return [csvLine(['kind', ...names]), ...lines, ...more].join('');
}

/** Beyond this a page stops being one that a browser opens at once; the CSV has them all. */
const mostRows = 20_000;

function asHtml({ left, right, tensors, totals, parts, madeAt }: ModelComparison): string {
  const shown = tensors
    .filter(differs)
    .sort((a, b) => (b.relativeL2 ?? Infinity) - (a.relativeL2 ?? Infinity));
  const most = Math.max(0, ...shown.slice(0, mostRows).map(({ relativeL2 }) => relativeL2 ?? 0));
  const title = `${left.title} → ${right.title}`;
  const rows = [
    { label: 'From', side: left },
    { label: 'To', side: right },
  ];
  const body = html`
<h2>The change</h2>
<table><tbody>
<tr><td>Relative change, ‖Δ‖ / ‖from‖</td><td class="n">${totals.identical ? 'identical' : number(totals.relativeL2)}</td></tr>
<tr><td>Changed tensors</td><td class="n">${totals.changedTensors}</td></tr>
<tr><td>Added</td><td class="n">${totals.addedTensors}</td></tr>
<tr><td>Removed</td><td class="n">${totals.removedTensors}</td></tr>
</tbody></table>
${totals.fewComparable ? html`<p class="soft">Most tensors have none of the same shape on the other side, so there is no overall change.${parts.trees?.trees ? ' What differs is told by the trees below.' : ''}</p>` : null}
<h2>Tensors that differ</h2>
${shown.length === 0 ? html`<p>Every tensor is the same, bit for bit.</p>` : tableOf(shown.slice(0, mostRows), most)}
${shown.length > mostRows ? html`<p class="soft">… and ${shown.length - mostRows} more, which a report as CSV lists.</p>` : null}
${partSections(parts, [left, right])}
`;
  return reportPage(title, madeAt, html`${filesTable(rows)}${body}`);
}

/** What is not equal value by value; under another name alone it still shows. */
function differs(tensor: TensorChange): boolean {
  return tensor.change !== 'same';
}

function tableOf(tensors: readonly TensorChange[], most: number): Html {
  return html`<div class="scroll"><table><thead><tr><th>Tensor</th><th>Change</th><th>Type and shape</th><th class="n">Relative L2</th><th></th><th class="n">Cosine</th><th class="n">max |Δ|</th><th class="n">mean |Δ|</th><th class="n">Changed</th></tr></thead><tbody>
${tensors.map((tensor) => rowOf(tensor, most))}</tbody></table></div>`;
}

function rowOf(tensor: TensorChange, most: number): Html {
  const { relativeL2, changedShare, from, note } = tensor;
  const width = most > 0 && relativeL2 !== null ? (6 * relativeL2) / most : 0;
  const bar = html`<span class="bar" style="width:${width.toFixed(2)}rem"></span>`;
  return html`<tr><td><code>${tensor.name}</code>${from === null ? null : html`<br><span class="soft">from <code>${from}</code></span>`}${note === null ? null : html`<br><span class="soft">${note}</span>`}</td><td>${tensor.change}</td><td><code>${formOf(tensor)}</code></td><td class="n">${number(relativeL2)}</td><td>${bar}</td><td class="n">${number(tensor.cosine, 7)}</td><td class="n">${number(tensor.maxAbs)}</td><td class="n">${number(tensor.meanAbs)}</td><td class="n">${changedShare === null ? '' : `${number(changedShare * 100)} %`}</td></tr>`;
}

function formOf({ left, right }: TensorChange): string {
  const text = (form: TensorChange['left']) => form && `${form.dtype} [${form.shape.join(', ')}]`;
  const [before, after] = [text(left), text(right)];
  if (before === null || after === null || before === after) return before ?? after ?? '';
  return `${before} → ${after}`;
}
