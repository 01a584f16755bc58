/** Takes down what a pipeline does as executions, events, params and metrics of its run. */
import type { Lineage } from '../lineage/index.ts';
import type { Tracking } from '../tracking/index.ts';
import type { PipelineRecorder } from './pipeline-types.ts';

export interface RecorderServices {
  readonly tracking: Tracking;
  readonly lineage: Lineage;
}

export function createPipelineRecorder(
  services: RecorderServices,
  runId: string,
): PipelineRecorder {
  const { tracking, lineage } = services;
  const executions = new Map<string, string>();
  const idOf = (address: string): string => {
    const id = executions.get(address);
    if (id === undefined) throw new Error(`${address} was not planned`);
    return id;
  };
  return {
    planned(stages) {
      for (const [position, { address, command, reason }] of stages.entries()) {
        const execution = {
          runId,
          stage: address,
          position,
          state: 'waiting' as const,
          command,
          reason,
        };
        executions.set(address, lineage.startExecution(execution));
      }
    },
    stage: (address, update) => lineage.updateExecution(idOf(address), update),
    files: (address, files) => lineage.recordEvents(idOf(address), files),
    params: (params) => tracking.setParams(runId, params),
    metrics(values) {
      const time = Date.now();
      // A single value has no steps; written again, it replaces what it was.
      tracking.resetMetrics(runId, [...new Set(values.map((one) => one.key))]);
      tracking.appendMetrics(
        runId,
        values.map(({ key, value }) => ({ key, value, step: 0, time })),
      );
    },
  };
}
