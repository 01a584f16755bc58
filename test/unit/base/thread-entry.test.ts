import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { threadEntry } from '../../../src-main/base/thread-entry.ts';
import { tempFolder } from '../../support/temp.ts';

it('finds a thread in the sources, and beside the program once it is built', () => {
  const source = threadEntry('tensor-worker');
  expect(source).toMatch(/src-main[\\/]workers[\\/]tensor-worker\.ts$/);
  expect(existsSync(source)).toBe(true);
  const out = tempFolder();
  mkdirSync(join(out, 'chunks'));
  writeFileSync(join(out, 'x.js'), '');
  expect(threadEntry('x', out)).toBe(join(out, 'x.js'));
  expect(threadEntry('x', join(out, 'chunks'))).toBe(join(out, 'x.js'));
});
