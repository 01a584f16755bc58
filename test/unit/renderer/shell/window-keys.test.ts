import { describe, expect, it, vi } from 'vitest';
import { tabKey } from '../../../../src-renderer/shell/tabs/tab-keys.ts';
import { changeTextSize, textSizeKey } from '../../../../src-renderer/shell/text-size.ts';
import { usePreferences } from '../../../../src-renderer/state/preferences.ts';

// Preferences are kept in the browser's storage.
vi.hoisted(() => {
  vi.stubGlobal('localStorage', { getItem: () => null, setItem: () => {}, removeItem: () => {} });
});

const press = (keys: string) => {
  const parts = keys.split('+');
  const key = parts.pop() ?? '';
  const ctrlKey = parts.includes('Ctrl');
  const altKey = parts.includes('Alt');
  const code = key.length === 1 ? `Key${key.toUpperCase()}` : key;
  const event = { key, code, ctrlKey, altKey, shiftKey: parts.includes('Shift') };
  return { event, mod: ctrlKey || parts.includes('Cmd'), alt: altKey };
};

describe('the keys of tabs', () => {
  it.each([
    ...['Ctrl+t', 'Cmd+t', 'Alt+t', 'Ctrl+w', 'Alt+w', 'Ctrl+Shift+T', 'Alt+Shift+T'],
    ...['Ctrl+Tab', 'Ctrl+Shift+Tab', 'Alt+PageDown', 'Alt+PageUp', 'Ctrl+PageDown'],
  ])('%s is one', (keys) => {
    const { event, mod, alt } = press(keys);
    expect(tabKey(event, mod, alt)).not.toBeNull();
  });

  it.each([
    't',
    'w',
    'Tab',
    'PageDown',
    'Shift+T',
    'Ctrl+Alt+t',
    'Ctrl+Shift+W',
    'Ctrl+k',
    'Alt+k',
  ])('%s is none', (keys) => {
    const { event, mod, alt } = press(keys);
    expect(tabKey(event, mod, alt)).toBeNull();
  });

  it('are told by their place where Alt makes signs of them, as on a Mac', () => {
    const event = { key: '†', code: 'KeyT', ctrlKey: false, altKey: true, shiftKey: false };
    expect(tabKey(event, false, true)).not.toBeNull();
    // Somebody types that sign.
    expect(tabKey(event, false, false)).toBeNull();
  });
});

describe('the size of the text', () => {
  const size = () => usePreferences.getState().textSize;

  it('goes by steps between its ends, and back', () => {
    for (let i = 0; i < 9; i += 1) changeTextSize(1);
    expect(size()).toBe(150);
    changeTextSize(-1);
    expect(size()).toBe(125);
    for (let i = 0; i < 9; i += 1) changeTextSize(-1);
    expect(size()).toBe(80);
    changeTextSize(0);
    expect(size()).toBe(100);
  });

  it('has the keys that browsers have for it', () => {
    for (const key of ['+', '=', '-', '0']) {
      expect(textSizeKey({ key, altKey: false }, true), key).not.toBeNull();
      expect(textSizeKey({ key, altKey: false }, false), key).toBeNull();
      expect(textSizeKey({ key, altKey: true }, true), key).toBeNull();
    }
  });
});
