/** The measuring thread: opens files of tensors and measures their tensors, one task at a time. */
import { parentPort } from 'node:worker_threads';
import { asCairnError } from '../base/errors.ts';
import type {
  TensorAnswers,
  TensorReply,
  TensorRequest,
  TensorTask,
} from '../formats/tensor-task.ts';
import { openTensorFile } from '../formats/tensors.ts';
import { BlockMeasure } from './block-measure.ts';
import { DeltaBlocks } from './tensor-deltas.ts';
import { countDistribution } from './tensor-distribution.ts';
import { measurePart } from './tensor-measure.ts';
import { sampleTensor } from './tensor-sample.ts';
import { spectrumOfChange } from './tensor-spectrum.ts';

const port = parentPort;
if (!port) throw new Error('tensor-worker is a thread and has to be started as one');

let blocks: BlockMeasure | null = null;
let deltas: DeltaBlocks | null = null;

async function perform(task: TensorTask): Promise<TensorAnswers[TensorTask['kind']]> {
  if (task.kind === 'open') return await openTensorFile(task.path);
  if (task.kind === 'sample') return await sampleTensor(task.tensor);
  if (task.kind === 'distribution') return await countDistribution(task.part, task.low, task.high);
  if (task.kind === 'spectrum') return await spectrumOfChange(task.left, task.right);
  if (task.kind === 'deltas') {
    deltas ??= new DeltaBlocks();
    const own = deltas;
    return await each(task.parts, (part) => own.measure(part));
  }
  blocks ??= new BlockMeasure();
  const own = blocks;
  return await each(task.parts, (part) => measurePart(part, own));
}

/** One after the other; the sentence where a part cannot be read. */
async function each<P, R>(
  parts: readonly P[],
  measure: (part: P) => Promise<R>,
): Promise<Array<R | { readonly problem: string }>> {
  const results: Array<R | { readonly problem: string }> = [];
  for (const part of parts) {
    try {
      results.push(await measure(part));
    } catch (error) {
      results.push({ problem: asCairnError(error).message });
    }
  }
  return results;
}

port.on('message', async ({ id, task }: TensorRequest) => {
  let reply: TensorReply;
  try {
    reply = { id, ok: true, value: await perform(task) };
  } catch (error) {
    const { code, message } = asCairnError(error);
    reply = { id, ok: false, code, message };
  }
  port.postMessage(reply);
});
