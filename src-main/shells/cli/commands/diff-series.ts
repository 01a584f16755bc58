/** How a model moved over the checkpoints of a run or a folder: `cairn diff --series WHAT`. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { Input, Item } from '../../../contract/index.ts';
import { number, oneLine, paint, print, printJson, table } from '../output.ts';
import { CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

type Found = Extract<Item<'diff.series'>, { kind: 'checkpoints' }>;
type Compared = Extract<Item<'diff.series'>, { kind: 'compared' }>;

/** @param what a folder on the disk, or else a run */
export async function diffSeries(options: GlobalOptions, what: string): Promise<void> {
  if (statSync(what, { throwIfNoEntry: false })?.isDirectory()) {
    const cli = await CliSession.start();
    try {
      await show(cli, options, { kind: 'folder', path: resolve(what) });
    } finally {
      await cli.end();
    }
    return;
  }
  await withWorkspace(options, (cli) => show(cli, options, { kind: 'run', reference: what }));
}

async function show(
  cli: CliSession,
  options: GlobalOptions,
  source: Input<'diff.series'>['source'],
): Promise<void> {
  cli.cancelOnInterrupt();
  let found: Found | null = null as Found | null;
  const compared: Compared[] = [];
  const totals = await cli.call(
    'diff.series',
    { source },
    {
      onItem: (item) => {
        if (item.kind === 'checkpoints') found = item;
        else compared.push(item);
      },
    },
  );
  if (found === null) return;
  const { checkpoints, place, leftOut } = found;
  if (checkpoints.length < 2) {
    throw new CairnError(
      'not-found',
      `${place} has ${checkpoints.length === 0 ? 'no model file' : 'one model file'} on this machine; a series needs two or more.`,
    );
  }
  const steps = compared.map(({ kind: _, done: __, at, ...step }) => ({
    checkpoint: checkpoints[at]?.label ?? '',
    ...step,
  }));
  if (options.json) return printJson({ place, leftOut, ...totals, checkpoints, compared: steps });
  const against = (side: 'first' | 'previous', at: number) =>
    compared.find((one) => one.at === at && one.against.includes(side));
  print(
    table(
      ['checkpoint', 'since the first', 'since the one before', 'moved most'],
      checkpoints.map(({ label }, at) => {
        const [first, before] = [against('first', at), against('previous', at)];
        if (first?.problem) return [oneLine(label, 60), '', '', ''];
        return [
          oneLine(label, 60),
          number(first?.relativeL2 ?? null),
          number(before?.relativeL2 ?? null),
          at === 0 ? '' : mostMoved(before),
        ];
      }),
      [1, 2],
    ),
  );
  const problems = new Set(
    compared.flatMap(({ at, problem }) =>
      problem === null ? [] : [`${checkpoints[at]?.label}: ${problem}`],
    ),
  );
  for (const problem of problems) print(paint('yellow', oneLine(problem, 200)));
  const more = leftOut > 0 ? ` ${leftOut} more were left out.` : '';
  print(`${checkpoints.length} checkpoints of ${oneLine(place, 200)}.${more} Nothing was run.`);
}

function mostMoved(step: Compared | undefined): string {
  const [most] = (step?.parts ?? []).toSorted((a, b) => (b.change ?? 0) - (a.change ?? 0));
  return most?.change ? `${oneLine(most.name, 50)} ${number(most.change)}` : '';
}
