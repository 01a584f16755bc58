/** Runs: list, describe, start, stop, follow. */
import { stat } from 'node:fs/promises';
import type { BulkEditOperation } from '../contract/bulk-edit.ts';
import type { Input, Output } from '../contract/index.ts';
import type { RunPageOperation } from '../contract/run-page.ts';
import type { RunSpec } from '../contract/runs.ts';
import { findLogLine, followFile, readFileFrom, searchLog } from '../processes/index.ts';
import type { Handlers } from '../rpc/index.ts';
import { launchRun, prepareNotebook, stopRun } from '../runners/index.ts';
import { endLoggedRun, readCurves } from '../tracking/index.ts';
import { searchRuns } from '../tracking/query/index.ts';
import type { ApiContext } from './context.ts';
import { placeFiles } from './place-files.ts';
import { quietly } from './quietly.ts';
import { codeCommitOf } from './run-code.ts';
import { listRuns, readSearch } from './run-list.ts';

type RunOperation = Exclude<
  Extract<keyof Handlers, `runs.${string}`>,
  BulkEditOperation | RunPageOperation
>;

export function runHandlers(context: ApiContext): Pick<Handlers, RunOperation> {
  return {
    'runs.list': async (input) => listRuns(context.session(), input),
    'runs.find': async ({ experimentId, filter, orderBy, limit }) => {
      const found = searchRuns(context.session().store, {
        ...readSearch({ filter, orderBy }),
        experimentIds: experimentId === null ? null : [experimentId],
        limit,
      });
      return { ids: found.runs.map((run) => run.id), matching: found.total };
    },
    'runs.get': async ({ id }) => {
      const session = context.session();
      const run = session.tracking.get(id, session.available);
      return { ...placeFiles(session, run), codeCommit: run.snapshot ?? codeCommitOf(session, id) };
    },
    'runs.resolve': async ({ reference }) => ({
      id: context.session().tracking.resolve(reference),
    }),
    'runs.start': async (input) => start(context, input),
    'runs.spec': async ({ id }) => ({ spec: context.session().tracking.spec(id) }),
    'runs.again': async ({ id }) => {
      const { tracking } = context.session();
      const run = tracking.get(id);
      return start(context, {
        spec: tracking.spec(id),
        experiment: run.experimentId,
        name: run.name,
      });
    },
    'runs.stop': async ({ id }) => {
      const session = context.session();
      const ended = endLoggedRun(session.store, id);
      if (!ended) await stopRun({ tracking: session.tracking, lineage: session.lineage }, id);
      session.changes.publish(['runs', `run:${id}`]);
      return {};
    },
    'runs.update': async ({ id, session: editor, ...change }) => {
      const session = context.session();
      session.tracking.update(id, change, editor);
      session.changes.publish(['runs', `run:${id}`]);
      return {};
    },
    'runs.log': (input, call) => readLog(context, input, call),
    'runs.searchLog': async ({ id, stage, text, limit }, call) =>
      searchLog(context.session().tracking.logPath(id, stage), text, limit, {
        signal: call.signal,
        onProgress: (report) => quietly(call.emit(report)),
      }),
    'runs.logLine': async ({ id, stage, line }, { signal }) =>
      findLogLine(context.session().tracking.logPath(id, stage), line, { signal }),
    'runs.metrics': async ({ ids, keys, maxPoints, ...stretch }) =>
      readCurves(context.session().store, ids, keys, maxPoints, stretch),
  };
}

async function start(
  context: ApiContext,
  request: { spec: RunSpec } & Pick<Input<'runs.start'>, 'experiment' | 'name' | 'note'>,
): Promise<{ id: string; label: string }> {
  const session = context.session();
  if (request.spec.kind === 'pipeline') await session.pipeline.requireRunnable(request.spec);
  if (request.spec.kind === 'notebook') {
    const { takeBackInterrupted } = await import('./renumber-context.ts');
    await takeBackInterrupted(session);
    prepareNotebook(session.workspace.root, request.spec);
  }
  session.requireTrust('Running something');
  const run = await launchRun(
    {
      tracking: session.tracking,
      lineage: session.lineage,
      root: session.workspace.root,
      storeDir: session.workspace.storeDir,
      runnerCommand: context.runnerCommand,
    },
    {
      spec: request.spec,
      experiment: request.experiment ?? null,
      name: request.name ?? null,
      note: request.note ?? '',
    },
  );
  session.changes.publish(['runs']);
  return run;
}

/** Sends the log in pieces; with `follow`, until the execution has ended. */
async function readLog(
  context: ApiContext,
  input: Parameters<Handlers['runs.log']>[0],
  call: Parameters<Handlers['runs.log']>[1],
): Promise<Output<'runs.log'>> {
  const { tracking } = context.session();
  const path = tracking.logPath(input.id, input.stage);
  const ended = () => {
    const run = tracking.get(input.id);
    const execution = run.executions.find((one) => one.stage === input.stage);
    const state = execution?.state;
    const over = run.status !== 'RUNNING' && run.status !== 'SCHEDULED';
    return over || (state !== undefined && state !== 'waiting' && state !== 'running');
  };
  let end = 0;
  const pieces = input.follow
    ? followFile(path, input.from, { signal: call.signal, ended })
    : readFileFrom(path, input.from, { signal: call.signal });
  let left = input.length ?? Number.POSITIVE_INFINITY;
  for await (const { offset, bytes } of pieces) {
    const sent = bytes.length > left ? bytes.slice(0, left) : bytes;
    end = offset + sent.length;
    left -= sent.length;
    await call.emit({ offset, bytes: sent });
    if (left <= 0) break;
  }
  const size = (await stat(path).catch(() => null))?.size ?? end;
  return { end, size: Math.max(end, size) };
}
