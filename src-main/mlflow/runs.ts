/** Runs: opened, ended, described, put in the trash. */
import { newId } from '../base/ids.ts';
import { nextRunNumber } from '../store/experiments.ts';
import { readExperimentTags } from '../store/logged-experiments.ts';
import { sealRun } from '../store/metric-writing.ts';
import * as runStore from '../store/runs.ts';
import { invalid } from './errors.ts';
import { experimentForWriting } from './experiment-ids.ts';
import { locationTag, requireActive } from './experiments.ts';
import { joinExperiment, noteResumed } from './own-run.ts';
import type { Call, Route } from './route.ts';
import { nameTag, parentTag, userTag, wireRunInfo, wireRuns } from './run-json.ts';
import { generateRunName } from './run-name.ts';
import { readWireRun, runForWriting, runIdOf, writeTag } from './run-writes.ts';
import { checkKey, tagValue } from './validate.ts';

export const runRoutes: readonly Route[] = [
  { method: 'POST', path: 'runs/create', effect: 'write', answer: create },
  { method: 'GET', path: 'runs/get', effect: 'read', answer: get },
  { method: 'POST', path: 'runs/update', effect: 'write', answer: update },
  { method: 'POST', path: 'runs/delete', effect: 'write', answer: remove },
  { method: 'POST', path: 'runs/restore', effect: 'write', answer: restore },
];

const statuses = ['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED'] as const;
type Status = (typeof statuses)[number];

function create({ context, input }: Call): unknown {
  const { store, ownRun } = context;
  const experiment = requireActive(
    experimentForWriting(store, input.optional('experiment_id') || '0'),
  );
  const tags = new Map(
    input
      .records('tags')
      .map((tag) => [checkKey(tag.string('key'), 'key'), tag.optional('value') ?? '']),
  );
  const name = runName(input.optional('run_name') ?? '', tags.get(nameTag) ?? '');
  tags.set(nameTag, name);
  // What a script of `cairn run` opens after its own run belongs to that.
  if (ownRun !== null && !tags.has(parentTag)) tags.set(parentTag, ownRun.id);
  const user = input.optional('user_id') ?? '';
  if (user !== '' && !tags.has(userTag)) tags.set(userTag, user);
  const now = Date.now();
  const id = newId();
  runStore.insertRun(store, {
    id,
    experiment_id: experiment.id,
    number: nextRunNumber(store, experiment.id),
    name,
    status: 'RUNNING',
    kind: 'logged',
    parent_id: null,
    spec: '',
    command: '',
    cwd: '.',
    created_at: now,
    note: '',
  });
  const location = readExperimentTags(store, [experiment.id]).get(experiment.id)?.[locationTag];
  runStore.updateRun(store, id, {
    started_at: input.integer('start_time') || now,
    artifact_root:
      location === undefined ? null : `${location.replace(/\/+$/, '')}/${id}/artifacts`,
  });
  const run = readWireRun(store, id);
  for (const [key, value] of tags) writeTag(store, run, key, value);
  context.changed(['runs']);
  return { run: wireRuns(store, [readWireRun(store, id)])[0] };
}

function get({ context, input }: Call): unknown {
  const id = runIdOf(input);
  // A script that resumes the run of `cairn run` asks for it first.
  if (context.ownRun?.id === id) joinExperiment(context);
  return { run: wireRuns(context.store, [readWireRun(context.store, id)])[0] };
}

function update({ context, input }: Call): unknown {
  const { store, ownRun } = context;
  const run = runForWriting(store, runIdOf(input));
  const name = input.optional('run_name') ?? '';
  if (name !== '' && !(ownRun?.id === run.id && (ownRun.nameGiven || ownRun.shared))) {
    writeTag(store, run, nameTag, name);
  }
  const status = statusOf(input.raw('status'));
  const end = input.integer('end_time');
  if (status !== undefined && hasRunner(run)) {
    // It ends when its process ends; what the script said of it is taken into account then.
    runStore.updateRun(store, run.id, { logged_status: status });
    if (ownRun?.id === run.id) noteResumed(context);
  } else if (status === 'RUNNING' || status === 'SCHEDULED') {
    runStore.updateRun(store, run.id, { status, ended_at: null, error: null });
  } else if (status !== undefined) {
    sealRun(store, run.seq);
    runStore.updateRun(store, run.id, { status, ended_at: end || Date.now(), error: null });
  } else if (end !== undefined && !hasRunner(run)) {
    runStore.updateRun(store, run.id, { ended_at: end });
  }
  context.changed(['runs', `run:${run.id}`]);
  return { run_info: wireRunInfo(readWireRun(store, run.id)) };
}

function remove({ context, input }: Call): unknown {
  const run = runForWriting(context.store, runIdOf(input));
  runStore.updateRun(context.store, run.id, { deleted_at: Date.now() });
  context.changed(['runs', `run:${run.id}`]);
  return {};
}

function restore({ context, input }: Call): unknown {
  const run = readWireRun(context.store, runIdOf(input));
  if (run.deleted_at === null) {
    throw invalid(`The run ${run.id} must be in the 'deleted' state. Current state is active.`);
  }
  runStore.updateRun(context.store, run.id, { deleted_at: null });
  context.changed(['runs', `run:${run.id}`]);
  return {};
}

/** Runs that Cairn started end with their process, not when a client says so. */
function hasRunner(run: runStore.RunRecord): boolean {
  return run.kind !== 'logged' && run.kind !== 'imported';
}

function runName(given: string, tag: string): string {
  if (given !== '' && tag !== '' && given !== tag) {
    throw invalid(
      `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${given}', mlflow.runName='${tag}').`,
    );
  }
  return tagValue(given || tag) || generateRunName();
}

/** By name, or by its number in the protocol buffers. */
function statusOf(value: unknown): Status | undefined {
  if (value === undefined) return undefined;
  const found =
    typeof value === 'number' ? statuses[value - 1] : statuses.find((status) => status === value);
  if (found !== undefined) return found;
  throw invalid(`Invalid value ${JSON.stringify(value)} for parameter 'status' supplied.`);
}
