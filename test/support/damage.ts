/** What a file may look like after a crash, on a full disk, or from somebody who means harm. */
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Importer } from '../../src-main/importers/types.ts';
import { Gathering } from './importer.ts';

/**
 * Reads a folder again and again with one of its files cut, overwritten in places, and replaced by
 * anything; fails when the importer throws what is no CairnError.
 */
export async function survivesDamage(
  importer: Importer,
  root: string,
  file: string,
  numRuns = 40,
): Promise<void> {
  const whole = readFileSync(file);
  const cut = fc.nat(whole.length).map((length) => whole.subarray(0, length));
  const place = fc.nat(Math.max(0, whole.length - 1));
  const changed = fc.array(fc.tuple(place, fc.nat(255)), { maxLength: 6 }).map((changes) => {
    const bytes = Buffer.from(whole);
    for (const [at, byte] of changes) bytes[at] = byte;
    return bytes;
  });
  const anything = fc.oneof(fc.uint8Array().map(Buffer.from), fc.json().map(Buffer.from));
  await fc.assert(
    fc.asyncProperty(fc.oneof(cut, changed, anything), async (bytes) => {
      writeFileSync(file, bytes);
      try {
        await new Gathering().read(importer, root);
      } catch (error) {
        if ((error as Error).name !== 'CairnError') throw error;
      }
    }),
    { numRuns },
  );
  writeFileSync(file, whole);
}
