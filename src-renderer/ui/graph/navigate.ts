/** Walking the graph with the arrow keys: along an arrow where there is one, else to what is near. */
import type { Direction, Placed, Placement } from './layout.ts';

export type ArrowKey = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

export function isArrowKey(key: string): key is ArrowKey {
  return key === 'ArrowLeft' || key === 'ArrowRight' || key === 'ArrowUp' || key === 'ArrowDown';
}

/**
 * The card to go to from `id`, or null at the edge. Along the flow it is the nearest
 * consumer or producer; across it, the neighbour in the same layer, then the nearest on that side.
 */
export function neighbour(
  placement: Placement,
  id: string,
  key: ArrowKey,
  direction: Direction,
): string | null {
  const here = placement.nodes.find((node) => node.id === id);
  if (here === undefined) return placement.nodes[0]?.id ?? null;
  const along = direction === 'right' ? 'x' : 'y';
  const across = direction === 'right' ? 'y' : 'x';
  const axis = key === 'ArrowLeft' || key === 'ArrowRight' ? 'x' : 'y';
  const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
  if (axis === along) {
    const linked = new Set(
      placement.arrows.flatMap((arrow) => {
        if (sign > 0 && arrow.from === id) return [arrow.to];
        if (sign < 0 && arrow.to === id) return [arrow.from];
        return [];
      }),
    );
    const next = nearest(
      here,
      placement.nodes.filter((node) => linked.has(node.id)),
      across,
    );
    if (next !== null) return next;
  }
  const side = placement.nodes.filter((node) => (node[axis] - here[axis]) * sign > 0);
  const other = axis === 'x' ? 'y' : 'x';
  const inLine = side.filter((node) => node[other] === here[other]);
  return nearest(here, inLine.length > 0 ? inLine : side, other, 3);
}

/** The closest by distance, with `weight` times more for being off to the side. */
function nearest(
  here: Placed,
  nodes: readonly Placed[],
  side: 'x' | 'y',
  weight = 1,
): string | null {
  const other = side === 'x' ? 'y' : 'x';
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const node of nodes) {
    const distance = Math.hypot((node[side] - here[side]) * weight, node[other] - here[other]);
    if (distance < least) {
      least = distance;
      best = node.id;
    }
  }
  return best;
}
