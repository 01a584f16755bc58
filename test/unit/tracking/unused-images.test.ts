import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Notes } from '../../../src-main/tracking/index.ts';
import { keepNoteImage } from '../../../src-main/tracking/note-images.ts';
import { findUnusedImages, removeUnusedImages } from '../../../src-main/tracking/unused-images.ts';
import { tempFolder } from '../../support/temp.ts';
import { openWithStore } from '../../support/workspace.ts';

const day = 24 * 60 * 60 * 1000;
const gif = (n: number) => Buffer.from(`GIF89a${n}`, 'latin1');

it('deletes only pictures that no text has, now or before, once nobody can be writing them', async () => {
  const { store } = openWithStore(tempFolder());
  const storeDir = tempFolder();
  const keep = (n: number) => keepNoteImage(storeDir, gif(n), 1000);
  const [now, before, never] = [keep(1), keep(2), keep(3)];
  const notes = new Notes(store);
  const id = notes.create(`![a](image:${before})`, null, 'one');
  notes.update(id, `![b](image:${now})`, 'two');

  const later = Date.now() + 2 * day;
  expect(await findUnusedImages(store, storeDir)).toEqual([]);
  const unused = await findUnusedImages(store, storeDir, later);
  expect(unused).toEqual([{ path: join(storeDir, 'notes', never), bytes: gif(3).length }]);
  expect(await removeUnusedImages(store, storeDir, later)).toEqual(unused);
  expect(readdirSync(join(storeDir, 'notes')).sort()).toEqual([now, before].sort());
  expect(existsSync(unused[0]?.path ?? '')).toBe(false);
  expect(await findUnusedImages(store, tempFolder(), later)).toEqual([]);
});
