import { describe, expect, it } from 'vitest';
import { afterKey } from '../../../../src-renderer/ui/early-keys.ts';

/** What is left of a text after keys; null from the first that is not held back. */
function typedBy(...keys: (string | { key: string; ctrlKey?: boolean; altKey?: boolean })[]) {
  const bare = { ctrlKey: false, metaKey: false, altKey: false };
  return keys.reduce<string | null>((text, key) => {
    if (text === null) return null;
    return afterKey(text, typeof key === 'string' ? { ...bare, key } : { ...bare, ...key });
  }, '');
}

describe('keys before a dialog has the keyboard', () => {
  it('are the text, the page’s own shortcuts among them', () => {
    expect(typedBy('p', 'y', ' ', '/', 'R', '?', '/')).toBe('py /R?/');
  });

  it('can be taken back', () => {
    expect(typedBy('a', 'b', 'Backspace', 'c')).toBe('ac');
    expect(typedBy('Backspace', 'a')).toBe('a');
  });

  it('move and press nothing behind the dialog', () => {
    expect(typedBy('a', 'Tab', 'Enter', 'ArrowDown', 'PageUp', 'Delete', 'b')).toBe('ab');
  });

  it('stay the window’s when they are combinations, functions or modifiers', () => {
    expect(typedBy({ key: 'k', ctrlKey: true })).toBeNull();
    expect(typedBy({ key: '1', altKey: true })).toBeNull();
    expect(typedBy('F6')).toBeNull();
    expect(typedBy('Shift')).toBeNull();
  });
});
