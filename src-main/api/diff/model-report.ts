/** A comparison of two models, put together from what streams in, as a text to keep. */
import { extname } from 'node:path';
import type { Progress } from '../../contract/common.ts';
import type { TensorChange } from '../../contract/diff.ts';
import type { Output } from '../../contract/index.ts';
import { structuredFormats } from '../../contract/model-files.ts';
import { type ModelParts, type ModelReportFormat, modelReport } from '../../exports/index.ts';
import {
  codeOf,
  diffModels,
  type ModelDiffCache,
  type ModelDiffItem,
  type ModelFile,
  structureOf,
  treesOf,
} from '../../models/index.ts';

export const mimes: Readonly<Record<ModelReportFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv',
  html: 'text/html',
};

interface Making {
  readonly signal: AbortSignal;
  readonly models: ModelDiffCache;
  emit(report: Progress): Promise<void>;
}

/** @throws CairnError as comparing does */
export async function reportOnModels(
  left: ModelFile,
  right: ModelFile,
  format: ModelReportFormat,
  { signal, emit, models }: Making,
): Promise<Output<'diff.modelReport'>> {
  const tensors = new Map<string, TensorChange>();
  const opened: Array<Extract<ModelDiffItem, { kind: 'opened' }>> = [];
  const take = async (item: ModelDiffItem): Promise<void> => {
    for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    if (item.kind === 'opened') opened.push(item);
    else await emit(item.progress);
  };
  const totals = await diffModels(left, right, { signal }, take, models);
  const [sides] = opened;
  if (sides === undefined) throw new Error('a comparison ended before it was opened');
  const parts = await partsOf(left, right, [sides.left, sides.right], signal);
  const comparison = {
    left: sides.left,
    right: sides.right,
    tensors: [...tensors.values()],
    totals,
    parts,
    madeAt: Date.now(),
  };
  const name = `${plainTitle(left.title)}-${plainTitle(right.title)}.${format}`;
  return { name, mime: mimes[format], text: modelReport(comparison, format) };
}

/** What these two files can hold beside their tensors. */
async function partsOf(
  left: ModelFile,
  right: ModelFile,
  sides: ReadonlyArray<Extract<ModelDiffItem, { kind: 'opened' }>['left']>,
  signal: AbortSignal,
): Promise<ModelParts> {
  const structured = sides.some(({ format }) => structuredFormats.has(format));
  const boosted = sides.some(({ booster }) => booster !== undefined);
  const scripted = sides.some(({ format }) => format === 'torchscript');
  return {
    structure: structured ? await structureOf(left, right, { signal }) : null,
    trees: boosted ? await treesOf(left, right, { signal }) : null,
    code: scripted ? await codeOf(left, right, { signal }) : null,
  };
}

/** Part of a name of a file that every system takes. */
export function plainTitle(title: string): string {
  const text = title.slice(0, title.length - extname(title).length);
  return text.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 60);
}
