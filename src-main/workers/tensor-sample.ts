/** A handful of a tensor's elements, to tell which tensors are alike before reading them whole. */
import { swapBytes, widen } from '../formats/tensor-values.ts';
import type { TensorInfo } from '../formats/tensors.ts';
import { openInOrder } from './tensor-order.ts';

const runs = 16;
const runElements = 128;

/** Up to 2048 elements in 16 runs spread evenly; none for types that are not numbers. */
export async function sampleTensor(tensor: TensorInfo): Promise<Float64Array> {
  const type = tensor.dtype.decode;
  if (type === null) return new Float64Array(0);
  const itemBytes = tensor.dtype.bits / 8;
  const whole = tensor.elements <= runs * runElements;
  const count = whole ? tensor.elements : runElements;
  const values = new Float64Array(whole ? count : runs * runElements);
  const piece = new Uint8Array(count * itemBytes);
  const bytes = await openInOrder(tensor, true);
  try {
    for (let run = 0; run * count < values.length; run++) {
      const from = whole ? 0 : Math.floor((run * (tensor.elements - count)) / (runs - 1));
      bytes.read(piece, from * itemBytes);
      if (tensor.bigEndian) swapBytes(piece, tensor.dtype);
      widen(type, piece, count, values.subarray(run * count, (run + 1) * count));
    }
  } finally {
    bytes.close();
  }
  return values;
}
