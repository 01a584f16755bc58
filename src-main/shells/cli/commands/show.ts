/** `cairn show`, `cairn log`, `cairn note`. */
import type { RunDetail } from '../../../contract/runs.ts';
import { silentAfterMs } from '../../../contract/silence.ts';
import {
  duration,
  localTime,
  number,
  oneLine,
  paint,
  print,
  printBytes,
  printJson,
  size,
  table,
} from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

export async function show(options: GlobalOptions, reference: string): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const { id } = await cli.ask('runs.resolve', { reference });
    const run = await cli.ask('runs.get', { id });
    if (options.json) printJson(run);
    else printRun(run);
  });
}

export async function note(options: GlobalOptions, reference: string, text: string): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const { id } = await cli.ask('runs.resolve', { reference });
    await cli.call('runs.update', { id, note: text });
    if (options.json) printJson({ id, note: text });
  });
}

export async function log(
  options: GlobalOptions & { readonly stage?: string; readonly follow: boolean },
  reference: string,
): Promise<void> {
  await withWorkspace(options, async (cli) => {
    cli.cancelOnInterrupt();
    const { id } = await cli.ask('runs.resolve', { reference });
    const run = await cli.ask('runs.get', { id });
    const stages =
      options.stage === undefined ? run.executions.map((one) => one.stage) : [options.stage];
    const parts: { stage: string; text: string }[] = [];
    for (const stage of stages) {
      if (stages.length > 1 && !options.json) print(paint('bold', `▶ ${stage}`));
      const text = await printLog(cli, { id, stage, follow: options.follow }, options.json);
      parts.push({ stage, text });
    }
    if (options.json) printJson({ id, label: run.label, logs: parts });
  });
}

async function printLog(
  cli: CliSession,
  input: { id: string; stage: string; follow: boolean },
  keep: boolean,
): Promise<string> {
  const kept: Uint8Array[] = [];
  await cli.ask(
    'runs.log',
    { ...input, from: 0 },
    {
      onItem: async (item) => {
        if (keep) kept.push(item.bytes);
        else await printBytes(item.bytes);
      },
    },
  );
  return Buffer.concat(kept).toString('utf8');
}

/** When anything was last heard of a run that says it goes on, and has been silent. */
function silenceOf({ lastSignAt }: RunDetail): string | null {
  if (lastSignAt === undefined || Date.now() - lastSignAt < silentAfterMs) return null;
  return `${localTime(lastSignAt)}; “cairn stop” marks it as killed`;
}

function printRun(run: RunDetail): void {
  const took = run.startedAt === null ? null : (run.endedAt ?? Date.now()) - run.startedAt;
  print(
    `${paint('bold', `${run.label} ${run.name}`)}  ${run.status.toLowerCase()}  ${duration(took)}`,
  );
  const facts: [string, string | null][] = [
    ['command', run.command],
    ['experiment', `${run.label.split('.')[0]} ${run.experimentName}`],
    ['started', run.startedAt === null ? null : localTime(run.startedAt)],
    ['last sign', silenceOf(run)],
    ['exit code', run.exitCode === null ? null : String(run.exitCode)],
    ['error', run.error],
    ['memory', run.peakMemoryBytes === null ? null : `${size(run.peakMemoryBytes)} at most`],
    ['cpu', run.cpuSeconds === null ? null : duration(run.cpuSeconds * 1000)],
    ['code', codeLine(run)],
    ['python', run.environment?.python?.version ?? null],
    ['id', run.id],
  ];
  for (const [key, value] of facts) {
    if (value !== null) print(`  ${paint('dim', key.padEnd(10))} ${oneLine(value)}`);
  }
  section('params', ['param', 'value'], Object.entries(run.params));
  section(
    'metrics',
    ['metric', 'last', 'min', 'max', 'points'],
    run.metrics.map((metric) => [
      metric.key,
      number(metric.last ?? Number.NaN),
      number(metric.min ?? Number.NaN),
      number(metric.max ?? Number.NaN),
      String(metric.count),
    ]),
  );
  section(
    'stages',
    ['stage', 'state', 'took', 'why'],
    run.executions
      .filter((execution) => execution.stage !== '')
      .map((execution) => [
        execution.stage,
        execution.state,
        execution.startedAt === null || execution.endedAt === null
          ? ''
          : duration(execution.endedAt - execution.startedAt),
        execution.reason,
      ]),
  );
  section(
    'files',
    ['path', 'role', 'size', 'hash'],
    run.files.map((file) => [file.path, file.role, size(file.size), file.hash ?? '']),
  );
  if (run.note !== '') print(`\n${run.note}`);
}

function codeLine(run: RunDetail): string | null {
  if (run.snapshot === null) {
    return run.codeCommit == null ? null : `commit ${run.codeCommit.slice(0, 8)}`;
  }
  const base =
    run.baseCommit === null ? '' : ` on ${run.branch ?? 'commit'} ${run.baseCommit.slice(0, 8)}`;
  const dirty = run.dirtyFiles.length === 0 ? '' : `, ${run.dirtyFiles.length} files changed`;
  return `snapshot ${run.snapshot.slice(0, 8)}${base}${dirty}`;
}

function section(title: string, head: string[], rows: string[][]): void {
  if (rows.length === 0) return;
  print(`\n${paint('bold', title)}`);
  const flat = rows.map((row) => row.map((cell) => oneLine(cell, 80)));
  print(table(head, flat).replace(/^/gm, '  '));
}
