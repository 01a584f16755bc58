import { describe, expect, it } from 'vitest';
import { railIndex, railKeys } from '../../../../src-renderer/shell/rail-keys.ts';

const none = { ctrlKey: false, altKey: false, metaKey: false, shiftKey: false, code: '', key: '' };
const ctrl = { ...none, ctrlKey: true };
const alt = { ...none, altKey: true };

describe('the keys of the rail', () => {
  it('lead to every entry that says it has one', () => {
    for (let index = 0; index < 11; index += 1) {
      const keys = railKeys(index, 11);
      if (keys === null) continue;
      const [modifier, key = ''] = keys;
      const event = { ...(modifier === 'alt' ? alt : ctrl), key, code: `Digit${key}` };
      expect(railIndex(event, modifier === 'alt', 11)).toBe(index);
    }
    expect(railKeys(10, 12)).toBeNull();
  });

  it('are found by place on keyboards that type digits with Shift', () => {
    expect(railIndex({ ...ctrl, code: 'Digit2', key: 'é' }, false, 11)).toBe(1);
  });

  it('leave alone what types a sign, and what is not there', () => {
    const altGr = { ...none, ctrlKey: true, altKey: true, code: 'Digit2', key: '²' };
    expect(railIndex(altGr, false, 11)).toBeNull();
    expect(railIndex({ ...alt, code: 'Digit2', key: '™' }, false, 11)).toBeNull();
    expect(railIndex({ ...ctrl, shiftKey: true, code: 'Digit2', key: '"' }, false, 11)).toBeNull();
    expect(railIndex({ ...none, code: 'Digit2', key: '2' }, false, 11)).toBeNull();
    expect(railIndex({ ...ctrl, code: 'Digit9', key: '9' }, false, 5)).toBeNull();
    // Ctrl+0 is the size of the text.
    expect(railIndex({ ...ctrl, code: 'Digit0', key: '0' }, false, 11)).toBeNull();
  });
});
