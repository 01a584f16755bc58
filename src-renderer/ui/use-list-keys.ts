import { type KeyboardEvent, type MouseEvent, useRef } from 'react';
import { inNewTab } from '../state/index.ts';

/** A list that keys move through: arrows or j/k, Home/End, Enter, Space, Shift for ranges. */
export interface ListControl {
  readonly keys: readonly string[];
  readonly active: string | null;
  onActive(key: string): void;
  onOpen(key: string): void;
  readonly selected: readonly string[];
  readonly onSelect: ((keys: readonly string[]) => void) | undefined;
  /** Keys of the view itself; returns true when it used one. */
  onKey(event: KeyboardEvent, key: string): boolean;
}

const pageRows = 15;

/** How far a key moves in a list of `count` items; null when it does not move. */
export function moveBy(event: Pick<KeyboardEvent, 'key'>, count: number): number | null {
  switch (event.key) {
    case 'ArrowDown':
    case 'j':
    case 'J':
      return 1;
    case 'ArrowUp':
    case 'k':
    case 'K':
      return -1;
    case 'PageDown':
      return pageRows;
    case 'PageUp':
      return -pageRows;
    case 'Home':
      return -count;
    case 'End':
      return count;
    default:
      return null;
  }
}

/** `keys` between two of them, in the order of the list, both included. */
export function rangeOf(keys: readonly string[], from: string, to: string): readonly string[] {
  const [a, b] = [keys.indexOf(from), keys.indexOf(to)];
  if (a === -1 || b === -1) return b === -1 ? [] : [to];
  return keys.slice(Math.min(a, b), Math.max(a, b) + 1);
}

export function useListKeys(list: ListControl) {
  /** Where a range starts: the last row that was ticked or clicked without Shift. */
  const anchor = useRef<string | null>(null);

  const tick = (key: string, range: boolean): void => {
    if (list.onSelect === undefined) return;
    if (range && anchor.current !== null) {
      list.onSelect([...new Set([...list.selected, ...rangeOf(list.keys, anchor.current, key)])]);
      return;
    }
    anchor.current = key;
    list.onSelect(
      list.selected.includes(key)
        ? list.selected.filter((other) => other !== key)
        : [...list.selected, key],
    );
  };

  const move = (event: KeyboardEvent, by: number): void => {
    const current = list.active === null ? -1 : list.keys.indexOf(list.active);
    const start = current === -1 ? (by > 0 ? -1 : 0) : current;
    const next = list.keys[Math.max(0, Math.min(list.keys.length - 1, start + by))];
    if (next === undefined) return;
    event.preventDefault();
    if (event.shiftKey && list.onSelect !== undefined && event.key.startsWith('Arrow')) {
      anchor.current ??= list.active ?? next;
      list.onSelect(rangeOf(list.keys, anchor.current, next));
    } else anchor.current = next;
    list.onActive(next);
  };

  return {
    onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || isTyping(event.target)) return;
      if (list.active !== null && list.keys.includes(list.active)) {
        if (list.onKey(event, list.active)) {
          event.preventDefault();
          return;
        }
      }
      if (event.ctrlKey || event.metaKey || event.altKey) {
        if ((event.ctrlKey || event.metaKey) && event.key === 'a' && list.onSelect !== undefined) {
          event.preventDefault();
          list.onSelect(list.keys);
        }
        const { active } = list;
        if (event.key === 'Enter' && !event.altKey && active !== null && !onControl(event.target)) {
          event.preventDefault();
          inNewTab(() => list.onOpen(active));
        }
        return;
      }
      const by = moveBy(event, list.keys.length);
      if (by !== null) move(event, by);
      else if (list.active === null) return;
      else if (event.key === 'Enter' && !onControl(event.target)) {
        event.preventDefault();
        list.onOpen(list.active);
      } else if (ticks(event) && list.onSelect !== undefined) {
        event.preventDefault();
        tick(list.active, event.shiftKey);
      }
    },
    onRowClick(event: MouseEvent, key: string): void {
      if (onControl(event.target)) return;
      if ((event.ctrlKey || event.metaKey) && list.onSelect !== undefined) tick(key, false);
      else if (event.shiftKey && list.onSelect !== undefined) {
        anchor.current ??= list.active;
        tick(key, anchor.current !== null);
      } else anchor.current = key;
      list.onActive(key);
    },
    onTick(event: MouseEvent, key: string): void {
      event.stopPropagation();
      tick(key, event.shiftKey);
    },
  };
}

/** Whether keys belong to what somebody is typing in. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches(
        'input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, select',
      ))
  );
}

/** Space presses the button that has the focus, if one has. */
function ticks(event: KeyboardEvent): boolean {
  return event.key === 'x' || (event.key === ' ' && !onControl(event.target));
}

function onControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button, a, input, textarea') !== null;
}
