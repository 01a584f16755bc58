/** What reports on models have in common: the page, and the files that were read. */
import type { Item } from '../contract/index.ts';
import { type Html, html } from './page/html.ts';
import { styles } from './page/styles.ts';

type ModelSide = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const ownStyles = `
.bar { display: inline-block; height: .7em; background: var(--c0); }
th.n, td.n { white-space: nowrap; overflow-wrap: normal; }
.side { margin: .25rem 0 0; } .side li { overflow-wrap: anywhere; }
`;

/** The text of a whole page. @param madeAt epoch ms */
export function reportPage(title: string, madeAt: number, body: Html): string {
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Cairn"><title>${title}</title>
<style>${{ html: styles + ownStyles }}</style></head><body>
<h1>${title}</h1>
<p class="soft">Made by Cairn on ${new Date(madeAt).toISOString().slice(0, 16).replace('T', ' ')} UTC. The files were read as data: nothing in them was run.</p>
${body}</body></html>
`;
  return page.html;
}

const badges: Readonly<Record<ModelSide['badge'], string>> = {
  data: 'data only',
  'code-capable': 'can carry code',
  'unknown-globals': 'unknown names',
  dangerous: 'dangerous',
  ambiguous: 'ambiguous',
};

/** The files, and what reading them had to say. */
export function filesTable(
  rows: ReadonlyArray<{ readonly label: string; readonly side: ModelSide }>,
): Html {
  return html`<div class="scroll"><table><thead><tr><th></th><th>File</th><th>Format</th><th class="n">Bytes</th><th class="n">Tensors</th><th class="n">Values</th><th>Kind</th></tr></thead><tbody>
${rows.map(({ label, side }) => html`<tr><td>${label}</td><td>${side.title}</td><td>${side.format}</td><td class="n">${side.sizeBytes}</td><td class="n">${side.tensors}</td><td class="n">${side.parameters}</td><td>${badges[side.badge]}</td></tr>`)}</tbody></table></div>
${rows.map(({ side }) => saidOf(side))}`;
}

function saidOf({ title, findings, notes }: ModelSide): Html {
  const said = [...new Set([...findings, ...notes])];
  if (said.length === 0) return html``;
  return html`<p class="soft side">${title}</p><ul class="side">${said.map((one) => html`<li>${one}</li>`)}</ul>`;
}

/** A number with so many significant digits; nothing for none. */
export function number(value: number | null, digits = 4): string {
  return value === null ? '' : String(Number(value.toPrecision(digits)));
}
