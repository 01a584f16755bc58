/** Two model files, tensor by tensor. */
import { writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { TensorChange } from '../../../contract/diff.ts';
import { type Input, type Item, operations } from '../../../contract/index.ts';
import { writeWholeFile } from '../../../exports/index.ts';
import { duration, number, oneLine, paint, print, printJson, size, table } from '../output.ts';
import type { CliSession, GlobalOptions } from '../session.ts';
import { printParts, readParts } from './diff-model-parts.ts';

type Side = Extract<Item<'diff.model'>, { kind: 'opened' }>['left'];

export async function diffModels(
  cli: CliSession,
  options: GlobalOptions & { readonly to?: string; readonly overwrite?: boolean },
  pair: Input<'diff.model'>,
): Promise<void> {
  if (options.to !== undefined) return await writeReport(cli, options, pair, options.to);
  const tensors = new Map<string, TensorChange>();
  let sides: readonly Side[] = [];
  const totals = await cli.call('diff.model', pair, {
    onItem: (item) => {
      if (item.kind === 'opened') sides = [item.left, item.right];
      for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    },
  });
  const rows = [...tensors.values()];
  const parts = await readParts(cli, pair, sides);
  if (options.json) {
    const [left, right] = sides;
    printJson({ ...totals, left, right, tensors: rows, ...parts });
    return;
  }
  printTensors(rows);
  for (const side of sides) printSide(side);
  await printParts(parts, sides);
  const word = totals.identical
    ? 'The two models are identical.'
    : `${totals.changedTensors} tensors differ.`;
  if (totals.fewComparable) print(fewComparable(parts.trees?.trees != null));
  print(
    `${word}  ${size(totals.bytesRead)} read in ${duration(totals.durationMs)}; nothing was run.`,
  );
}

function fewComparable(trees: boolean): string {
  const said =
    'Most tensors have none of the same shape on the other side, so there is no overall change.';
  return trees ? `${said} What differs is told by the trees above.` : said;
}

async function writeReport(
  cli: CliSession,
  options: GlobalOptions & { readonly overwrite?: boolean },
  pair: Input<'diff.model'>,
  to: string,
): Promise<void> {
  const format = reportFormat.safeParse(extname(to).slice(1).toLowerCase());
  if (!format.success) {
    throw new CairnError('invalid', '--to takes a file whose name ends in .json, .csv or .html.');
  }
  const { text } = await cli.call('diff.modelReport', { ...pair, format: format.data });
  const path = resolve(to);
  await writeWholeFile({ path, overwrite: options.overwrite ?? false }, (file) =>
    writeFileSync(file, text),
  );
  if (options.json) printJson({ path, bytes: Buffer.byteLength(text) });
  else print(`Written to ${path}; nothing in the models was run.`);
}

const reportFormat = operations['diff.modelReport'].input.shape.format;

/** What a file could do elsewhere, and what of it was left out. */
export function printSide({ title, badge, findings, notes }: Side): void {
  if (badge !== 'data') print(`${oneLine(title, 60)}: ${badges[badge]}`);
  for (const finding of findings) print(paint('yellow', `  ${oneLine(finding, 200)}`));
  for (const note of notes) print(paint('dim', `  ${oneLine(note, 200)}`));
}

const badges: Readonly<Record<Exclude<Side['badge'], 'data'>, string>> = {
  'code-capable': 'the format can carry code; what it carries is listed.',
  'unknown-globals': 'it names code that is not known to be harmless.',
  dangerous: 'loading it in its own framework can run code.',
  ambiguous: 'two programs could see two different contents in it.',
};

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
