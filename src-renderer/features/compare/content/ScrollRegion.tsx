import type { ReactNode, Ref, UIEvent } from 'react';

export interface ScrollRegionProps {
  readonly label: string;
  readonly className?: string | undefined;
  readonly ref?: Ref<HTMLElement>;
  readonly onScroll?: (event: UIEvent<HTMLElement>) => void;
  readonly children: ReactNode;
}

/** A part that scrolls by itself, also with the keyboard: what can be focused can be scrolled. */
export function ScrollRegion({ label, className, ref, onScroll, children }: ScrollRegionProps) {
  const attach = (element: HTMLElement | null): void => {
    if (element !== null) element.tabIndex = 0;
    if (typeof ref === 'function') ref(element);
    else if (ref) ref.current = element;
  };
  return (
    <section ref={attach} aria-label={label} className={className} onScroll={onScroll}>
      {children}
    </section>
  );
}
