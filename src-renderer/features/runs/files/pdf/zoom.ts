/** Steps of the zoom, and which page is read. Pure. */

const steps = [0.25, 0.33, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4];

/** @returns the next step up or down from any zoom; null at the end */
export function zoomStep(zoom: number, direction: 1 | -1): number | null {
  // What is shown as the same percentage is the same step.
  const slack = 0.005;
  return direction === 1
    ? (steps.find((step) => step > zoom + slack) ?? null)
    : (steps.findLast((step) => step < zoom - slack) ?? null);
}

/**
 * @param tops where each page begins, ascending
 * @returns the number, from 1, of the page at a height
 */
export function pageAt(tops: readonly number[], height: number): number {
  return Math.max(1, tops.findLastIndex((top) => top <= height) + 1);
}
