/** `cairn export`, `cairn verify`, `cairn reproduce`. */
import { resolve } from 'node:path';
import { CairnError } from '../../../base/errors.ts';
import type { ReproduceReport, VerifyReport } from '../../../contract/bundles.ts';
import { duration, paint, print, printJson, size, table } from '../output.ts';
import { CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

export async function exportRun(
  options: GlobalOptions & {
    readonly output: string;
    readonly leaveOut: string[];
    readonly force: boolean;
  },
  reference: string,
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const { id } = await cli.call('runs.resolve', { reference });
    const made = await cli.call('bundles.export', {
      runId: id,
      output: resolve(options.output),
      leaveOut: options.leaveOut,
      overwrite: options.force,
    });
    if (options.json) {
      printJson(made);
      return;
    }
    print(`${made.path}  ${size(made.bytes)}, ${made.files} files`);
    for (const one of made.omitted) print(`  left out: ${one.path} (${one.reason})`);
  });
}

export async function verify(options: GlobalOptions, file: string): Promise<void> {
  await withoutWorkspace(async (cli) => {
    const report = await cli.call('bundles.verify', { path: resolve(file) });
    if (options.json) printJson(report);
    else printReport(report);
    if (!report.ok) process.exitCode = 1;
  });
}

export async function reproduce(
  options: GlobalOptions & { readonly into?: string; readonly tolerance: string },
  file: string,
): Promise<void> {
  const tolerance = Number(options.tolerance);
  if (!(tolerance >= 0)) throw new CairnError('invalid', '--tolerance takes a number from 0 on.');
  await withoutWorkspace(async (cli) => {
    const report = await cli.call(
      'bundles.reproduce',
      {
        path: resolve(file),
        into: options.into === undefined ? null : resolve(options.into),
        tolerance,
      },
      {
        onItem: (item) => {
          if ('log' in item && !options.json) process.stdout.write(item.log);
        },
      },
    );
    if (options.json) printJson(report);
    else printVerdicts(report);
    if (!report.ok) process.exitCode = 1;
  });
}

/** A bundle says itself what it is about: no folder needs to be open. */
async function withoutWorkspace(work: (cli: CliSession) => Promise<void>): Promise<void> {
  const cli = await CliSession.start();
  try {
    cli.cancelOnInterrupt();
    await work(cli);
  } finally {
    await cli.end();
  }
}

function printReport(report: VerifyReport): void {
  if (report.run !== null) print(`${report.run.label} ${report.run.name}: ${report.run.command}`);
  for (const problem of report.problems) {
    print(`${paint('red', problem.state)}  ${problem.path}  ${problem.detail}`);
  }
  for (const one of report.omitted) print(`left out  ${one.path}  ${one.reason}`);
  print(
    report.ok
      ? paint(
          'green',
          `All ${report.files} files are as they were written (${size(report.bytes)}).`,
        )
      : paint(
          'red',
          `${report.problems.length} of ${report.files} files are not as they were written.`,
        ),
  );
}

function printVerdicts(report: ReproduceReport): void {
  const rows = report.outputs.map((output) => [output.verdict, output.path, output.detail]);
  if (rows.length > 0) print(table(['verdict', 'output', ''], rows));
  for (const difference of report.environment) print(paint('dim', difference));
  const word = report.ok ? paint('green', 'Reproduced') : paint('red', 'Not reproduced');
  print(`${word} in ${report.folder}, ${duration(report.durationMs)}.`);
}
