import { expect, it } from 'vitest';
import { applyDelta } from '../../../src-main/git/delta.ts';

const base = Buffer.from('the quick brown fox');
/** Sizes 19 → 13; copy 10 bytes from 4; insert `cat`. */
const delta = Buffer.from([19, 13, 0x91, 4, 10, 3, ...Buffer.from('cat')]);

it('copies and inserts', () => {
  expect(applyDelta(base, delta).toString()).toBe('quick browcat');
});

it.each([
  ['another base', Buffer.from([18, 13, 0x91, 4, 10, 3, 99, 97, 116])],
  ['a copy from outside', Buffer.from([19, 13, 0x91, 14, 10, 3, 99, 97, 116])],
  ['more than it says', Buffer.from([19, 12, 0x91, 4, 10, 3, 99, 97, 116])],
  ['less than it says', Buffer.from([19, 14, 0x91, 4, 10, 3, 99, 97, 116])],
  ['an end in an instruction', delta.subarray(0, 8)],
  ['the reserved instruction', Buffer.from([19, 13, 0])],
  ['an impossible size', Buffer.from([19, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01])],
])('refuses %s', (_what, bytes) => {
  expect(() => applyDelta(base, bytes)).toThrow(expect.objectContaining({ code: 'corrupt' }));
});
