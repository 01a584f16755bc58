/** Models against the base that they were made from: `cairn diff A B --base BASE`. */
import { writeFileSync } from 'node:fs';
import { extname, resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import { type Input, type Item, type Output, operations } from '../../../contract/index.ts';
import { modelPairs } from '../../../contract/model-pairs.ts';
import { maxTaskModels, type TaskTensor } from '../../../contract/task-vectors.ts';
import { writeWholeFile } from '../../../exports/index.ts';
import { duration, number, oneLine, paint, print, printJson, size, table } from '../output.ts';
import { CliSession, type GlobalOptions } from '../session.ts';
import { printSide } from './diff-models.ts';
import { fileSource, openFor } from './file-sources.ts';

type Opened = Extract<Item<'diff.taskVectors'>, { kind: 'opened' }>;

export async function diffTaskVectors(
  options: GlobalOptions & { readonly to?: string; readonly overwrite?: boolean },
  base: string,
  models: readonly string[],
): Promise<void> {
  if (models.length < 2) {
    throw new CairnError('invalid', '--base needs two models or more, which were made from it.');
  }
  if (models.length > maxTaskModels) {
    throw new CairnError('invalid', `--base compares at most ${maxTaskModels} models at once.`);
  }
  const input = { base: fileSource(base), models: models.map(fileSource) };
  const cli = await CliSession.start();
  try {
    cli.cancelOnInterrupt();
    await openFor(cli, options, [base, ...models]);
    if (options.to === undefined) await show(cli, options, input);
    else await writeReport(cli, options, input, options.to);
  } finally {
    await cli.end();
  }
}

async function show(
  cli: CliSession,
  options: GlobalOptions,
  input: Input<'diff.taskVectors'>,
): Promise<void> {
  const tensors = new Map<string, TaskTensor>();
  let opened: Opened | null = null as Opened | null;
  const totals = await cli.call('diff.taskVectors', input, {
    onItem: (item) => {
      if (item.kind === 'opened') opened = item;
      for (const tensor of item.tensors) tensors.set(tensor.name, tensor);
    },
  });
  if (opened === null) return;
  const { base, models } = opened;
  const rows = [...tensors.values()];
  if (options.json) {
    printJson({ ...totals, base, models, tensors: rows });
    return;
  }
  printTensors(rows, models.length);
  print('');
  printTotals(opened, totals);
  for (const side of [base, ...models]) printSide(side);
  print(
    `${totals.measured} tensors are in every model.  ${size(totals.bytesRead)} read in ${duration(totals.durationMs)}; nothing was run.`,
  );
}

/** Those that moved most first. */
function printTensors(tensors: readonly TaskTensor[], count: number): void {
  const most = ({ models }: TaskTensor) =>
    Math.max(-1, ...models.map((model) => model?.relative ?? -1));
  const shown = tensors.filter((tensor) => tensor.sum !== null || tensor.note !== null);
  if (shown.length === 0) return;
  const pairs = modelPairs(count);
  const head = [
    ...['tensor', 'type'],
    ...Array.from({ length: count }, (_, at) => `|Δ${at + 1}|/|base|`),
    ...pairs.flatMap(([left, right]) => {
      const pair = count === 2 ? '' : ` ${left + 1}·${right + 1}`;
      return [`cosine${pair}`, `conflict${pair}`];
    }),
    '|ΣΔ|',
    '',
  ];
  const rows = shown
    .toSorted((a, b) => most(b) - most(a))
    .map((tensor) => [
      oneLine(tensor.name, 60),
      `${tensor.dtype} [${tensor.shape.join(', ')}]`,
      ...tensor.models.map((model) => number(model?.relative ?? null)),
      ...tensor.pairs.flatMap((pair) => [
        number(pair?.cosine ?? null),
        percent(pair?.conflictShare ?? null),
      ]),
      number(tensor.sum),
      tensor.note === null ? '' : paint('dim', oneLine(tensor.note, 60)),
    ]);
  print(
    table(
      head,
      rows,
      Array.from({ length: head.length - 3 }, (_, at) => at + 2),
    ),
  );
}

function printTotals({ base, models }: Opened, { total }: Output<'diff.taskVectors'>): void {
  if (total === null) {
    print('No tensor of the base is in every model.');
    return;
  }
  print(
    table(
      ['model', '|Δ|', '|Δ|/|base|', 'values moved'],
      models.map(({ title }, at) => [
        `${at + 1} ${oneLine(title, 60)}`,
        number(total.models[at]?.norm ?? null),
        number(total.models[at]?.relative ?? null),
        percent(total.models[at]?.movedShare ?? null),
      ]),
      [1, 2, 3],
    ),
  );
  for (const [at, [left, right]] of modelPairs(models.length).entries()) {
    const pair = total.pairs[at];
    print(
      `${left + 1} · ${right + 1}: cosine ${number(pair?.cosine ?? null) || '–'}; both moved ${percent(pair?.bothShare ?? null) || '–'} of the values, ${percent(pair?.conflictShare ?? null) || '–'} of these in opposite ways`,
    );
  }
  print(`All added to ${oneLine(base.title, 60)}: |ΣΔ| ${number(total.sum)}`);
}

function percent(share: number | null): string {
  return share === null ? '' : `${number(share * 100)} %`;
}

async function writeReport(
  cli: CliSession,
  options: GlobalOptions & { readonly overwrite?: boolean },
  input: Input<'diff.taskVectors'>,
  to: string,
): Promise<void> {
  const format = reportFormat.safeParse(extname(to).slice(1).toLowerCase());
  if (!format.success) {
    throw new CairnError('invalid', '--to takes a file whose name ends in .json, .csv or .html.');
  }
  const { text } = await cli.call('diff.taskVectorReport', { ...input, format: format.data });
  const path = resolve(to);
  await writeWholeFile({ path, overwrite: options.overwrite ?? false }, (handle) =>
    writeFileSync(handle, text),
  );
  if (options.json) printJson({ path, bytes: Buffer.byteLength(text) });
  else print(`Written to ${path}; nothing in the models was run.`);
}

const reportFormat = operations['diff.taskVectorReport'].input.shape.format;
