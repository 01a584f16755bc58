import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createListing } from '../../../src-main/importers/listing.ts';

it('gives the files below a folder, and those only', () => {
  const listing = createListing(['b/x', 'a.b', 'a/z', 'a/b/c', 'ab/c', 'a0', 'a']);
  expect(listing.under('a')).toEqual(['a/b/c', 'a/z']);
  expect(listing.under('')).toHaveLength(7);
  expect(listing.under('nothing')).toEqual([]);
  expect(listing.has('a/z')).toBe(true);
  expect(listing.has('a/b')).toBe(false);
});

it('agrees with looking at every file', () => {
  const part = fc.constantFrom('a', 'a.b', 'a0', 'b', '.a', '-', 'é', 'a b');
  const path = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(fc.uniqueArray(path, { maxLength: 40 }), path, (files, folder) => {
      const expected = files.filter((file) => file.startsWith(`${folder}/`)).sort();
      expect(createListing(files).under(folder)).toEqual(expected);
    }),
  );
});
