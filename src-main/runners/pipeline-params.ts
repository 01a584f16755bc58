/** `-P key=value`, written into the params files before anything is planned. */
import { join } from 'node:path';
import {
  applySetParams,
  loadPipeline,
  parseSetParam,
  workspaceReader,
} from '../pipelines/index.ts';
import { type LockWriter, writeAtomically } from './pipeline-lock.ts';

/**
 * Changes the files; comments and layout stay.
 * @throws CairnError `invalid` or `not-found`, with no file changed
 */
export async function editParams(
  root: string,
  assignments: readonly string[],
  lock: LockWriter,
): Promise<void> {
  const params = assignments.map(parseSetParam);
  const needsCandidates = params.some((param) => param.file === null);
  const stages = needsCandidates ? (await loadPipeline(root)).stages : [];
  const candidates = stages.flatMap((stage) => stage.params.map((one) => one.file));
  await lock.exclusively(() => {
    const texts = applySetParams(params, candidates, workspaceReader(root));
    for (const [file, text] of texts) writeAtomically(join(root, file), text);
  });
}
