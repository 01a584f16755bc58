/** The drawings that the files of runs are meant for: what dvc.yaml declares, and what names tell. */
import { readFile } from 'node:fs/promises';
import { asCairnError, CairnError } from '../../../base/errors.ts';
import type { FileSource } from '../../../contract/files.ts';
import type { Output } from '../../../contract/index.ts';
import type { RunDetail } from '../../../contract/runs.ts';
import { decodeBytes } from '../../../diffing/index.ts';
import { parsePythonJson } from '../../../formats/python-json.ts';
import type { ApiContext } from '../../context.ts';
import { openRunFile } from '../../files/locate.ts';
import { listRunArtifacts } from '../../run-artifacts.ts';
import { addCurves, addDefined, addMatrix, isKnownTemplate } from './build.ts';
import { type PlotDefinition, plotDefinitions } from './definitions.ts';
import { isConfusionName, knownCurve, matrixOf, mayBePlot } from './recognise.ts';
import { type PlotTable, readPlotTables } from './tables.ts';

const mostBytes = 16 * 2 ** 20;
const mostFiles = 2000;
const mostPipelineFiles = 50;

type Answer = Output<'runs.plots'>;
type Plots = Map<string, Answer['plots'][number]>;

/** Of several runs, put together by what the files are called. */
export async function readRunPlots(
  context: ApiContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Answer> {
  const plots: Plots = new Map();
  const problems: Answer['problems'] = [];
  for (const id of ids) {
    signal.throwIfAborted();
    await readOne(context, id, plots, problems, signal);
  }
  return { plots: [...plots.values()], problems };
}

async function readOne(
  context: ApiContext,
  id: string,
  plots: Plots,
  problems: Answer['problems'],
  signal: AbortSignal,
): Promise<void> {
  const session = context.session();
  const run = session.tracking.get(id);
  const outputs = run.files.filter((file) => file.role !== 'dep').map((file) => file.path);
  const complain = (path: string, thrown: unknown): void => {
    const { message } = asCairnError(thrown);
    problems.push({ runId: id, path, problem: message });
  };
  const files = new RunFiles(context, signal);
  const drawn = new Set<string>();
  for (const definition of definitionsOf(context, run)) {
    for (const { path } of definition.y) drawn.add(path);
    // Pictures are shown with the files; points over steps are curves of metrics already.
    if (!definition.y.some(({ path }) => /\.(csv|tsv|json|ya?ml)$/i.test(path))) continue;
    if (isPlainSeries(definition) && hasCurves(run, definition)) continue;
    if (!definition.y.some(({ path }) => outputs.includes(path) || isWithin(path, outputs)))
      continue;
    try {
      const found = await addDefined(plots, definition, id, (path) =>
        files.tables({ kind: 'tracked', reference: id, path }, definition.header),
      );
      if (!found) throw new CairnError('invalid', 'It has no column that can be drawn.');
      if (!isKnownTemplate(definition.template)) {
        complain(
          definition.key,
          new CairnError(
            'unsupported',
            `The template “${definition.template}” is not one of DVC’s own; lines are drawn instead.`,
          ),
        );
      }
    } catch (error) {
      complain(definition.key, error);
    }
  }
  const named = [
    ...outputs.map((path): FileSource => ({ kind: 'tracked', reference: id, path })),
    ...(await listRunArtifacts(session, id, mostFiles)).files.map(
      ({ path }): FileSource => ({ kind: 'artifact', run: id, path }),
    ),
  ].filter(({ path }) => mayBePlot(path) && !drawn.has(path));
  for (const source of named) {
    signal.throwIfAborted();
    try {
      await addNamed(plots, id, source, files);
    } catch (error) {
      complain(source.path, error);
    }
  }
}

/** What its name says it is, if its content agrees. */
async function addNamed(
  plots: Plots,
  id: string,
  source: FileSource,
  files: RunFiles,
): Promise<void> {
  const { path } = source;
  const tables = await files.tables(source, true);
  if (isConfusionName(path)) {
    const text = await files.text(source);
    const value = /\.json$/i.test(path) ? parsePythonJson(text) : null;
    const matrix = matrixOf(value, tables);
    if (matrix !== null) addMatrix(plots, path, id, matrix);
    return;
  }
  for (const table of tables) {
    const curve = knownCurve(table);
    if (curve !== null) {
      const key = tables.length > 1 && table.name !== '' ? `${path}#${table.name}` : path;
      addCurves(plots, key, id, table, curve);
    }
  }
}

/** Texts of a run's files, each read once. */
class RunFiles {
  readonly #context: ApiContext;
  readonly #signal: AbortSignal;
  readonly #texts = new Map<string, Promise<string>>();

  constructor(context: ApiContext, signal: AbortSignal) {
    this.#context = context;
    this.#signal = signal;
  }

  /** @throws CairnError for what is not here, too large, or not what its name says */
  async tables(source: FileSource, header: boolean): Promise<PlotTable[]> {
    const text = await this.text(source);
    try {
      return readPlotTables(text, source.path, header);
    } catch (cause) {
      throw new CairnError('corrupt', `${source.path} is not what its name says.`, { cause });
    }
  }

  text(source: FileSource): Promise<string> {
    const key = `${source.kind} ${source.path}`;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(source);
    this.#texts.set(key, reading);
    return reading;
  }

  async #read(source: FileSource): Promise<string> {
    await using content = await openRunFile(this.#context, source, { signal: this.#signal });
    if (content.size > mostBytes) {
      throw new CairnError('unsupported', `${source.path} is too large to be drawn.`);
    }
    const decoded = decodeBytes(await readFile(content.file));
    if (decoded === null) {
      throw new CairnError('corrupt', `${source.path} is binary, not a text.`);
    }
    return decoded.text;
  }
}

/** From every dvc.yaml of the code as it was; of the files that are plots without one, the plainest. */
function definitionsOf(context: ApiContext, run: RunDetail): PlotDefinition[] {
  const { code } = context.session();
  const found: PlotDefinition[] = [];
  if (run.snapshot !== null && code !== null) {
    const files = [...code.listTree(run.snapshot)]
      .filter(([path]) => path === 'dvc.yaml' || path.endsWith('/dvc.yaml'))
      .slice(0, mostPipelineFiles);
    for (const [path, { oid }] of files) {
      found.push(...plotDefinitions(Buffer.from(code.readObject(oid)).toString('utf8'), path));
    }
  }
  const said = new Set(found.flatMap(({ y }) => y.map(({ path }) => path)));
  const plain = run.files.filter((file) => file.role === 'plot' && !said.has(file.path));
  return [...found, ...plain.map(({ path }) => plainDefinition(path))];
}

function plainDefinition(path: string): PlotDefinition {
  return {
    ...{ key: path, title: path, template: 'linear', x: null, xTitle: null, yTitle: null },
    ...{ y: [{ path, column: null }], header: true },
  };
}

function isPlainSeries({ template, x, y }: PlotDefinition): boolean {
  return (template === 'linear' || template === 'simple') && x === null && y[0]?.column === null;
}

/** Whether the run's own metrics have the points of a file, under its name. */
function hasCurves(run: RunDetail, { y }: PlotDefinition): boolean {
  const stem = (y[0]?.path.split('/').pop() ?? '').replace(/\.\w+$/, '');
  return run.metrics.some(
    ({ key, count }) => count > 1 && (key === stem || key.startsWith(`${stem}/`)),
  );
}

function isWithin(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(`${folder}/`));
}
