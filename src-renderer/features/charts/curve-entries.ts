/** From runs (and the groups they are drawn as) to curves with a look of their own. Pure. */
import type { CurveEntry } from '../../charts/index.ts';
import type { RunRow } from '../../client/index.ts';
import { type LineStyle, runStyles } from '../../ui/index.ts';
import type { RunGroup } from './groups.ts';

/** Runs of which a mean is taken, at most. */
const mostMembers = 1000;

type Drawn = Pick<RunRow, 'id' | 'label' | 'name' | 'experimentNumber' | 'number'>;

/** Each run in its colour, with a pattern of its own among those of the same colour. */
export function looksOf(runs: readonly Drawn[]): Map<string, LineStyle> {
  const styles = runStyles(runs);
  return new Map(
    runs.flatMap((run, index) => {
      const style = styles[index];
      return style === undefined ? [] : [[run.id, style]];
    }),
  );
}

export function runEntries(
  runs: readonly Drawn[],
  looks: ReadonlyMap<string, LineStyle>,
): CurveEntry[] {
  return runs.flatMap((run) => {
    const look = looks.get(run.id);
    return look === undefined
      ? []
      : [{ runId: run.id, label: `${run.label} ${run.name}`, ...look }];
  });
}

/** Each run as the curve of its group looks. */
export function groupLooks(groups: readonly RunGroup[]): Map<string, LineStyle> {
  const styles = groupStyles(groups);
  return new Map(
    groups.flatMap(({ runIds }, index) => {
      const style = styles[index];
      return style === undefined ? [] : runIds.map((id) => [id, style] as const);
    }),
  );
}

/** Groups take the colours one after the other: they have no number of their own. */
function groupStyles(groups: readonly RunGroup[]): readonly LineStyle[] {
  return runStyles(groups.map((_, index) => ({ experimentNumber: 1, number: index + 1 })));
}

export function groupEntries(groups: readonly RunGroup[]): CurveEntry[] {
  const styles = groupStyles(groups);
  return groups.flatMap((group, index) => {
    const style = styles[index];
    if (style === undefined) return [];
    return [
      {
        runId: group.id,
        label: group.label,
        ...style,
        members: group.runIds.slice(0, mostMembers),
      },
    ];
  });
}

/** Metrics with more than one point in any of the runs. */
export function curveKeys(runs: readonly Pick<RunRow, 'metrics'>[]): string[] {
  const keys = new Set<string>();
  for (const run of runs) {
    for (const metric of run.metrics) if (metric.count > 1) keys.add(metric.key);
  }
  return [...keys].sort();
}
