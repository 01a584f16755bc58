import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { measureDisk } from '../../../src-main/api/disk.ts';
import type { Session } from '../../../src-main/api/session.ts';
import { tempFolder } from '../../support/temp.ts';
import { openWithStore } from '../../support/workspace.ts';

test('the disk is measured by what takes it, run by run, without following links', async () => {
  const root = tempFolder();
  const storeDir = join(root, '.cairn');
  const [a, b] = ['a'.repeat(32), 'b'.repeat(32)];
  const sizes: Record<string, number> = {
    'cairn.db': 100,
    'cairn.db-wal': 20,
    '.gitignore': 2,
    [`runs/${a}/out.log`]: 30,
    [`artifacts/${a}/deep/er/model.pt`]: 500,
    [`artifacts/${b}/x`]: 7,
    'artifacts/models/m/x': 11,
    'notes/x.png': 13,
    'something/else': 17,
  };
  for (const [path, size] of Object.entries(sizes)) {
    mkdirSync(dirname(join(storeDir, path)), { recursive: true });
    writeFileSync(join(storeDir, path), Buffer.alloc(size));
  }
  const outside = tempFolder();
  writeFileSync(join(outside, 'huge'), Buffer.alloc(100_000));
  symlinkSync(outside, join(storeDir, 'notes', 'away'));
  mkdirSync(join(root, '.dvc', 'cache'), { recursive: true });
  writeFileSync(join(root, '.dvc', 'cache', 'x'), Buffer.alloc(19));

  const rows = (ids: readonly string[]) => ids.map((id) => ({ id, label: '01.1', name: 'run' }));
  const { store } = openWithStore(tempFolder());
  const session = {
    ...{ workspace: { root, storeDir }, tracking: { rows }, store },
  } as unknown as Session;
  const { places, runs } = await measureDisk(session, {});
  const found = Object.fromEntries(places.map((place) => [place.what, place]));
  expect(found.index).toMatchObject({ bytes: 120, files: 2 });
  expect(found.logs).toMatchObject({ bytes: 30, files: 1 });
  expect(found.artifacts).toMatchObject({ bytes: 518, files: 3 });
  expect(found.notes?.bytes).toBeLessThan(1000);
  expect(found.rest).toMatchObject({ bytes: 19, files: 2 });
  expect(found.cache).toMatchObject({ bytes: 19, files: 1 });
  expect(runs.map((run) => [run.id, run.bytes])).toEqual([
    [a, 530],
    [b, 7],
  ]);
  const stopped = AbortSignal.abort();
  await expect(measureDisk(session, { signal: stopped })).rejects.toThrow(/abort/i);
});
