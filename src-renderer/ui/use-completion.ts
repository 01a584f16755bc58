import { type KeyboardEvent, type RefObject, useCallback, useRef, useState } from 'react';

/** What could be written at a place of a text. */
export interface Completions {
  /** What of the text is replaced by what is chosen. */
  readonly from: number;
  readonly to: number;
  readonly items: readonly CompletionItem[];
}

export interface CompletionItem {
  readonly text: string;
  /** What it is, shown behind it. */
  readonly detail: string;
}

/** Asks what could be written at a place (from 0) of a text. */
export type Complete = (text: string, at: number) => Promise<Completions>;

/** Completions, and the text that they are of. */
type Found = Completions & { readonly text: string };

const none: Found = { text: '', from: 0, to: 0, items: [] };

/** The suggestions of a text field: opened by typing or Ctrl+Space, moved through with the arrows. */
export function useCompletion(
  field: RefObject<HTMLInputElement | null>,
  complete: Complete | undefined,
  setText: (text: string) => void,
) {
  const [found, setFound] = useState(none);
  /** The suggestion that is chosen by Enter, by its text: others may come before it meanwhile. */
  const [picked, setPicked] = useState<string | null>(null);
  const active = found.items.findIndex((item) => item.text === picked);
  const pick = (index: number): void => setPicked(found.items[index]?.text ?? null);
  const asked = useRef(0);

  const close = useCallback((): void => {
    asked.current += 1;
    setFound(none);
    setPicked(null);
  }, []);

  const ask = useCallback(
    (text: string, at: number): void => {
      if (complete === undefined) return;
      asked.current += 1;
      const turn = asked.current;
      // Until the answer is there: quick fingers choose of what they see.
      setFound((before) => narrow(before, text, at));
      const take = (next: Completions): void => {
        // A later question may have been answered before.
        if (turn !== asked.current) return;
        setFound(isDone(text, next) ? none : { ...next, text });
      };
      complete(text, at).then(take, () => take(none));
    },
    [complete],
  );

  const choose = (item: CompletionItem): void => {
    const element = field.current;
    if (element === null) return;
    const { value } = element;
    // Of another text: nobody knows what would be replaced.
    if (value !== found.text) {
      close();
      return;
    }
    const gap = item.text.endsWith('(') || item.text.endsWith('.') ? '' : ' ';
    const rest = value.slice(found.to).replace(/^ /, '');
    const before = value.slice(0, found.from) + item.text + gap;
    setText(before + rest);
    setPicked(null);
    // React sets the value first, and the browser the cursor to its end.
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(before.length, before.length);
      ask(before + rest, before.length);
    });
  };

  /** @returns whether the key was one of the list's */
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): boolean => {
    const { value, selectionStart } = event.currentTarget;
    if (event.key === ' ' && (event.ctrlKey || event.metaKey)) {
      ask(value, selectionStart ?? value.length);
      return true;
    }
    const { length } = found.items;
    if (length === 0) {
      if (event.key === 'ArrowDown') ask(value, selectionStart ?? value.length);
      return event.key === 'ArrowDown' && complete !== undefined;
    }
    switch (event.key) {
      case 'ArrowDown':
        pick((active + 1) % length);
        return true;
      case 'ArrowUp':
        pick(active <= 0 ? length - 1 : active - 1);
        return true;
      case 'Escape':
        close();
        return true;
      case 'Enter':
      case 'Tab': {
        const item = found.items[active];
        if (item === undefined) {
          close();
          return false;
        }
        choose(item);
        return true;
      }
      default:
        return false;
    }
  };
  return { items: found.items, active, ask, choose, close, onKeyDown };
}

/**
 * What of the suggestions for a text goes on fitting when that becomes another one by writing at its
 * cursor.
 * @param at the cursor, from 0
 */
export function narrow(found: Found, text: string, at: number): Found {
  const { from, text: before } = found;
  const to = found.to + text.length - before.length;
  const goesOn =
    from <= at &&
    at <= to &&
    text.slice(0, from) === before.slice(0, from) &&
    text.slice(to) === before.slice(found.to);
  if (!goesOn) return none;
  const word = text.slice(from, at).toLowerCase();
  const items = found.items.filter((item) => item.text.toLowerCase().includes(word));
  return { text, from, to, items };
}

/** Nothing is suggested where the only suggestion stands there already. */
function isDone(text: string, { from, to, items }: Completions): boolean {
  return items.length === 1 && items[0]?.text === text.slice(from, to);
}
