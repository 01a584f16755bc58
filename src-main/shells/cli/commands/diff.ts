/** `cairn diff`. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import { isBundlePath } from '../../../contract/bundle-path.ts';
import type { DiffSummary } from '../../../contract/diff.ts';
import { contentKind } from '../../../contract/diff-content.ts';
import { isModelUri } from '../../../contract/model-files.ts';
import { number, oneLine, paint, print, printJson, size, table } from '../output.ts';
import { type GlobalOptions, withWorkspace } from '../session.ts';
import { diffFiles, onlyModels } from './diff-files.ts';

export async function diff(
  options: GlobalOptions & {
    readonly code: boolean;
    readonly as?: string;
    readonly to?: string;
    readonly overwrite?: boolean;
    readonly base?: string;
    readonly series?: string;
  },
  [left, right, ...more]: readonly string[],
): Promise<void> {
  if (options.series !== undefined) {
    if (left !== undefined) throw seriesAlone();
    if (options.to !== undefined) throw onlyModels();
    return await (await import('./diff-series.ts')).diffSeries(options, options.series);
  }
  if (left === undefined) throw nothingNamed();
  if (options.base !== undefined) {
    const models = [left, ...(right === undefined ? [] : [right]), ...more];
    const { diffTaskVectors } = await import('./diff-task-vectors.ts');
    return await diffTaskVectors(options, options.base, models);
  }
  if (more.length > 0) throw twoSides();
  const areFiles = isFile(left) && right !== undefined && isFile(right);
  const areBundles =
    areFiles && isBundlePath(left) && isBundlePath(right) && options.as === undefined;
  if (areFiles && !areBundles) {
    await diffFiles(options, left, right, kindNamed(options.as));
    return;
  }
  if (options.to !== undefined) throw onlyModels();
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const pair = { left: sideNamed(left), right: sideNamed(right ?? 'workspace') };
    const summary = await cli.call('diff.summary', pair);
    const texts = options.code
      ? await Promise.all(
          summary.code
            .filter((file) => !file.binary)
            .map(async (file) => ({
              path: file.path,
              ...(await cli.call('diff.file', { ...pair, path: file.path, from: file.from })),
            })),
        )
      : [];
    if (options.json) {
      printJson(options.code ? { ...summary, texts } : summary);
      return;
    }
    printSummary(summary);
    const { createTwoFilesPatch } = await import('diff');
    for (const text of texts) {
      print(
        createTwoFilesPatch(`a/${text.path}`, `b/${text.path}`, text.left ?? '', text.right ?? ''),
      );
    }
  });
}

function nothingNamed(): CairnError {
  return new CairnError('invalid', 'Name what to compare, such as “cairn diff 02.6 02.7”.');
}

function seriesAlone(): CairnError {
  return new CairnError('invalid', '--series takes one run or folder, and nothing beside it.');
}

function twoSides(): CairnError {
  return new CairnError(
    'invalid',
    'Two sides are compared. With --base BASE there may be more: models that were made from it.',
  );
}

function kindNamed(name: string | undefined) {
  if (name === undefined) return null;
  const kind = contentKind.safeParse(name);
  if (kind.success) return kind.data;
  throw new CairnError('invalid', `--as takes one of ${contentKind.options.join(', ')}.`);
}

/** On the disk, or a model of the open folder as MLflow names it. */
function isFile(path: string): boolean {
  return isModelUri(path) || (existsSync(path) && statSync(path).isFile());
}

/** A bundle is named from the current folder, whatever the folder of the workspace. */
function sideNamed(reference: string): string {
  return isBundlePath(reference) && isFile(reference) ? resolve(reference) : reference;
}

function printSummary(summary: DiffSummary): void {
  print(`${paint('bold', summary.left.title)}  →  ${paint('bold', summary.right.title)}`);
  const params = summary.params.filter((param) => param.change !== 'same');
  section(
    'params',
    ['param', 'before', 'after'],
    params.map((one) => [one.key, one.left ?? '–', one.right ?? '–']),
  );
  const metrics = summary.metrics.filter((metric) => !Object.is(metric.left, metric.right));
  section(
    'metrics',
    ['metric', 'before', 'after', 'change', ''],
    metrics.map((one) => [
      one.key,
      mean(one.left, one.spread?.left),
      mean(one.right, one.spread?.right),
      one.delta === null ? '' : `${one.delta > 0 ? '+' : ''}${number(one.delta)}`,
      [verdict(one.better), one.spread?.p == null ? '' : `p ${number(one.spread.p)}`]
        .filter(Boolean)
        .join(', '),
    ]),
  );
  section(
    'code',
    ['change', 'file', 'lines'],
    summary.code.map((file) => [
      file.change,
      file.from === null ? file.path : `${file.from} → ${file.path}`,
      file.binary ? 'binary' : `+${file.added} −${file.removed}`,
    ]),
  );
  section(
    'data',
    ['change', 'path', 'before', 'after'],
    summary.data
      .filter((one) => one.change !== 'same')
      .map((one) => [
        one.change,
        one.path,
        size(one.left?.size ?? null),
        size(one.right?.size ?? null),
      ]),
  );
  section(
    'environment',
    ['kind', 'name', 'before', 'after'],
    summary.environment
      .filter((one) => one.change !== 'same')
      .map((one) => [one.section, one.key, one.left ?? '–', one.right ?? '–']),
  );
}

function verdict(better: boolean | null): string {
  if (better === null) return '';
  return better ? paint('green', 'better') : paint('red', 'worse');
}

/** A value; of a group its mean, deviation and number of runs. */
function mean(value: number | null, spread?: { n: number; std: number | null }): string {
  if (spread?.std == null) return number(value);
  return `${number(value)} ± ${number(spread.std)} (n ${spread.n})`;
}

function section(title: string, head: string[], rows: string[][]): void {
  if (rows.length === 0) return;
  print(`\n${paint('bold', title)}`);
  print(
    table(
      head,
      rows.map((row) => row.map((cell) => oneLine(cell, 70))),
    ).replace(/^/gm, '  '),
  );
}
