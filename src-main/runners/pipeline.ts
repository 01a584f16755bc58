/** Reproduces a pipeline: only what changed, independent stages side by side. */
import type { Work } from '../base/progress.ts';
import type { RunSpec } from '../contract/runs.ts';
import type { PipelineOutcome, PipelineRunContext } from './pipeline-types.ts';

export type PipelineSpec = Extract<RunSpec, { kind: 'pipeline' }>;

export async function runPipeline(
  _context: PipelineRunContext,
  _spec: PipelineSpec,
  _work: Work,
): Promise<PipelineOutcome> {
  throw new Error('being written');
}
