/** Whether an element is in or near the visible part of the page; one observer for all of them. */
import { type RefObject, useEffect, useState } from 'react';

const listeners = new WeakMap<Element, (near: boolean) => void>();
let observer: IntersectionObserver | null = null;

function observe(element: Element, listener: (near: boolean) => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const entry of entries) listeners.get(entry.target)?.(entry.isIntersecting);
    },
    // Views scroll inside of the window, so the margin is wanted around those too.
    { rootMargin: '500px', scrollMargin: '500px' },
  );
  listeners.set(element, listener);
  observer.observe(element);
  return () => {
    listeners.delete(element);
    observer?.unobserve(element);
  };
}

export function useNear(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    const target = element.current;
    return target === null ? undefined : observe(target, setNear);
  }, [element]);
  return near;
}
