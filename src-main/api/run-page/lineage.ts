/** The lineage of a run, with its runs as a user calls them. */
import type { LineageGraph } from '../../contract/run-page.ts';
import { traceRun } from '../../lineage/index.ts';
import type { Store } from '../../store/index.ts';
import type { Tracking } from '../../tracking/index.ts';

/** @param up how many runs far back; @param down how many far on */
export function describeLineage(
  store: Store,
  tracking: Tracking,
  runId: string,
  up: number,
  down: number,
): LineageGraph {
  const graph = traceRun(store, runId, up, down);
  const ids = graph.nodes.flatMap((node) => (node.kind === 'run' ? [node.name] : []));
  const rows = new Map(tracking.rows(ids).map((row) => [row.id, row]));
  const nodes = graph.nodes.map((node) => {
    const row = node.kind === 'run' ? rows.get(node.name) : undefined;
    if (row === undefined) return { ...node, also: [...node.also], run: null };
    const { name, label, status, startedAt } = row;
    return { ...node, also: [], name, run: { label, status, startedAt } };
  });
  return { ...graph, nodes };
}
