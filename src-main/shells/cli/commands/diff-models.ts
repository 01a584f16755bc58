/** Two model files, tensor by tensor. */
import type { TensorChange } from '../../../contract/diff.ts';
import type { Input } from '../../../contract/index.ts';
import { duration, number, oneLine, print, printJson, size, table } from '../output.ts';
import type { CliSession, GlobalOptions } from '../session.ts';

export async function diffModels(
  cli: CliSession,
  options: GlobalOptions,
  pair: Input<'diff.model'>,
): Promise<void> {
  const tensors = new Map<string, TensorChange>();
  const totals = await cli.call('diff.model', pair, {
    onItem: (item) => item.tensors.forEach((tensor) => void tensors.set(tensor.name, tensor)),
  });
  const rows = [...tensors.values()];
  if (options.json) {
    printJson({ ...totals, tensors: rows });
    return;
  }
  printTensors(rows);
  const word = totals.identical
    ? 'The two models are identical.'
    : `${totals.changedTensors} tensors differ.`;
  print(
    `${word}  ${size(totals.bytesRead)} read in ${duration(totals.durationMs)}; nothing was run.`,
  );
}

function printTensors(tensors: readonly TensorChange[]): void {
  const changed = tensors
    .filter((tensor) => tensor.change !== 'same')
    .sort((a, b) => (b.relativeL2 ?? Infinity) - (a.relativeL2 ?? Infinity));
  if (changed.length === 0) return;
  const rows = changed.map((tensor) => [
    oneLine(tensor.from === null ? tensor.name : `${tensor.from} → ${tensor.name}`, 60),
    tensor.change,
    `${tensor.right?.dtype ?? tensor.left?.dtype} [${(tensor.right ?? tensor.left)?.shape.join(', ')}]`,
    number(tensor.relativeL2),
    number(tensor.cosine),
    number(tensor.maxAbs),
    number(tensor.meanAbs),
    tensor.changedShare === null ? '' : `${number(tensor.changedShare * 100)} %`,
  ]);
  const head = ['tensor', 'change', 'type', 'rel. L2', 'cosine', 'max |Δ|', 'mean |Δ|', 'changed'];
  print(table(head, rows, [3, 4, 5, 6, 7]));
}
