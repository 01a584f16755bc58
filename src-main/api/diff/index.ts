/**
 * Comparing two sides: runs, commits, the workspace, or two model files. Everything is read; nothing
 * is executed, and nothing is written into the opened folder.
 */
import { join } from 'node:path';
import type { Output, ParsedInput } from '../../contract/index.ts';
import { diffModels, lookAtTensor, ModelDiffCache } from '../../models/index.ts';
import type { Handlers } from '../../rpc/index.ts';
import { readSideFile } from './code.ts';
import { type DiffContext, type DiffSession, workOf } from './context.ts';
import { diffDirectory } from './directory.ts';
import { locateModel } from './locate.ts';
import { diffMany } from './many.ts';
import { diffManyFiles } from './many-files.ts';
import { modelPartHandlers } from './model-parts.ts';
import { reportOnModels } from './model-report.ts';
import { seriesHandlers } from './series.ts';
import { resolveSide } from './sides.ts';
import { summarise } from './summary.ts';
import { taskVectorHandlers } from './task-vectors.ts';
import { decodeText, isBinary } from './text.ts';

type DiffOperation =
  | 'diff.summary'
  | 'diff.many'
  | 'diff.manyFiles'
  | 'diff.file'
  | 'diff.directory'
  | 'diff.model'
  | 'diff.tensor'
  | 'diff.modelReport'
  | 'diff.taskVectors'
  | 'diff.taskVectorReport'
  | 'diff.structure'
  | 'diff.trees'
  | 'diff.tree'
  | 'diff.modelCode'
  | 'diff.series';

/** @param cacheFolder the user's, where finished comparisons are kept; null to keep none on the disk */
export function diffHandlers(
  context: DiffContext,
  cacheFolder: string | null = null,
): Pick<Handlers, DiffOperation> {
  const models = new ModelDiffCache({ folder: cacheFolder && join(cacheFolder, 'model-diffs') });
  return {
    ...taskVectorHandlers(context, cacheFolder),
    ...modelPartHandlers(context),
    ...seriesHandlers(context, models),
    'diff.summary': async (input, call) => await summarise(context.session(), input, workOf(call)),
    'diff.many': async ({ sides }) => await diffMany(context.session(), sides),
    'diff.manyFiles': async ({ sides }, call) =>
      await diffManyFiles(context.session(), sides, workOf(call)),
    'diff.file': async (input) => await texts(context.session(), input),
    'diff.directory': async ({ left, right, path, limit }, { signal }) => {
      const session = context.session();
      const sides = [await resolveSide(session, left), await resolveSide(session, right)] as const;
      return await diffDirectory(session, ...sides, path, limit, { signal });
    },
    'diff.model': async (input, { signal, emit }) => {
      await using left = await locateModel(context, input.left, { signal });
      await using right = await locateModel(context, input.right, { signal });
      return await diffModels(left.file, right.file, { signal }, emit, models);
    },
    'diff.modelReport': async (input, { signal, emit }) => {
      await using left = await locateModel(context, input.left, { signal });
      await using right = await locateModel(context, input.right, { signal });
      return await reportOnModels(left.file, right.file, input.format, { signal, emit, models });
    },
    'diff.tensor': async (input, { signal }) => {
      await using left = await locateModel(context, input.left, { signal });
      await using right = await locateModel(context, input.right, { signal });
      const names = { ...input.names, order: input.order };
      return await lookAtTensor(left.file, right.file, names, input.want, { signal });
    },
  };
}

/** Both texts of one file, or a note why one of them is missing. */
async function texts(
  session: DiffSession,
  input: ParsedInput<'diff.file'>,
): Promise<Output<'diff.file'>> {
  const left = await resolveSide(session, input.left);
  const right = await resolveSide(session, input.right);
  const before = await readSideFile(session, left, input.from ?? input.path);
  const after = await readSideFile(session, right, input.path);
  const sides = [before, after];
  if (sides.includes('too large')) return { left: null, right: null, note: tooLarge };
  if (sides.some((bytes) => bytes instanceof Uint8Array && isBinary(bytes))) {
    return { left: null, right: null, note: binary };
  }
  const [a, b] = sides.map((bytes) => (bytes instanceof Uint8Array ? decodeText(bytes) : null));
  const note = a === null && b === null ? `Neither side has ${input.path}.` : null;
  return { left: a ?? null, right: b ?? null, note };
}

const tooLarge = 'This file is larger than 5 MB, so its lines are not compared.';
const binary = 'This file is binary, so its lines cannot be compared.';
