import { readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeptComparisons } from '../../../src-main/models/kept-comparisons.ts';
import { tempFolder } from '../../support/temp.ts';

/** Text that does not get smaller. */
function noise(length: number, seed: number): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return String.fromCharCode(48 + ((state >>> 16) % 64));
  }).join('');
}

it('lets go of what was used longest ago, and of what a process left unfinished', async () => {
  const folder = tempFolder();
  const kept = new KeptComparisons(folder, 8000);
  const unfinished = join(folder, 'x.json.gz.1234.part');
  writeFileSync(unfinished, 'half');
  utimesSync(unfinished, 1, 1);
  for (const [at, key] of ['a', 'b', 'c'].entries()) {
    await kept.write(key, noise(3500, at + 1));
    const newest = readdirSync(folder).filter((name) => !name.endsWith('.part'));
    // Written within one tick of the clock otherwise.
    for (const name of newest) if (at < 2) utimesSync(join(folder, name), 1000 + at, 1000 + at);
    if (at === 1) expect(await kept.read('a')).toBe(noise(3500, 1));
  }
  expect(await kept.read('b')).toBeNull();
  expect(await kept.read('a')).toBe(noise(3500, 1));
  expect(await kept.read('c')).toBe(noise(3500, 3));
  expect(readdirSync(folder).some((name) => name.endsWith('.part'))).toBe(false);
});

it('keeps nothing that would take the place of all else', async () => {
  const folder = tempFolder();
  const kept = new KeptComparisons(folder, 4000);
  await kept.write('small', 1);
  await kept.write('large', noise(3500, 7));
  expect(await kept.read('large')).toBeNull();
  expect(await kept.read('small')).toBe(1);
});
