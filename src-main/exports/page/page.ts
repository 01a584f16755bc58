/**
 * A run, or several beside each other, as one HTML file: it opens offline, runs no script and asks
 * the network for nothing.
 */
import type { Output } from '../../contract/index.ts';
import type { RunDetail } from '../../contract/runs.ts';
import { drawCurves } from './curves.ts';
import { type Html, html } from './html.ts';
import { styles } from './styles.ts';

export interface PageContent {
  readonly title: string;
  readonly runs: readonly RunDetail[];
  readonly series: Output<'runs.metrics'>['series'];
  /** Epoch ms. */
  readonly madeAt: number;
}

/** Packages and lines of a table beyond this are counted, not shown. */
const mostRows = 5000;
const policy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

export function renderPage(content: PageContent): string {
  const { title, runs, madeAt } = content;
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="generator" content="Cairn"><title>${title}</title>
<style>${{ html: styles }}</style></head><body>
<h1>${title}</h1>
<p class="soft">Made by Cairn on ${day(madeAt)}.</p>
${summary(runs)}
${runs.filter((run) => run.note !== '').map((run) => html`<h2>Note of ${run.label}</h2><pre>${run.note}</pre>`)}
${charts(content)}
${comparison('Metrics', runs, metricsOf)}
${comparison('Params', runs, (run) => run.params)}
${comparison('Packages', runs, packagesOf)}
${files(runs)}
</body></html>
`;
  return page.html;
}

function summary(runs: readonly RunDetail[]): Html {
  return html`<div class="scroll"><table><thead><tr><th>Run</th><th>Name</th><th>Status</th><th>Started</th><th class="n">Took</th><th>Command</th><th>Code</th></tr></thead><tbody>
${runs.map(
  (run, at) =>
    html`<tr><td>${key(at, runs)}${run.label}</td><td>${run.name}</td><td>${run.status.toLowerCase()}${run.error === null ? '' : html`<br><span class="soft">${run.error}</span>`}</td><td>${run.startedAt === null ? '' : day(run.startedAt)}</td><td class="n">${took(run)}</td><td><code>${run.command}</code></td><td><code>${(run.baseCommit ?? '').slice(0, 10)}</code>${run.dirtyFiles.length > 0 ? ` + ${run.dirtyFiles.length} changed` : ''}</td></tr>`,
)}</tbody></table></div>`;
}

function key(at: number, runs: readonly RunDetail[]): Html | null {
  return runs.length === 1 ? null : html`<span class="key k${at % 8}"></span>`;
}

function charts({ runs, series }: PageContent): Html | null {
  const order = new Map(runs.map((run, at) => [run.id, at]));
  const figures = [...Map.groupBy(series, (one) => one.key)]
    .filter(([, group]) => group.some((one) => one.total > 1))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([name, group]) => {
      const curves = group.map((one) => {
        const colour = order.get(one.runId) ?? 0;
        return { colour, label: runs[colour]?.label ?? '', series: one };
      });
      return drawCurves(name, curves) ?? [];
    });
  return figures.length === 0 ? null : html`<h2>Curves</h2><div class="charts">${figures}</div>`;
}

/** A row for each key, a column for each run; rows that differ are marked. */
function comparison(
  title: string,
  runs: readonly RunDetail[],
  valuesOf: (run: RunDetail) => Readonly<Record<string, string>>,
): Html | null {
  const values = runs.map(valuesOf);
  const keys = [...new Set(values.flatMap((one) => Object.keys(one)))].sort();
  if (keys.length === 0) return null;
  const rows = keys.slice(0, mostRows).map((name) => {
    const cells = values.map((one) => (Object.hasOwn(one, name) ? (one[name] as string) : null));
    const differs = cells.some((cell) => cell !== cells[0]);
    return html`<tr${differs ? { html: ' class="differs"' } : null}><td>${name}</td>${cells.map((cell) => html`<td class="n">${cell ?? '–'}</td>`)}</tr>`;
  });
  const more =
    keys.length > mostRows ? html`<p class="soft">… and ${keys.length - mostRows} more</p>` : null;
  return html`<h2>${title}</h2><div class="scroll"><table><thead><tr><th></th>${runs.map((run, at) => html`<th class="n">${key(at, runs)}${run.label}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>${more}`;
}

function metricsOf(run: RunDetail): Record<string, string> {
  return Object.fromEntries(
    run.metrics.map((metric) => [metric.key, metric.last === null ? 'NaN' : String(metric.last)]),
  );
}

function packagesOf(run: RunDetail): Record<string, string> {
  const python = run.environment?.python ?? null;
  if (python === null) return {};
  return {
    Python: python.version,
    ...Object.fromEntries(python.packages.map((one) => [one.name, one.version])),
  };
}

function files(runs: readonly RunDetail[]): Html | null {
  const rows = runs.flatMap((run) =>
    run.files.map(
      (file) =>
        html`<tr><td>${run.label}</td><td>${file.role === 'dep' ? 'in' : 'out'}</td><td><code>${file.path}</code></td><td><code>${file.hash ?? ''}</code></td><td class="n">${file.size ?? ''}</td></tr>`,
    ),
  );
  if (rows.length === 0) return null;
  return html`<h2>Files</h2><div class="scroll"><table><thead><tr><th>Run</th><th></th><th>Path</th><th>MD5</th><th class="n">Bytes</th></tr></thead><tbody>${rows.slice(0, mostRows)}</tbody></table></div>`;
}

function took(run: RunDetail): string {
  if (run.startedAt === null || run.endedAt === null) return '';
  const seconds = (run.endedAt - run.startedAt) / 1000;
  if (seconds < 60) return `${Number(seconds.toPrecision(3))} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60
    ? `${minutes} m ${Math.round(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} m`;
}

function day(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
