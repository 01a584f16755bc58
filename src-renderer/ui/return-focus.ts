/** Where the keyboard was before something stood in front of the page. */
import { type RefObject, useEffect, useRef, useState } from 'react';

/** What had the focus last on the page itself; menus and dialogs are laid over it, in portals. */
let lastOnPage: Element | null = null;

/** Remembers what of the page has the focus. @returns what ends it */
export function watchFocus(): () => void {
  const remember = ({ target }: FocusEvent): void => {
    if (target instanceof Element && target.closest('[data-portal], [role="dialog"]') === null) {
      lastOnPage = target;
    }
  };
  document.addEventListener('focusin', remember);
  return () => document.removeEventListener('focusin', remember);
}

/**
 * Gives the focus back when the component goes, unless somebody took it: to what had it when the
 * component came, or, where that is gone (the item of a menu), to what had it on the page.
 */
export function useReturnFocus(): void {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // What was in it is taken off the page first.
      setTimeout(() => {
        const now = document.activeElement;
        if (now !== null && now !== document.body && now.isConnected) return;
        const back = [before, lastOnPage].find(
          (element) =>
            element instanceof HTMLElement && element.isConnected && element !== document.body,
        );
        if (back instanceof HTMLElement) back.focus({ preventScroll: true });
      }, 20);
    },
    [before],
  );
}

/**
 * For a button that a field takes the place of while something is edited: with the field goes the
 * keyboard, which is given to the button, unless it went on to something else.
 */
export function useFocusBack(editing: boolean): RefObject<HTMLButtonElement | null> {
  const button = useRef<HTMLButtonElement>(null);
  const before = useRef(editing);
  useEffect(() => {
    const { activeElement } = document;
    if (before.current && !editing && (activeElement === null || activeElement === document.body)) {
      button.current?.focus({ preventScroll: true });
    }
    before.current = editing;
  }, [editing]);
  return button;
}
