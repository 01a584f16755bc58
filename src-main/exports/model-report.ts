/**
 * A comparison of two models to be kept: as JSON for programs, as CSV for spreadsheets, as one HTML
 * file that opens offline, runs no script and asks the network for nothing.
 */
import type { TensorChange } from '../contract/diff.ts';
import type { Item, Output } from '../contract/index.ts';
import { csvLine } from './csv.ts';
import { type Html, html } from './page/html.ts';
import { styles } from './page/styles.ts';

type ModelSide = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

export interface ModelComparison {
  readonly left: ModelSide;
  readonly right: ModelSide;
  /** In the order of the right file. */
  readonly tensors: readonly TensorChange[];
  readonly totals: Output<'diff.model'>;
  /** Epoch ms. */
  readonly madeAt: number;
}

export type ModelReportFormat = 'json' | 'csv' | 'html';

/** The whole text of a report. */
export function modelReport(comparison: ModelComparison, format: ModelReportFormat): string {
  if (format === 'csv') return asCsv(comparison);
  if (format === 'html') return asHtml(comparison);
  const { madeAt, totals, left, right, tensors } = comparison;
  const at = new Date(madeAt).toISOString();
  return `${JSON.stringify({ format: 'cairn-model-comparison', version: 1, madeAt: at, totals, left, right, tensors }, null, 2)}\n`;
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

function asCsv({ tensors }: ModelComparison): string {
  const rows = tensors.map((tensor) =>
    csvLine(columns.map(([, cellOf]) => String(cellOf(tensor) ?? ''))),
  );
  return csvLine(columns.map(([name]) => name)) + rows.join('');
}

/** Beyond this a page stops being one that a browser opens at once; the CSV has them all. */
const mostRows = 20_000;
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const badges: Readonly<Record<ModelSide['badge'], string>> = {
  data: 'data only',
  'code-capable': 'can carry code',
  'unknown-globals': 'unknown names',
  dangerous: 'dangerous',
  ambiguous: 'ambiguous',
};

const ownStyles = `
.bar { display: inline-block; height: .7em; background: var(--c0); }
.side { margin: .25rem 0 0; } .side li { overflow-wrap: anywhere; }
`;

function asHtml({ left, right, tensors, totals, madeAt }: ModelComparison): string {
  const shown = tensors
    .filter(differs)
    .sort((a, b) => (b.relativeL2 ?? Infinity) - (a.relativeL2 ?? Infinity));
  const most = Math.max(0, ...shown.slice(0, mostRows).map(({ relativeL2 }) => relativeL2 ?? 0));
  const title = `${left.title} → ${right.title}`;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Cairn"><title>${title}</title>
<style>${{ html: styles + ownStyles }}</style></head><body>
<h1>${title}</h1>
<p class="soft">Made by Cairn on ${new Date(madeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC. Both files were read as data: nothing in them was run.</p>
<div class="scroll"><table><thead><tr><th></th><th>File</th><th>Format</th><th class="n">Bytes</th><th class="n">Tensors</th><th class="n">Values</th><th>Kind</th></tr></thead><tbody>
${sideRow('From', left)}${sideRow('To', right)}</tbody></table></div>
${[left, right].map(saidOf)}
<h2>The change</h2>
<table><tbody>
<tr><td>Relative change, ‖Δ‖ / ‖from‖</td><td class="n">${totals.identical ? 'identical' : number(totals.relativeL2)}</td></tr>
<tr><td>Changed tensors</td><td class="n">${totals.changedTensors}</td></tr>
<tr><td>Added</td><td class="n">${totals.addedTensors}</td></tr>
<tr><td>Removed</td><td class="n">${totals.removedTensors}</td></tr>
</tbody></table>
<h2>Tensors that differ</h2>
${shown.length === 0 ? html`<p>Every tensor is the same, bit for bit.</p>` : tableOf(shown.slice(0, mostRows), most)}
${shown.length > mostRows ? html`<p class="soft">… and ${shown.length - mostRows} more, which a report as CSV lists.</p>` : null}
</body></html>
`;
  return page.html;
}

/** What is not equal value by value; under another name alone it still shows. */
function differs(tensor: TensorChange): boolean {
  return tensor.change !== 'same';
}

function sideRow(label: string, side: ModelSide): Html {
  return html`<tr><td>${label}</td><td>${side.title}</td><td>${side.format}</td><td class="n">${side.sizeBytes}</td><td class="n">${side.tensors}</td><td class="n">${side.parameters}</td><td>${badges[side.badge]}</td></tr>`;
}

function saidOf({ title, findings, notes }: ModelSide): Html {
  const said = [...new Set([...findings, ...notes])];
  if (said.length === 0) return html``;
  return html`<p class="soft side">${title}</p><ul class="side">${said.map((one) => html`<li>${one}</li>`)}</ul>`;
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

function number(value: number | null, digits = 4): string {
  return value === null ? '' : String(Number(value.toPrecision(digits)));
}
