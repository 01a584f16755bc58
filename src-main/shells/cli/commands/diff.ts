/** `cairn diff`. */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { DiffSummary, TensorChange } from '../../../contract/diff.ts';
import { duration, number, oneLine, paint, print, printJson, size, table } from '../output.ts';
import { CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

export async function diff(
  options: GlobalOptions & { readonly code: boolean },
  left: string,
  right: string | undefined,
): Promise<void> {
  if (isFile(left) && right !== undefined && isFile(right)) {
    await diffModels(options, left, right);
    return;
  }
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const pair = { left, right: right ?? 'workspace' };
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

function isFile(path: string): boolean {
  return existsSync(path) && statSync(path).isFile();
}

async function diffModels(options: GlobalOptions, left: string, right: string): Promise<void> {
  const cli = await CliSession.start();
  try {
    cli.cancelOnInterrupt();
    const tensors = new Map<string, TensorChange>();
    const totals = await cli.call(
      'diff.model',
      {
        left: { kind: 'file', path: resolve(left) },
        right: { kind: 'file', path: resolve(right) },
      },
      { onItem: (item) => item.tensors.forEach((tensor) => void tensors.set(tensor.name, tensor)) },
    );
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
  } finally {
    await cli.end();
  }
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

function printSummary(summary: DiffSummary): void {
  print(`${paint('bold', summary.left.title)}  →  ${paint('bold', summary.right.title)}`);
  const params = summary.params.filter((param) => param.change !== 'same');
  section(
    'params',
    ['param', 'before', 'after'],
    params.map((one) => [one.key, one.left ?? '–', one.right ?? '–']),
  );
  const metrics = summary.metrics.filter((metric) => metric.left !== metric.right);
  section(
    'metrics',
    ['metric', 'before', 'after', 'change', ''],
    metrics.map((one) => [
      one.key,
      number(one.left),
      number(one.right),
      one.delta === null ? '' : `${one.delta > 0 ? '+' : ''}${number(one.delta)}`,
      one.better === null ? '' : one.better ? paint('green', 'better') : paint('red', 'worse'),
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
