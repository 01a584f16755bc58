/** What is taken down of a stage's files: contents in and out, values of metrics. */
import { readFileSync, statSync } from 'node:fs';
import { metricsFiles, type Observer, readMetricsFile, type Stage } from '../pipelines/index.ts';
import type { PipelineRecorder, PipelineRunContext, StageFile } from './pipeline-types.ts';

/** Metrics files are small; what is not is no metrics file. */
const maxMetricsBytes = 16 * 2 ** 20;
const maxKeptBytes = 64 * 2 ** 20;

/** Says what a stage read and wrote. */
export function reportFiles(stage: Stage, observer: Observer, recorder: PipelineRecorder): void {
  const fileOf = (
    entry: { readonly path: string },
    type: StageFile['type'],
    role: StageFile['role'],
  ): StageFile => {
    const content = observer.content(entry.path);
    return {
      type,
      role,
      path: entry.path,
      hash: content?.hash ?? null,
      size: content?.size ?? null,
      files: content?.files ?? null,
    };
  };
  recorder.files(stage.address, [
    ...stage.deps.map((dep) => fileOf(dep, 'INPUT', 'dep')),
    ...stage.outs.map((out) => fileOf(out, 'OUTPUT', out.role)),
  ]);
}

/** Says the values in the metrics files of a stage, those that dvc.yaml declares apart included. */
export function reportMetrics(
  stage: Stage,
  declared: readonly string[],
  context: PipelineRunContext,
): void {
  const apart = declared.filter((path) =>
    stage.outs.some((out) => path === out.path || path.startsWith(`${out.path}/`)),
  );
  const prefix = prefixOf(stage);
  const values = [...new Set([...metricsFiles(stage), ...apart])].flatMap((path) =>
    readValues(`${context.root}/${path}`, path).map(({ key, value }) => ({
      key: prefix + (key === '' ? path : key),
      value,
    })),
  );
  if (values.length > 0) context.recorder.metrics(values);
}

/** Stages multiplied by foreach or matrix write the same keys: `train@b` gives `b/accuracy`. */
function prefixOf(stage: Stage): string {
  const at = stage.name.indexOf('@');
  return at < 0 ? '' : `${stage.name.slice(at + 1)}/`;
}

/** A file that is no metrics file after all has no values; the stage is not to blame. */
function readValues(absolute: string, name: string): { key: string; value: number }[] {
  try {
    const stat = statSync(absolute, { throwIfNoEntry: false });
    if (stat === undefined || !stat.isFile() || stat.size > maxMetricsBytes) return [];
    return readMetricsFile(readFileSync(absolute, 'utf8'), name);
  } catch {
    return [];
  }
}

/** Keeps small outputs that no cache holds, so that the run can be handed over later. */
export async function keepUncached(
  stage: Stage,
  context: PipelineRunContext,
  observer: Observer,
): Promise<void> {
  for (const out of stage.outs) {
    const content = observer.content(out.path);
    if (out.cache || content === null || content.size > maxKeptBytes) continue;
    await context.kept.add(
      observer.absolute(out.path),
      content,
      observer.hashOptions(out.path, {}),
    );
  }
}
