/** How often, and after what pause, something that fell over is put up again. */

const delaysMs = [250, 1000, 2000, 5000, 10_000];

/** What stayed up this long counts as healthy: its next fall is the first one again. */
const healthyMs = 60_000;

export class Backoff {
  #falls = 0;
  #upSince: number | null = null;

  /** It is up, at `now` (milliseconds of any clock). */
  up(now: number): void {
    this.#upSince = now;
  }

  /** It fell: the pause before it should be put up again, or null when it has fallen too often. */
  fell(now: number): number | null {
    if (this.#upSince !== null && now - this.#upSince > healthyMs) this.#falls = 0;
    this.#upSince = null;
    return delaysMs[this.#falls++] ?? null;
  }

  /** The user said to try again. */
  reset(): void {
    this.#falls = 0;
  }
}
