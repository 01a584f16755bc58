/** Whether an element is in or near the visible part of the page; one observer for all of a reach. */
import { type RefObject, useEffect, useState } from 'react';

const listeners = new WeakMap<Element, (near: boolean) => void>();
const observers = new Map<number, IntersectionObserver>();
/** What is loaded ahead of being scrolled to, in pixels. */
const nearPixels = 500;

function observe(element: Element, reach: number, listener: (near: boolean) => void): () => void {
  const observer = observers.get(reach) ?? observerOf(reach);
  observers.set(reach, observer);
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer.unobserve(element);
  };
}

function observerOf(reach: number): IntersectionObserver {
  return new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    // Views scroll inside of the window, so the margin is wanted around those too.
    { rootMargin: `${reach}px`, scrollMargin: `${reach}px` },
  );
}

/** @param reach pixels around the visible part that count as near; 0: only what is seen */
export function useNear(
  element: RefObject<HTMLElement | null>,
  reach: number = nearPixels,
): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    return target === null ? undefined : observe(target, reach, setNear);
  }, [element, reach]);
  return near;
}
