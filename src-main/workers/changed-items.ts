/** Counting items whose bits differ, for items of any width: text of 40 bytes, floats of 4 bits. */

/** Counts over consecutive pieces of two equally long sequences of items of `bits` bits. */
export function countChangedItems(bits: number) {
  let changed = 0;
  let last = -1;
  const mark = (item: number): void => {
    if (item > last) {
      changed++;
      last = item;
    }
  };
  return {
    /** Compares two pieces of equal length that start `offset` bytes into the sequences. */
    add(left: Uint8Array, right: Uint8Array, offset: number): void {
      for (let at = 0; at < left.length; at++) {
        let difference = left[at]! ^ right[at]!;
        if (difference === 0) continue;
        const bit = (offset + at) * 8;
        if (bits >= 8) {
          mark(Math.floor(bit / bits));
          // The rest of this item makes no difference any more.
          at = Math.max(at, Math.floor(((last + 1) * bits) / 8) - offset - 1);
          continue;
        }
        for (let index = 0; difference !== 0; index++, difference >>= 1) {
          if (difference & 1) mark(Math.floor((bit + index) / bits));
        }
      }
    },
    changed: () => changed,
  };
}
