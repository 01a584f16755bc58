/** The pipeline of the open folder, with what its runs say of it. */
import { asCairnError, CairnError } from '../base/errors.ts';
import type { Work } from '../base/progress.ts';
import type { Output } from '../contract/index.ts';
import type { PipelineGraph } from '../contract/pipeline.ts';
import type { RunSpec } from '../contract/runs.ts';
import type { WorkspaceInfo } from '../contract/workspace.ts';
import {
  buildGraph,
  flattenParams,
  loadPipeline,
  pipelineStatus,
  readParams,
  selectStages,
} from '../pipelines/index.ts';
import type { Session } from './session.ts';

export class PipelineView {
  readonly #session: Session;
  #summary: WorkspaceInfo['pipeline'] | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Forgets what was read; call when a file of the pipeline changed. */
  changed(): void {
    this.#summary = null;
  }

  /** Whether there is one, and whether it can be read. */
  async describe(): Promise<WorkspaceInfo['pipeline']> {
    this.#summary ??= await this.#read();
    return this.#summary;
  }

  /** The graph; stages that run now, or failed when they ran last, say so. */
  async graph(work: Work): Promise<PipelineGraph> {
    const { workspace, cache, objects } = this.#session;
    const graph = await pipelineStatus({ root: workspace.root, cache, objects }, work);
    const states = this.#lastStates();
    return {
      ...graph,
      stages: graph.stages.map((stage) => {
        const last = states.get(stage.address);
        if (last === 'running') return { ...stage, state: 'running' as const };
        const failed = last === 'failed' && stage.reasons.length > 0;
        return failed ? { ...stage, state: 'failed' as const } : stage;
      }),
    };
  }

  /**
   * What can be said before a run is made of it, so that a slip of the pen gets no number.
   * @throws CairnError `read-only` for a folder that cannot be written to, `not-found` without a
   * pipeline or for a target that names nothing, and whatever is wrong with the files
   */
  async requireRunnable(spec: Extract<RunSpec, { kind: 'pipeline' }>): Promise<void> {
    const { root, readOnly } = this.#session.workspace;
    if (readOnly) {
      throw new CairnError(
        'read-only',
        `${root} cannot be written to, and a pipeline writes its outputs there. Copy the folder, or ask for the right to write.`,
      );
    }
    // Params that are about to change may bring stages that are not there yet.
    if (spec.setParams.length > 0) return;
    const { stages } = await loadPipeline(root);
    if (stages.length === 0) {
      throw new CairnError('not-found', `There is no pipeline in ${root}: no stage in a dvc.yaml.`);
    }
    selectStages(buildGraph(stages), spec.targets);
  }

  /** Every param of every file that the stages name, and of params.yaml. */
  async params(): Promise<Output<'pipeline.params'>> {
    const { root } = this.#session.workspace;
    const { stages } = await loadPipeline(root);
    const files = new Set([
      'params.yaml',
      ...stages.flatMap((stage) => stage.params.map((one) => one.file)),
    ]);
    const params = [...files].flatMap((file) => {
      const values = readParams(root, file);
      return values === null
        ? []
        : flattenParams(values.values).map((param) => ({ file, ...param }));
    });
    return { params };
  }

  async #read(): Promise<WorkspaceInfo['pipeline']> {
    try {
      const { stages } = await loadPipeline(this.#session.workspace.root);
      buildGraph(stages);
      const own = stages.filter((stage) => stage.kind === 'stage').length;
      return { present: stages.length > 0, stages: own, problem: null };
    } catch (error) {
      return { present: true, stages: 0, problem: asCairnError(error).message };
    }
  }

  /** What each stage did in the latest run that had it. */
  #lastStates(): Map<string, string> {
    const { tracking } = this.#session;
    const latest = tracking.latest('pipeline');
    if (latest === null) return new Map();
    return new Map(tracking.get(latest).executions.map(({ stage, state }) => [stage, state]));
  }
}
