/**
 * What is typed after a dialog was asked for and before it has the keyboard: quick fingers are
 * quicker than a dialog whose code is still on its way. Nothing of theirs is lost, and nothing is
 * taken for a key of the page behind it.
 */
import { isTyping } from './use-list-keys.ts';

/** What was typed so far; null while nobody waits for a dialog. */
let typed: string | null = null;

/** How long a dialog may take to come before keys are the page's again. */
const patienceMs = 10_000;
let giveUp: ReturnType<typeof setTimeout> | undefined;

/** A dialog has been asked for: what is typed from now on is for it. */
export function holdKeys(): void {
  typed ??= '';
  clearTimeout(giveUp);
  giveUp = setTimeout(dropKeys, patienceMs);
}

/** The dialog will not come, or has gone: keys are the page's again. */
export function dropKeys(): void {
  typed = null;
  clearTimeout(giveUp);
}

/**
 * `text` as it is after one more key; null for a key that is not held back.
 * Tab, Enter and arrows are held back without leaving anything: what they would move in or press
 * is not on screen yet.
 */
export function afterKey(
  text: string,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
): string | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  if (event.key.length === 1) return text + event.key;
  if (event.key === 'Backspace') return text.slice(0, -1);
  return /^(?:Tab|Enter|Delete|Home|End|Page.*|Arrow.*)$/.test(event.key) ? text : null;
}

/**
 * Holds keys back from when a dialog was asked for until it has the focus, and types them there.
 * @param onEscape what closes a dialog of which nothing is drawn yet
 * @returns what ends it
 */
export function watchEarlyKeys(onEscape: () => void): () => void {
  const take = (event: KeyboardEvent): void => {
    if (typed === null || event.isComposing) return;
    if (event.key === 'Escape') {
      dropKeys();
      if (document.querySelector('[role="dialog"]') !== null) return;
      onEscape();
    } else {
      const now = afterKey(typed, event);
      if (now === null) return;
      typed = now;
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const give = ({ target }: FocusEvent): void => {
    if (typed === null || !(target instanceof HTMLElement)) return;
    // What stands in for a dialog while its contents come is no place to type in.
    if (target.closest('[role="dialog"]') === null || target.closest('[data-waiting]') !== null) {
      return;
    }
    // After what the field itself does when it gets the focus, such as selecting its text.
    queueMicrotask(() => {
      const text = typed ?? '';
      dropKeys();
      if (text !== '' && isTyping(target) && document.activeElement === target) {
        // The one way to type that fields, editors and undo all take for typing.
        document.execCommand('insertText', false, text);
      }
    });
  };
  document.addEventListener('keydown', take, true);
  document.addEventListener('focusin', give);
  document.addEventListener('pointerdown', dropKeys, true);
  return () => {
    dropKeys();
    document.removeEventListener('keydown', take, true);
    document.removeEventListener('focusin', give);
    document.removeEventListener('pointerdown', dropKeys, true);
  };
}
