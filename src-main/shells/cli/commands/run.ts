/** `cairn run`, `cairn repro`, `cairn stop`. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, posix, relative, resolve, sep } from 'node:path';
import { asCairnError, CairnError } from '../../../base/errors.ts';
import { isSystemMetric } from '../../../base/metrics.ts';
import type { Output, ParsedInput } from '../../../contract/index.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { duration, number, paint, print, printBytes, printJson, size } from '../output.ts';
import { type CliSession, type GlobalOptions, withWorkspace } from '../session.ts';

interface StartOptions extends GlobalOptions {
  readonly experiment?: string;
  readonly name?: string;
  readonly note: string;
  readonly detach: boolean;
}

/** How often a followed run is looked at, and how often it is asked whether there is news. */
const pollMs = 100;
const glanceMs = 10;

export async function run(
  options: StartOptions & {
    readonly metrics: string[];
    readonly param: string[];
    readonly kernel?: string;
  },
  argv: string[],
): Promise<void> {
  if (/\.ipynb$/i.test(argv[0] ?? '')) return runNotebook(options, argv);
  if (options.param.length > 0 || options.kernel !== undefined) {
    throw new CairnError(
      'invalid',
      '-p and --kernel are for notebooks: cairn run notebook.ipynb -p lr=0.1.',
    );
  }
  await withWorkspace(options, (cli) =>
    start(cli, options, {
      kind: 'command',
      argv,
      cwd: folderInside(cli.app.session().workspace.root, options.directory),
      metricsFiles: options.metrics,
    }),
  );
}

/** What follows the notebook's name are options too: `cairn run train.ipynb -p lr=0.1`. */
async function runNotebook(
  options: StartOptions & { readonly param: string[]; readonly kernel?: string },
  [file = '', ...words]: string[],
): Promise<void> {
  const params = [...options.param];
  let kernel = options.kernel ?? null;
  for (let at = 0; at < words.length; at += 1) {
    const [, name = '', joined] =
      /^(-p|--param|-k|--kernel)(?:=(.*))?$/s.exec(words[at] ?? '') ?? [];
    const value = name === '' ? undefined : (joined ?? words[++at]);
    if (value === undefined) {
      throw new CairnError(
        'invalid',
        `After a notebook come only -p name=value and --kernel NAME, not “${words[at] ?? name}”. Options of the run stand before it.`,
      );
    }
    if (name === '-p' || name === '--param') params.push(value);
    else kernel = value;
  }
  await withWorkspace(options, async (cli) => {
    const path = pathFromRoot(cli.app.session().workspace.root, options.directory, file);
    await start(cli, options, { kind: 'notebook', path, params, kernel });
  });
}

export async function repro(
  options: StartOptions & {
    readonly jobs: string;
    readonly setParam: string[];
    readonly force: boolean;
    readonly singleItem: boolean;
    readonly downstream: boolean;
    readonly keepGoing: boolean;
  },
  targets: string[],
): Promise<void> {
  const jobs = Number(options.jobs);
  if (!Number.isInteger(jobs) || jobs < 1) {
    throw new CairnError(
      'invalid',
      `--jobs takes a whole number from 1 on, not “${options.jobs}”.`,
    );
  }
  await withWorkspace(options, async (cli) => {
    const { root } = cli.app.session().workspace;
    const { singleItem, downstream } = options;
    const selection = {
      targets: targets.map((target) => targetFromRoot(root, options.directory, target)),
      singleItem,
      downstream,
    };
    if (mayBeDone(options) && (await saysDone(cli, options, selection))) return;
    await start(cli, options, {
      kind: 'pipeline',
      ...selection,
      jobs,
      setParams: options.setParam,
      force: options.force,
      keepGoing: options.keepGoing,
    });
  });
}

export async function stop(options: GlobalOptions, reference: string): Promise<void> {
  await withWorkspace(options, async (cli) => {
    const { id } = await cli.ask('runs.resolve', { reference });
    await cli.ask('runs.stop', { id });
    const run = await untilEnded(cli, id);
    if (options.json) printJson(run);
    else print(`${run.label} ${run.status.toLowerCase()}`);
  });
}

async function start(
  cli: CliSession,
  options: StartOptions,
  spec: ParsedInput<'runs.start'>['spec'],
): Promise<void> {
  const { id, label } = await startTrusting(cli, {
    spec,
    experiment: options.experiment ?? null,
    name: options.name ?? null,
    note: options.note,
  });
  if (options.detach) {
    if (options.json) printJson({ id, label });
    else print(`${label} started`);
    return;
  }
  const finished = await follow(cli, id, !options.json);
  if (options.json) printJson(finished);
  else summarise(finished);
  if (finished.status !== 'FINISHED') process.exitCode = finished.exitCode || 1;
}

/** Whoever names a run wants one, and who does not wait for it gets one without a look before. */
function mayBeDone(options: Parameters<typeof repro>[0]): boolean {
  const named = options.experiment !== undefined || options.name !== undefined;
  const changes = options.force || options.setParam.length > 0;
  return !named && options.note === '' && !changes && !options.detach;
}

/** Answers for a reproduction with nothing to do by the run that has done it, without another. */
async function saysDone(
  cli: CliSession,
  options: GlobalOptions,
  selection: ParsedInput<'pipeline.alreadyDone'>,
): Promise<boolean> {
  const { run, stages } = await cli.ask('pipeline.alreadyDone', selection);
  if (run === null) return false;
  if (options.json) printJson(await cli.ask('runs.get', { id: run.id }));
  else {
    const what = stages === 1 ? '1 stage is' : `${stages} stages are`;
    print(`Nothing to do: ${what} as ${run.label} left ${stages === 1 ? 'it' : 'them'}.`);
  }
  return true;
}

/**
 * Typing a command that runs something gives trust, but only once it is clear that it can run: one
 * that can do nothing here leaves the folder as it is.
 */
async function startTrusting(
  cli: CliSession,
  request: ParsedInput<'runs.start'>,
): Promise<Output<'runs.start'>> {
  try {
    return await cli.ask('runs.start', request);
  } catch (error) {
    if (asCairnError(error).code !== 'untrusted') throw error;
  }
  await cli.call('workspace.setTrust', { trusted: true });
  return cli.ask('runs.start', request);
}

/** Where the command runs: in the folder that was meant, as long as it belongs to the workspace. */
function folderInside(root: string, directory: string): string {
  const path = relative(root, realpathSync(resolve(directory)));
  return path === '..' || path.startsWith(`..${sep}`) ? '.' : path.split(sep).join('/') || '.';
}

/** A file as it is called from the root; what is there only as a path from the root is that. */
function pathFromRoot(root: string, directory: string, file: string): string {
  const named = resolve(directory, file);
  const absolute = existsSync(named)
    ? join(realpathSync(dirname(named)), basename(named))
    : resolve(root, file);
  return relative(root, absolute).split(sep).join('/');
}

/** A file named from a subfolder, `dvc.yaml:train` or `model.bin`, as it is called from the root. */
function targetFromRoot(root: string, directory: string, target: string): string {
  const folder = folderInside(root, directory);
  const [file = ''] = target.split(':');
  const found = statSync(resolve(directory, file), { throwIfNoEntry: false });
  return folder !== '.' && found?.isFile() ? posix.join(folder, target) : target;
}

/** Prints the output as it comes. Ctrl+C stops the run; a second one leaves it to itself. */
async function follow(cli: CliSession, id: string, show: boolean): Promise<RunDetail> {
  let interrupted = false;
  const onInterrupt = () => {
    if (interrupted) process.exit(130);
    interrupted = true;
    process.stderr.write('\ncairn: stopping the run…\n');
    void cli.ask('runs.stop', { id }).catch(() => undefined);
  };
  process.on('SIGINT', onInterrupt);
  try {
    const printed = new Map<string, number>();
    const { store } = cli.app.session();
    for (;;) {
      const version = store.dataVersion();
      const run = await cli.ask('runs.get', { id });
      if (show) await printNew(cli, run, printed);
      if (run.status !== 'RUNNING' && run.status !== 'SCHEDULED') return run;
      await newsSince(store, version);
    }
  } finally {
    process.off('SIGINT', onInterrupt);
  }
}

/** Waits for the runner to write something down; its output is looked at now and then anyway. */
async function newsSince(store: { dataVersion(): number }, version: number): Promise<void> {
  for (let waited = 0; waited < pollMs && store.dataVersion() === version; waited += glanceMs) {
    await new Promise((resolve) => setTimeout(resolve, glanceMs));
  }
}

/** Stages that run side by side take turns: a heading says whose lines follow. */
async function printNew(
  cli: CliSession,
  run: RunDetail,
  printed: Map<string, number>,
): Promise<void> {
  for (const execution of run.executions) {
    const { stage, state } = execution;
    const from = printed.get(stage);
    if (stage !== '' && from === undefined && state !== 'waiting') {
      print(paint('bold', heading(stage, state, execution.reason)));
    }
    if (state === 'waiting') continue;
    const { end } = await cli.ask(
      'runs.log',
      { id: run.id, stage, from: from ?? 0, follow: false },
      { onItem: (item) => printBytes(item.bytes) },
    );
    printed.set(stage, Math.max(end, from ?? 0));
  }
}

function heading(stage: string, state: string, reason: string): string {
  if (state === 'cached') return `✓ ${stage}: ${reason || 'nothing changed'}`;
  if (state === 'skipped') return `– ${stage}: skipped${reason === '' ? '' : ` (${reason})`}`;
  return `▶ ${stage}${reason === '' ? '' : `: ${reason}`}`;
}

function summarise(run: RunDetail): void {
  const took = run.startedAt === null || run.endedAt === null ? null : run.endedAt - run.startedAt;
  const word = run.status.toLowerCase();
  const facts = [
    duration(took),
    run.peakMemoryBytes === null ? '' : `peak ${size(run.peakMemoryBytes)}`,
    ...run.metrics
      .filter((metric) => !isSystemMetric(metric.key))
      .slice(0, 4)
      .map((metric) => `${metric.key} ${number(metric.last ?? Number.NaN)}`),
  ].filter((fact) => fact !== '');
  const colour = run.status === 'FINISHED' ? 'green' : 'red';
  process.stderr.write(`${paint(colour, `${run.label} ${word}`)}  ${facts.join('  ')}\n`);
  if (run.error !== null) process.stderr.write(`cairn: ${run.error}\n`);
}

async function untilEnded(cli: CliSession, id: string): Promise<RunDetail> {
  for (;;) {
    const run = await cli.ask('runs.get', { id });
    if (run.status !== 'RUNNING' && run.status !== 'SCHEDULED') return run;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
}
