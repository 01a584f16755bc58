/** Where the pointer is over a chart, told at most once a frame. */

export interface Follower {
  /** Somebody comes to the chart, with a pointer or by key. */
  readonly onUse: () => void;
  /** In pixels of the chart. */
  readonly onMove: (x: number, y: number) => void;
  readonly onLeave: () => void;
}

/** @returns ends it */
export function followPointer(host: HTMLElement, follower: Follower): () => void {
  let frame = 0;
  let at: { readonly x: number; readonly y: number } | null = null;
  const tell = (): void => {
    frame = 0;
    if (at === null) return;
    const { left, top } = host.getBoundingClientRect();
    follower.onMove(at.x - left, at.y - top);
  };
  const leave = (): void => {
    at = null;
    follower.onLeave();
  };
  const end = new AbortController();
  const listen = <K extends keyof HTMLElementEventMap>(
    name: K,
    listener: (event: HTMLElementEventMap[K]) => void,
  ): void => host.addEventListener(name, listener, { signal: end.signal, passive: true });
  listen('pointerenter', follower.onUse);
  listen('focusin', follower.onUse);
  listen('pointerleave', leave);
  listen('pointermove', (event) => {
    // Whoever drags is zooming.
    if (event.buttons !== 0) {
      leave();
      return;
    }
    at = { x: event.clientX, y: event.clientY };
    if (frame === 0) frame = requestAnimationFrame(tell);
  });
  return () => {
    end.abort();
    cancelAnimationFrame(frame);
  };
}
