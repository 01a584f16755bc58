/** Where the pointer is over a chart, told at most once a frame. */

/** In pixels of the chart, and of the window. */
export interface PointerPlace {
  readonly x: number;
  readonly y: number;
  readonly clientX: number;
  readonly clientY: number;
}

export interface Follower {
  /** Somebody comes to the chart, with a pointer or by key. */
  readonly onUse: () => void;
  /** Before anything hears of a button that is pressed. */
  readonly onPress: () => void;
  readonly onMove: (at: PointerPlace) => void;
  readonly onLeave: () => void;
}

/** @returns ends it */
export function followPointer(host: HTMLElement, follower: Follower): () => void {
  let frame = 0;
  let at: PointerPlace | null = null;
  const tell = (): void => {
    frame = 0;
    if (at !== null) follower.onMove(at);
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
  host.addEventListener('pointerdown', follower.onPress, {
    signal: end.signal,
    capture: true,
  });
  listen('pointerenter', follower.onUse);
  listen('focusin', follower.onUse);
  listen('pointerleave', leave);
  listen('pointermove', (event) => {
    // Whoever drags is zooming.
    if (event.buttons !== 0) {
      leave();
      return;
    }
    // Asked here, where nothing has changed since the last frame, this costs no layout.
    const { left, top } = host.getBoundingClientRect();
    const { clientX, clientY } = event;
    at = { x: clientX - left, y: clientY - top, clientX, clientY };
    if (frame === 0) frame = requestAnimationFrame(tell);
  });
  return () => {
    end.abort();
    cancelAnimationFrame(frame);
  };
}
