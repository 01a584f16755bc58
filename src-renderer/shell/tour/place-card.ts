/** Where a card stands beside what it tells of, in pixels of the window. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** As in tour.module.css. */
export const cardWidth = 340;
const gap = 12;

/**
 * Right of a tall box, below or above a wide one, and in the middle of one that fills the window;
 * always whole inside of the window.
 */
export function placeCard(
  box: Box | null,
  height: number,
  view: { readonly width: number; readonly height: number },
): { readonly left: number; readonly top: number } {
  const [right, bottom] = [view.width - cardWidth - gap, view.height - height - gap];
  const within = (left: number, top: number) => ({
    left: Math.max(gap, Math.min(right, left)),
    top: Math.max(gap, Math.min(bottom, top)),
  });
  if (box === null) return within(right / 2, bottom / 2);
  const after = box.left + box.width + gap;
  if (box.height > box.width && after <= right) return within(after, box.top + gap);
  const below = box.top + box.height + gap;
  if (below <= bottom) return within(box.left, below);
  const above = box.top - height - gap;
  if (above >= gap) return within(box.left, above);
  return within(box.left + (box.width - cardWidth) / 2, box.top + (box.height - height) / 2);
}
