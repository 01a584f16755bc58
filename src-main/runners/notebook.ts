/** A run of one notebook: parameters put in, executed cell by cell, the executed copy kept. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { CairnError } from '../base/errors.ts';
import { runFolder } from '../tracking/index.ts';
import { runCommand } from './command.ts';
import type { RunnerContext } from './context.ts';
import { findInterpreter, readPython } from './environment/index.ts';
import type { RunEnd } from './execute.ts';
import { notebookDriver } from './notebook-driver.ts';
import { type NotebookSpec, prepareNotebook } from './prepare-notebook.ts';
import { commandText } from './words.ts';

/** What the driver writes whenever a cell begins or ends. */
const progressFile = z.object({
  cell: z.number(),
  total: z.number(),
  error: z
    .object({ cell: z.number(), name: z.string(), value: z.string(), trace: z.string() })
    .nullable(),
});
type Progress = z.infer<typeof progressFile>;

const pollMs = 200;
const shownTrace = 4000;

/** @throws CairnError as {@link prepareNotebook} does, `not-found` without Python and its tools */
export async function runNotebook(
  context: RunnerContext,
  id: string,
  spec: NotebookSpec,
  signal: AbortSignal,
): Promise<RunEnd> {
  const { root, storeDir, tracking, lineage, logger } = context;
  const { input, notebook, given, cell } = prepareNotebook(root, spec);
  const { python, engine } = await findEngine(root);
  const folder = runFolder(storeDir, id);
  mkdirSync(folder, { recursive: true });
  const place = (name: string) => join(folder, name);
  const [driver, task, progress] = [
    place('notebook.py'),
    place('notebook.json'),
    place('cells.json'),
  ];
  const executed = place('executed.ipynb');
  writeFileSync(driver, notebookDriver);
  writeFileSync(
    task,
    JSON.stringify({
      engine,
      input,
      prepared: place('prepared.ipynb'),
      output: executed,
      progress,
      cwd: dirname(input),
      kernel: spec.kernel ?? notebook.kernel ?? 'python3',
      parameters: cell,
    }),
  );
  const watch = (execution: string) => {
    let last = '';
    const look = () => {
      const now = readProgress(progress);
      const words = now === null || now.cell === 0 ? '' : `Cell ${now.cell} of ${now.total}`;
      if (words === last) return;
      last = words;
      try {
        lineage.updateExecution(execution, { reason: words });
      } catch (error) {
        logger.warn('How far the notebook got could not be written down', error);
      }
    };
    const timer = setInterval(look, pollMs);
    return () => {
      clearInterval(timer);
      look();
    };
  };
  const command = {
    kind: 'command' as const,
    argv: [python, driver, task],
    cwd: '.',
    metricsFiles: [],
  };
  const told = { command: commandText(spec), inputs: [spec.path], watch };
  tracking.setParams(
    id,
    given.map(({ name, value }) => ({ file: '', key: name, value })),
  );
  const end = await runCommand(context, id, command, signal, told);
  await keepCopy(executed, join(storeDir, 'artifacts', id), basename(spec.path));
  const failed = readProgress(progress)?.error ?? null;
  if (end.status !== 'FAILED' || failed === null) return end;
  return { ...end, error: explain(failed) };
}

function explain({ cell, name, value, trace }: NonNullable<Progress['error']>): string {
  const head = `Cell ${cell} failed: ${name}${value === '' ? '' : `: ${value.slice(0, 1000)}`}`;
  return trace === '' ? head : `${head}\n${trace.slice(-shownTrace)}`;
}

/** What the user's Python has is read from its files; nothing of it is imported to find out. */
async function findEngine(root: string): Promise<{ python: string; engine: string }> {
  const python = findInterpreter('jupyter', root, process.env);
  const found = python === null ? null : await readPython(python, process.env);
  const names = new Set(
    found?.packages.map((one) => one.name.toLowerCase().replace(/[-_.]+/g, '-')),
  );
  const engine = ['papermill', 'nbconvert'].find((name) => names.has(name));
  if (python === null || found === null) {
    throw new CairnError(
      'not-found',
      'There is no Python to execute the notebook with. Install one, or activate the environment of the project.',
    );
  }
  if (engine === undefined) {
    throw new CairnError(
      'not-found',
      `${python} has neither papermill nor nbconvert. Run “${python} -m pip install papermill ipykernel”.`,
    );
  }
  return { python, engine };
}

async function keepCopy(executed: string, folder: string, name: string): Promise<void> {
  if (!existsSync(executed)) return;
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${name}.new`);
  await copyFile(executed, temporary);
  renameSync(temporary, join(folder, name));
}

function readProgress(path: string): Progress | null {
  try {
    const read = progressFile.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return read.success ? read.data : null;
  } catch {
    // Not begun yet.
    return null;
  }
}
