/** Two sides against each other, whole: params, metrics, code, data and environment. */
import type { Work } from '../../base/progress.ts';
import type { DiffSummary, Side } from '../../contract/diff.ts';
import type { Output, ParsedInput } from '../../contract/index.ts';
import { diffCode } from './code.ts';
import type { DiffSession } from './context.ts';
import { diffData } from './data.ts';
import { diffEnvironments } from './environment.ts';
import { metricSamples, spreadOf } from './groups.ts';
import { diffMetrics, diffParams } from './params.ts';
import { readState, type SideState } from './side-state.ts';
import { environmentOf, isRun, resolveSide } from './sides.ts';

/**
 * @param files of two runs, `whole` compares them as if one were a commit, beside other sides that are
 * @throws CairnError as `resolveSide`
 */
export async function summarise(
  session: DiffSession,
  input: ParsedInput<'diff.summary'>,
  work: Work,
  files: 'used' | 'whole' = 'used',
): Promise<Output<'diff.summary'>> {
  const left = await resolveSide(session, input.left);
  const right = await resolveSide(session, input.right);
  // Two runs are compared by what they used; anything else has whole files of params.
  const whole = files === 'whole' || !isRun(left) || !isRun(right);
  const [before, after] = [
    await readState(session, left, whole),
    await readState(session, right, whole),
  ];
  const code = await diffCode(session, left, right, work);
  return {
    left,
    right,
    params: diffParams(before.params, after.params),
    metrics: withSpread(session, left, right, diffMetrics(before.metrics, after.metrics)),
    code: whole ? code : code.filter(({ path }) => !isWritten(path, before, after)),
    data: await diffData(
      session,
      { side: left, state: before },
      { side: right, state: after },
      work,
    ),
    environment: diffEnvironments(
      await environmentOf(session, left),
      await environmentOf(session, right),
    ),
  };
}

/** Where a side is a group, how far its runs spread. */
function withSpread(
  session: DiffSession,
  left: Side,
  right: Side,
  rows: DiffSummary['metrics'],
): DiffSummary['metrics'] {
  if (left.kind !== 'group' && right.kind !== 'group') return rows;
  const [a, b] = [metricSamples(session, left), metricSamples(session, right)];
  return rows.map((row) => ({
    ...row,
    spread: spreadOf(a.get(row.key) ?? [], b.get(row.key) ?? []),
  }));
}

/** Between two runs: a file that a run writes itself is no change of the code. */
function isWritten(path: string, ...states: SideState[]): boolean {
  if (/(^|\/)dvc\.lock$/.test(path)) return true;
  return states.some(({ outputs }) =>
    path.split('/').some((_, depth, parts) => outputs.has(parts.slice(0, depth + 1).join('/'))),
  );
}
