/** Runs that are compared as one: repetitions with other seeds. */
import { CairnError } from '../../base/errors.ts';
import type { DiffSummary, Side } from '../../contract/diff.ts';
import { sampleOf, welchTest } from '../../diffing/statistics.ts';
import { codeCommitOf } from '../run-code.ts';
import type { DiffSession } from './context.ts';
import type { ParamValue } from './file-state.ts';
import type { SideState } from './side-state.ts';

type Spread = NonNullable<DiffSummary['metrics'][number]['spread']>;

const maxMembers = 200;

/**
 * `02.5,02.6,02.7`. Code, data and environment of a group are those of its newest run.
 * @param resolveRun the id of a run by what the user wrote
 */
export function groupSide(
  session: DiffSession,
  reference: string,
  resolveRun: (text: string) => string,
): Side {
  const names = reference.split(',').map((name) => name.trim());
  const ids = [...new Set(names.filter((name) => name !== '').map(resolveRun))];
  if (ids.length > maxMembers) {
    throw new CairnError('invalid', `A group has at most ${maxMembers} runs.`);
  }
  const rows = ids.flatMap((id) => session.tracking.rows([id]));
  const newest = rows.toSorted((a, b) => a.createdAt - b.createdAt).at(-1);
  if (newest === undefined) throw new CairnError('not-found', 'Name the runs of the group.');
  return {
    ...{ reference, kind: 'group', runId: newest.id, commit: codeCommitOf(session, newest.id) },
    title: rows.map((row) => row.label).join(', '),
    at: newest.startedAt ?? newest.createdAt,
    runIds: rows.map((row) => row.id),
  };
}

/** The values of every metric in the runs of a side that have it; finite ones. */
export function metricSamples(session: DiffSession, side: Side): Map<string, number[]> {
  const samples = new Map<string, number[]>();
  const ids = side.runIds ?? (side.runId === null ? [] : [side.runId]);
  for (const id of ids) {
    for (const { key, last } of session.tracking.get(id).metrics) {
      if (last === null || !Number.isFinite(last)) continue;
      samples.set(key, [...(samples.get(key) ?? []), last]);
    }
  }
  return samples;
}

/** Means over the runs of a group, and its params: values that differ stand beside each other. */
export function mergeStates(newest: SideState, states: readonly SideState[]): SideState {
  const params = new Map<string, { param: ParamValue; values: Set<string> }>();
  for (const param of states.flatMap((state) => state.params)) {
    const key = `${param.file}\n${param.key}`;
    const known = params.get(key);
    if (known === undefined) params.set(key, { param, values: new Set([param.value]) });
    else known.values.add(param.value);
  }
  const metrics = new Map<string, number | null>();
  for (const key of new Set(states.flatMap((state) => [...state.metrics.keys()]))) {
    const values = states.flatMap((state) => state.metrics.get(key) ?? []);
    metrics.set(key, values.length === 0 ? null : sampleOf(values).mean);
  }
  return {
    ...newest,
    params: [...params.values()].map(({ param, values }) => ({
      ...param,
      value: [...values].join(' | '),
    })),
    metrics,
  };
}

/** How many runs each mean is over, how far they spread, and whether the means differ by chance. */
export function spreadOf(left: readonly number[], right: readonly number[]): Spread | null {
  if (left.length < 2 && right.length < 2) return null;
  const [a, b] = [sampleOf(left), sampleOf(right)];
  const side = ({ n, variance }: typeof a) => ({ n, std: n > 1 ? Math.sqrt(variance) : null });
  return { left: side(a), right: side(b), p: welchTest(a, b) };
}
