/** The words of the command line: every command, its options, and the module that does it. */
import { Command, CommanderError, Option } from 'commander';
import { CairnError } from '../../base/errors.ts';
import { programVersion } from '../../base/program-folder.ts';
import { printError } from './output.ts';
import type { GlobalOptions } from './session.ts';

/** Does what the command line says; what goes wrong is printed, and told by the exit code. */
export async function runProgram(): Promise<void> {
  try {
    await program().parseAsync();
  } catch (error) {
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else printError(error, process.argv.includes('--json'));
  }
}

/** Commands load their own module, so that a quick command does not pay for a slow one. */
function program(): Command {
  const root = new Command('cairn')
    .description('A workspace for machine-learning experiments that works offline.')
    .version(programVersion())
    .addOption(
      new Option('-C, --directory <dir>', 'act on the workspace around this folder').default('.'),
    )
    .option('--json', 'print one JSON document', false)
    .enablePositionalOptions()
    .configureOutput({ outputError: printUsageError })
    .exitOverride()
    .addHelpText('after', '\nExample:\n  $ cairn run -e baseline -- python train.py');

  command(root, 'open [folder]', 'look at a folder: what is in it, its runs, its history')
    .option('--window', 'open it in the window (or the browser) afterwards', false)
    .addHelpText('after', example('cairn open ~/projects/penguins'))
    .action(
      act(async (options, folder) => (await import('./commands/open.ts')).open(options, folder)),
    );

  command(root, 'serve [folder]', 'serve the window to a browser on this machine')
    .option('-p, --port <port>', 'port on 127.0.0.1; 0 takes a free one', '0')
    .option('--open', 'open a browser', false)
    .addHelpText('after', example('cairn serve ~/projects/penguins --port 8137'))
    .action(
      act(async (options, folder) => (await import('./commands/serve.ts')).serve(options, folder)),
    );

  command(root, 'run <command...>', 'run a command or a notebook and record everything about it')
    .passThroughOptions()
    .option('-e, --experiment <experiment>', 'number or name; a new name makes a new experiment')
    .option('-n, --name <name>', 'name of the run')
    .option('-m, --note <text>', 'note of the run', '')
    .option('--metrics <file>', 'JSONL or CSV file whose lines are points over steps', collect, [])
    .option('-p, --param <name=value>', 'of a notebook', collect, [])
    .option('--kernel <name>', 'for a notebook; its own when left out')
    .option('-d, --detach', 'do not wait for the end', false)
    .addHelpText('after', example('cairn run -e baseline -- python train.py --lr 0.01'))
    .action(act(async (options, words) => (await import('./commands/run.ts')).run(options, words)));

  command(root, 'repro [targets...]', 'run the stages of dvc.yaml that changed')
    .option('-e, --experiment <experiment>', 'number or name; a new name makes a new experiment')
    .option('-n, --name <name>', 'name of the run')
    .option('-m, --note <text>', 'note of the run', '')
    .option('-j, --jobs <count>', 'stages to run side by side', '1')
    .option('-P, --set-param <key=value>', 'change a param first ([file:]key=value)', collect, [])
    .option('-f, --force', 'run all of it, changed or not', false)
    .option('-s, --single-item', 'only the targets, not what they depend on', false)
    .option('--downstream', 'the targets and what depends on them', false)
    .option('-k, --keep-going', 'after a failure, run what does not depend on it', false)
    .option('-d, --detach', 'do not wait for the end', false)
    .addHelpText('after', example('cairn repro train -P train.lr=0.003 -j 2'))
    .action(
      act(async (options, targets) => (await import('./commands/run.ts')).repro(options, targets)),
    );

  command(root, 'notebooks [folder]', 'list notebooks in their order, or give a folder another one')
    .option('--order <list>', 'new order, by number or name: 02,01,03')
    .option('--do', 'do what --order shows', false)
    .addHelpText('after', example('cairn notebooks analysis --order 02,01,03 --do'))
    .action(
      act(async (options, folder) =>
        (await import('./commands/notebooks.ts')).notebooks(options, folder),
      ),
    );

  command(root, 'env', 'print what another shell needs to log here with MLflow’s client')
    .option('--shell <shell>', 'sh, fish or powershell; yours when left out')
    .addHelpText('after', example('eval "$(cairn env)"'))
    .action(act(async (options) => (await import('./commands/env.ts')).env(options)));

  command(root, 'status', 'what differs from what was recorded, and why')
    .addHelpText('after', example('cairn status'))
    .action(act(async (options) => (await import('./commands/status.ts')).status(options)));

  command(root, 'ls [filter...]', 'list runs')
    .option('-e, --experiment <experiment>', 'only this experiment')
    .option('-o, --order-by <fields>', 'such as "metrics.accuracy DESC, name"', '')
    .option('-n, --limit <count>', 'how many at most')
    .option('--csv', 'one line a run, with all params and metrics', false)
    .option('--to <file>', 'write all of them to a .csv or .parquet file')
    .option('--overwrite', 'take the place of a file that is there', false)
    .addHelpText('after', example('cairn ls "metrics.loss < 0.1 AND status = FINISHED"'))
    .action(
      act(async (options, words) => (await import('./commands/list.ts')).list(options, words)),
    );

  command(root, 'metrics [runs...]', 'write every point of metrics to a .csv or .parquet file')
    .requiredOption('--to <file>', 'the file, named .csv or .parquet')
    .option('--filter <filter>', 'of all runs that match, in the language of “ls”', '')
    .option('-k, --key <metric>', 'only this metric; may be given again', collect, [])
    .option('--overwrite', 'take the place of a file that is there', false)
    .addHelpText('after', example('cairn metrics 02.7 02.8 --key loss --to loss.parquet'))
    .action(
      act(async (options, runs) => (await import('./commands/tables.ts')).metrics(options, runs)),
    );

  command(root, 'share <runs...>', 'write a run, or several beside each other, as one HTML page')
    .requiredOption('-o, --output <file>', 'the file, such as run.html')
    .option('--overwrite', 'take the place of a file that is there', false)
    .addHelpText('after', example('cairn share 02.6 02.7 -o depth.html'))
    .action(
      act(async (options, runs) => (await import('./commands/tables.ts')).share(options, runs)),
    );

  command(root, 'show <run>', 'everything recorded of one run')
    .addHelpText('after', example('cairn show 02.7'))
    .action(act(async (options, run) => (await import('./commands/show.ts')).show(options, run)));

  command(root, 'shell <run>', 'write the code of a run into a folder and open your shell there')
    .option('--to <dir>', 'a new or empty folder; a temporary one when left out')
    .addHelpText('after', example('cairn shell 02.7'))
    .action(act(async (options, run) => (await import('./commands/shell.ts')).shell(options, run)));

  command(
    root,
    'tag <runs...>',
    'show the tags of runs; “key=value”, “+tag” and “-tag” change them',
  )
    .passThroughOptions()
    .addHelpText('after', example('cairn tag 02.6 02.7 kind=baseline +reviewed -draft'))
    .action(act(async (options, words) => (await import('./commands/tag.ts')).tag(options, words)));

  command(root, 'star <runs...>', 'mark runs that matter; rules never sweep them')
    .option('--remove', 'take the stars away', false)
    .addHelpText('after', example('cairn star 02.7'))
    .action(act(async (options, runs) => (await import('./commands/tag.ts')).star(options, runs)));

  command(root, 'merge <runs...>', 'merge runs that are the same run seen twice')
    .requiredOption('--into <run>', 'the run to keep, which gets what it lacks of the others')
    .addHelpText('after', example('cairn merge 03.1 --into 02.7'))
    .action(act(async (options, runs) => (await import('./commands/tag.ts')).merge(options, runs)));

  command(root, 'trash [action] [runs...]', 'list the trash; “put”, “restore” or “purge” runs')
    .option('--all', 'purge the whole trash', false)
    .addHelpText('after', example('cairn trash put 02.7'))
    .action(
      act(async (options, action, runs) =>
        (await import('./commands/tidy.ts')).trash(options, action, runs),
      ),
    );

  command(root, 'tidy [rule]', 'what a rule would sweep into the trash; without one, the rules')
    .option('--filter <filter>', 'instead of a rule, in the language of “ls”')
    .option('--sweep', 'do it', false)
    .addHelpText('after', example('cairn tidy failed --sweep'))
    .action(act(async (options, rule) => (await import('./commands/tidy.ts')).tidy(options, rule)));

  command(
    root,
    'sync <direction>',
    'share runs with an MLflow server: “push” sends, “pull” fetches',
  )
    .option('--server <uri>', 'its address; MLFLOW_TRACKING_URI when left out')
    .option('--filter <filter>', 'send only runs that match, in the language of “ls”', '')
    .addHelpText('after', example('cairn sync push --server http://mlflow.lab:5000'))
    .action(
      act(async (options, direction) =>
        (await import('./commands/sync.ts')).sync(options, direction),
      ),
    );

  command(root, 'timeline', 'what happened in this folder, newest first')
    .option('--limit <count>', 'how many cells', '30')
    .option('--oldest', 'oldest first', false)
    .addHelpText('after', example('cairn timeline --limit 10'))
    .action(act(async (options) => (await import('./commands/timeline.ts')).timeline(options)));

  command(root, 'log <run>', 'print the output of a run')
    .option('-s, --stage <stage>', 'the stage of a pipeline run; all of them when left out')
    .option('-f, --follow', 'go on until the run ends', false)
    .addHelpText('after', example('cairn log 02.7 --follow'))
    .action(act(async (options, run) => (await import('./commands/show.ts')).log(options, run)));

  command(root, 'stop <run>', 'stop a run and everything it started')
    .addHelpText('after', example('cairn stop 02.7'))
    .action(act(async (options, run) => (await import('./commands/run.ts')).stop(options, run)));

  command(root, 'note <run> <text>', 'set the note of a run')
    .addHelpText('after', example('cairn note 02.7 "Depth 4 finally helps."'))
    .action(
      act(async (options, run, text) =>
        (await import('./commands/show.ts')).note(options, run, text),
      ),
    );

  command(root, 'experiments', 'list experiments, or change their numbers')
    .option('--create <name>', 'make an experiment')
    .option('--rename <experiment=name>', 'give an experiment another name')
    .option('--order <list>', 'new order by number or name: 03,01,02')
    .option('--runs-order <list>', 'new order of the runs of one experiment: 02.3,02.1')
    .option('--move <list>', 'runs to move to the experiment of --into')
    .option('--merge <experiment>', 'experiment whose runs join that of --into')
    .option('--into <experiment>', 'where --move and --merge lead')
    .option('--undo', 'take the last change of numbers back', false)
    .option('--redo', 'do again what was taken back', false)
    .addHelpText('after', example('cairn experiments --merge 03 --into 01'))
    .action(
      act(async (options) => (await import('./commands/experiments.ts')).experiments(options)),
    );

  command(root, 'diff [sides...]', 'compare runs, commits, the workspace, bundles, or files')
    .option('--code', 'print the changed lines of code', false)
    .option('--as <kind>', 'two files as notebook, table, settings, image, text or model')
    .option('--base <file>', 'two models or more with the one that they were made from')
    .option('--series <run>', 'the checkpoints of a run, or of a folder, one after the other')
    .option('--to <file>', 'models as a report: .html, .json or .csv')
    .option('--overwrite', 'take the place of a file that is there', false)
    .addHelpText(
      'after',
      `${example('cairn diff 02.6 02.7')}\n  $ cairn diff 02.7.zip workspace\n  $ cairn diff a.safetensors b.safetensors\n  $ cairn diff old.ipynb new.ipynb\n  $ cairn diff french.safetensors german.safetensors --base base.safetensors\n  $ cairn diff --series 02.7`,
    )
    .action(
      act(async (options, sides) => (await import('./commands/diff.ts')).diff(options, sides)),
    );

  command(
    root,
    'sources [action] [file]',
    'runs of other tools in this folder: where they are, what was skipped; “add” and “remove” a file of metrics',
  )
    .option('-f, --force', 'read everything again from the beginning', false)
    .option('--name <name>', 'with “add”: of the run; the file’s own when left out', '')
    .option('--experiment <name>', 'with “add”: the folder’s when left out', '')
    .addHelpText('after', example('cairn sources add results/metrics.jsonl --name baseline'))
    .action(
      act(async (options, action, file) =>
        (await import('./commands/sources.ts')).sources(options, action, file),
      ),
    );

  command(
    root,
    'import <what...>',
    'take runs of other tools into the store for good: a source, runs, or a folder elsewhere',
  )
    .option('--running', 'also runs that are said to go on', false)
    .option('-n, --dry-run', 'say how much would be copied', false)
    .addHelpText('after', `${example('cairn import mlruns')}\n  $ cairn import /backup/old-logs`)
    .action(
      act(async (options, what) =>
        (await import('./commands/import.ts')).importRuns(options, what),
      ),
    );

  command(root, 'export <run>', 'write one file with which a colleague reproduces the run')
    .requiredOption('-o, --output <file>', 'the zip to write')
    .option(
      '--leave-out <path>',
      'input or output to leave out; it is listed with its hash',
      collect,
      [],
    )
    .option('-f, --force', 'replace a file that is there', false)
    .addHelpText('after', example('cairn export 02.7 -o wider-net.zip'))
    .action(
      act(async (options, run) => (await import('./commands/bundle.ts')).exportRun(options, run)),
    );

  command(root, 'verify <file>', 'check every hash of a bundle')
    .addHelpText('after', example('cairn verify wider-net.zip'))
    .action(
      act(async (options, file) => (await import('./commands/bundle.ts')).verify(options, file)),
    );

  command(root, 'reproduce <file>', 'unpack a bundle elsewhere, run it, compare every output')
    .option('--into <folder>', 'an empty or new folder; a temporary one when left out')
    .option('--tolerance <number>', 'relative tolerance for numbers', '1e-6')
    .addHelpText('after', example('cairn reproduce wider-net.zip --into /tmp/again'))
    .action(
      act(async (options, file) => (await import('./commands/bundle.ts')).reproduce(options, file)),
    );

  return root;
}

function command(root: Command, usage: string, description: string): Command {
  const made = root.command(usage).description(description);
  // Accepted after the command's name too, where people write it.
  made.addOption(new Option('-C, --directory <dir>', 'act on the workspace around this folder'));
  made.addOption(new Option('--json', 'print one JSON document'));
  return made;
}

/** A wrong word on the command line, said as every other error is. */
function printUsageError(text: string): void {
  const [what = '', hint = ''] = text
    .replace(/^error: /, '')
    .trim()
    .split('\n');
  const sentence = `${what.charAt(0).toUpperCase()}${what.slice(1).replace(/\.$/, '')}.`;
  const more = hint === '' ? '“cairn --help” lists the commands.' : hint.replace(/^\(|\)$/g, '');
  printError(new CairnError('invalid', `${sentence} ${more}`), process.argv.includes('--json'));
}

type Options = GlobalOptions & Record<string, unknown>;

/** Wraps an action: options merged with the global ones, errors printed, exit code set. */
function act(
  action: (options: never, ...values: never[]) => Promise<void>,
): (...values: unknown[]) => Promise<void> {
  return async (...values) => {
    const made = values.at(-1) as Command;
    const own = made.opts<Options>();
    const above = made.parent?.opts<Options>();
    const options = {
      ...own,
      directory: own.directory ?? above?.directory ?? '.',
      json: own.json ?? above?.json ?? false,
    };
    try {
      await action(options as never, ...(values.slice(0, -2) as never[]));
    } catch (error) {
      printError(error, options.json);
    }
  };
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function example(line: string): string {
  return `\nExample:\n  $ ${line}`;
}
