/** A run or a comparison as one HTML file. */
import { statSync, writeFileSync } from 'node:fs';
import type { RunDetail } from '../contract/runs.ts';
import type { Store } from '../store/store.ts';
import { readCurves } from '../tracking/index.ts';
import { renderPage } from './page/page.ts';
import { writeWholeFile } from './whole-file.ts';

/** Enough for a chart of a few hundred pixels. */
const pointsPerCurve = 600;

/** @throws CairnError `conflict` when there is a file already and it may not be overwritten */
export async function sharePage(
  store: Store,
  runs: readonly RunDetail[],
  target: { readonly path: string; readonly overwrite: boolean },
): Promise<{ path: string; bytes: number }> {
  const ids = runs.map((run) => run.id);
  const { series } = readCurves(store, ids, null, pointsPerCurve);
  const [first] = runs;
  const title =
    runs.length === 1 && first !== undefined
      ? `${first.label} ${first.name}`
      : runs.map((run) => run.label).join(', ');
  const text = renderPage({ title, runs, series, madeAt: Date.now() });
  await writeWholeFile(target, (file) => writeFileSync(file, text));
  return { path: target.path, bytes: statSync(target.path).size };
}
