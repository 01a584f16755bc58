/**
 * What models made of a base, to be kept: as JSON for programs, as CSV for spreadsheets, as one HTML
 * file that opens offline, runs no script and asks the network for nothing.
 */
import type { Item, Output } from '../contract/index.ts';
import { modelPairs } from '../contract/model-pairs.ts';
import type { TaskTensor } from '../contract/task-vectors.ts';
import { csvLine } from './csv.ts';
import type { ModelReportFormat } from './model-report.ts';
import { filesTable, number, reportPage } from './model-report-page.ts';
import { type Html, html } from './page/html.ts';

type Side = Extract<Item<'diff.taskVectors'>, { kind: 'opened' }>['base'];

export interface TaskVectorComparison {
  readonly base: Side;
  readonly models: readonly Side[];
  /** In the order of the base. */
  readonly tensors: readonly TaskTensor[];
  readonly totals: Output<'diff.taskVectors'>;
  /** Epoch ms. */
  readonly madeAt: number;
}

/** The whole text of a report. */
export function taskVectorReport(
  comparison: TaskVectorComparison,
  format: ModelReportFormat,
): string {
  if (format === 'csv') return asCsv(comparison);
  if (format === 'html') return asHtml(comparison);
  const { madeAt, totals, base, models, tensors } = comparison;
  const at = new Date(madeAt).toISOString();
  return `${JSON.stringify({ format: 'cairn-task-vectors', version: 1, madeAt: at, totals, base, models, tensors }, null, 2)}\n`;
}

/** Numbers of the models of each pair, from 1, in the order of the contract. */
function pairNames(count: number): string[] {
  return modelPairs(count).map(([left, right]) => `${left + 1}_${right + 1}`);
}

function asCsv({ models, tensors }: TaskVectorComparison): string {
  const head = [
    ...['name', 'dtype', 'shape', 'elements', 'norm_base'],
    ...models.flatMap((_, at) =>
      ['name', 'norm', 'relative', 'moved_share'].map((column) => `${column}_${at + 1}`),
    ),
    ...pairNames(models.length).flatMap((pair) =>
      ['cosine', 'both_share', 'conflict_share'].map((column) => `${column}_${pair}`),
    ),
    ...['norm_sum', 'nonfinite', 'note'],
  ];
  const lines = tensors.map((tensor) => [
    ...[tensor.name, tensor.dtype, tensor.shape.join(' '), tensor.elements, tensor.base],
    ...tensor.models.flatMap((model, at) => [
      tensor.names[at],
      ...[model?.norm, model?.relative, model?.movedShare],
    ]),
    ...tensor.pairs.flatMap((pair) => [pair?.cosine, pair?.bothShare, pair?.conflictShare]),
    ...[tensor.sum, tensor.nonFinite, tensor.note],
  ]);
  return [head, ...lines].map((cells) => csvLine(cells.map((cell) => String(cell ?? '')))).join('');
}

/** Beyond this a page stops being one that a browser opens at once; the CSV has them all. */
const mostRows = 20_000;

function asHtml({ base, models, tensors, totals, madeAt }: TaskVectorComparison): string {
  const numbers = models.map((_, at) => at + 1);
  const pairs = pairNames(models.length).map((pair) => pair.replace('_', ' · '));
  const shown = tensors.slice(0, mostRows);
  const { total } = totals;
  const row = (cells: readonly Html[]) => html`<tr>${cells}</tr>`;
  const body = html`
<h2>The task vectors</h2>
<p class="soft">A task vector is what a model added to the base, Δ = model − base, over the ${totals.measured} tensors that every model has.</p>
${
  total === null
    ? html`<p>No tensor of the base is in every model.</p>`
    : html`<div class="scroll"><table><thead><tr><th>Model</th><th class="n">‖Δ‖</th><th class="n">‖Δ‖ / ‖base‖</th><th class="n">Values moved</th></tr></thead><tbody>
${models.map((model, at) => row([html`<td>${at + 1}. ${model.title}</td>`, cell(total.models[at]?.norm), cell(total.models[at]?.relative), share(total.models[at]?.movedShare)]))}
<tr><td>All added</td>${cell(total.sum)}${cell(total.base ? (total.sum ?? 0) / total.base : null)}<td></td></tr></tbody></table></div>
<div class="scroll"><table><thead><tr><th>Models</th><th class="n">Cosine</th><th class="n">Values that both moved</th><th class="n">of these, opposite ways</th></tr></thead><tbody>
${total.pairs.map((pair, at) => row([html`<td>${pairs[at] ?? null}</td>`, cell(pair?.cosine), share(pair?.bothShare), share(pair?.conflictShare)]))}</tbody></table></div>`
}
<h2>Tensors</h2>
<div class="scroll"><table><thead><tr><th>Tensor</th><th>Type and shape</th>${numbers.map((at) => html`<th class="n">‖Δ${at}‖ / ‖base‖</th>`)}${pairs.map((pair) => html`<th class="n">cosine ${pair}</th><th class="n">conflict ${pair}</th>`)}<th class="n">‖ΣΔ‖</th></tr></thead><tbody>
${shown.map((tensor) => html`<tr><td><code>${tensor.name}</code>${tensor.note === null ? null : html`<br><span class="soft">${tensor.note}</span>`}</td><td><code>${tensor.dtype} [${tensor.shape.join(', ')}]</code></td>${tensor.models.map((model) => cell(model?.relative))}${tensor.pairs.map((pair) => html`${cell(pair?.cosine)}${share(pair?.conflictShare)}`)}${cell(tensor.sum)}</tr>`)}</tbody></table></div>
${tensors.length > mostRows ? html`<p class="soft">… and ${tensors.length - mostRows} more, which a report as CSV lists.</p>` : null}
`;
  const rows = [
    { label: 'Base', side: base },
    ...models.map((side, at) => ({ label: `${at + 1}`, side })),
  ];
  const title = `${models.map((model) => model.title).join(', ')} against ${base.title}`;
  return reportPage(title, madeAt, html`${filesTable(rows)}${body}`);
}

function cell(value: number | null | undefined): Html {
  return html`<td class="n">${number(value ?? null)}</td>`;
}

function share(value: number | null | undefined): Html {
  return html`<td class="n">${value == null ? '' : `${number(value * 100)} %`}</td>`;
}
