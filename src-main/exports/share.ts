/** A run or a comparison as one HTML file. */
import { existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { asCairnError, CairnError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { RunDetail } from '../contract/runs.ts';
import type { Store } from '../store/store.ts';
import { readCurves } from '../tracking/index.ts';
import { renderPage } from './page/page.ts';

/** Enough for a chart of a few hundred pixels. */
const pointsPerCurve = 600;

/** @throws CairnError `conflict` when there is a file already and it may not be overwritten */
export function sharePage(
  store: Store,
  runs: readonly RunDetail[],
  target: { readonly path: string; readonly overwrite: boolean },
): { path: string; bytes: number } {
  const { path, overwrite } = target;
  if (!overwrite && existsSync(path)) {
    throw new CairnError(
      'conflict',
      `${path} exists already. Choose another name, or overwrite it.`,
    );
  }
  const ids = runs.map((run) => run.id);
  const { series } = readCurves(store, ids, null, pointsPerCurve);
  const [first] = runs;
  const title =
    runs.length === 1 && first !== undefined
      ? `${first.label} ${first.name}`
      : runs.map((run) => run.label).join(', ');
  const text = renderPage({ title, runs, series, madeAt: Date.now() });
  const temporary = `${path}.${newId().slice(0, 8)}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, text, { flag: 'wx', flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw asCairnError(error);
  }
  return { path, bytes: statSync(path).size };
}
