/** Runs behind those that they are nested in. */
import { readParents } from '../../store/run-cells.ts';
import type { Store } from '../../store/store.ts';
import type { FoundRun } from './groups.ts';

/** As deep as a byte says. */
const deepest = 255;

/**
 * The same runs, each behind its parent where that is among them; siblings keep their order. A ring
 * of runs that claim to be each other's parents is cut where it is met first.
 */
export function nestRuns(
  store: Store,
  runs: readonly FoundRun[],
): { ids: string[]; depths: Uint8Array<ArrayBuffer> } {
  const parents = readParents(
    store,
    runs.map(({ seq }) => seq),
  );
  return arrange(
    runs.map((run) => run.id),
    new Map(runs.map((run) => [run.id, parents.get(run.seq) ?? null])),
  );
}

export function arrange(
  ids: readonly string[],
  parents: ReadonlyMap<string, string | null>,
): { ids: string[]; depths: Uint8Array<ArrayBuffer> } {
  const children = new Map<string, string[]>();
  const roots: string[] = [];
  for (const id of ids) {
    const parent = parents.get(id) ?? null;
    if (parent === null || parent === id || !parents.has(parent)) roots.push(id);
    else if (children.has(parent)) children.get(parent)?.push(id);
    else children.set(parent, [id]);
  }
  const ordered: string[] = [];
  const depths = new Uint8Array(ids.length);
  const done = new Set<string>();
  const put = (root: string): void => {
    // Not by recursion: nesting is as deep as somebody logged it.
    const stack = [{ id: root, depth: 0 }];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (done.has(next.id)) continue;
      done.add(next.id);
      depths[ordered.length] = Math.min(next.depth, deepest);
      ordered.push(next.id);
      const below = children.get(next.id) ?? [];
      for (let at = below.length - 1; at >= 0; at--) {
        stack.push({ id: below[at] as string, depth: next.depth + 1 });
      }
    }
  };
  for (const root of roots) put(root);
  for (const id of ids) if (!done.has(id)) put(id);
  return { ids: ordered, depths };
}
