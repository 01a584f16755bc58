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
import { countDistribution } from './tensor-distribution.ts';
import { measurePart } from './tensor-measure.ts';
import { sampleTensor } from './tensor-sample.ts';
import { spectrumOfChange } from './tensor-spectrum.ts';

const port = parentPort;
if (!port) throw new Error('tensor-worker is a thread and has to be started as one');

let blocks: BlockMeasure | null = null;

async function perform(task: TensorTask): Promise<TensorAnswers[TensorTask['kind']]> {
  if (task.kind === 'open') return await openTensorFile(task.path);
  if (task.kind === 'sample') return await sampleTensor(task.tensor);
  if (task.kind === 'distribution') return await countDistribution(task.part, task.low, task.high);
  if (task.kind === 'spectrum') return await spectrumOfChange(task.left, task.right);
  blocks ??= new BlockMeasure();
  const results: Array<TensorAnswers['measure'][number]> = [];
  for (const part of task.parts) {
    try {
      results.push(await measurePart(part, blocks));
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
