/** Which runs are drawn as one: those that differ only in their seed, or that share a value. Pure. */
import type { RunRow } from '../../client/index.ts';
import { isSeed } from './fields.ts';

export type Grouped = Pick<
  RunRow,
  'id' | 'label' | 'name' | 'experimentId' | 'experimentName' | 'params'
>;

export interface RunGroup {
  readonly id: string;
  readonly label: string;
  readonly runIds: readonly string[];
}

/** Params that some of the runs have with another value, seeds left out. */
export function differingParams(runs: readonly Pick<RunRow, 'params'>[]): string[] {
  const keys = new Set(runs.flatMap((run) => Object.keys(run.params)));
  return [...keys]
    .filter((key) => !isSeed(key) && new Set(runs.map((run) => run.params[key])).size > 1)
    .sort();
}

/** Whether these runs can be drawn as groups by this: a param must have more than one value. */
export function canGroup(runs: readonly Pick<RunRow, 'params'>[], groupBy: string): boolean {
  return groupBy.startsWith('param ')
    ? differingParams(runs).includes(groupBy.slice('param '.length))
    : ['seed', 'experiment', 'name'].includes(groupBy);
}

/**
 * @param groupBy `seed`, `experiment`, `name` or `param KEY`
 * @param words what a group is called that has no value of the param
 */
export function groupRuns(
  runs: readonly Grouped[],
  groupBy: string,
  words: { readonly none: string },
): RunGroup[] {
  const differing = differingParams(runs);
  const groups = Map.groupBy(runs, (run) => keyOf(run, groupBy));
  return [...groups].map(([id, members]) => ({
    id,
    label: labelOf(members, groupBy, differing, words),
    runIds: members.map((run) => run.id),
  }));
}

function keyOf(run: Grouped, groupBy: string): string {
  if (groupBy === 'experiment') return run.experimentId;
  if (groupBy === 'name') return run.name;
  if (groupBy.startsWith('param ')) return run.params[groupBy.slice('param '.length)] ?? '';
  const others = Object.entries(run.params)
    .filter(([key]) => !isSeed(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([run.experimentId, others]);
}

function labelOf(
  members: readonly Grouped[],
  groupBy: string,
  differing: readonly string[],
  words: { readonly none: string },
): string {
  const [first] = members;
  if (first === undefined) return '';
  if (groupBy === 'experiment') return first.experimentName;
  if (groupBy === 'name') return first.name;
  if (groupBy.startsWith('param ')) {
    const key = groupBy.slice('param '.length);
    return `${key} = ${first.params[key] ?? words.none}`;
  }
  // What tells this group from the others is what it is called; alike groups by their first run.
  const values = differing.map((key) => `${key} ${first.params[key] ?? words.none}`);
  const name = values.length === 0 ? first.name : values.slice(0, 4).join(', ');
  return `${first.label} ${name}`;
}
