import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RowOffsets } from '../../../../../src-renderer/features/timeline/virtual/row-offsets.ts';

it('says where rows begin and which is at a place, however often they become higher or lower', () => {
  const height = fc.integer({ min: 1, max: 400 });
  fc.assert(
    fc.property(
      fc.array(height, { maxLength: 70 }),
      fc.array(fc.tuple(fc.nat(80), height), { maxLength: 20 }),
      (heights, changes) => {
        const plain = [...heights];
        const offsets = new RowOffsets(Float64Array.from(heights));
        for (const [index, size] of changes) {
          const before = plain[index];
          expect(offsets.resize(index, size)).toBe(before === undefined ? 0 : size - before);
          if (before !== undefined) plain[index] = size;
        }
        let start = 0;
        plain.forEach((size, index) => {
          expect(offsets.startOf(index)).toBe(start);
          expect(offsets.sizeOf(index)).toBe(size);
          expect(offsets.indexAt(start)).toBe(index);
          expect(offsets.indexAt(start + size - 0.5)).toBe(index);
          start += size;
        });
        expect(offsets.total).toBe(start);
        expect(offsets.startOf(plain.length)).toBe(start);
        expect(offsets.indexAt(-5)).toBe(plain.length === 0 ? -1 : 0);
        expect(offsets.indexAt(start + 5)).toBe(plain.length - 1);
      },
    ),
  );
});
